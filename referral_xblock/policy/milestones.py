"""The milestones of a course as its policy keeps them: `check` reads whatever is given and says in words what is wrong.

A milestone is a mapping of text, and `number`, which is a whole number. One set of rules serves the page and the import of a
file. Imports no table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

COUNTS = ("enrolled", "active", "completed", "points")
FRIEND_STAGES = ("enrolled", "active", "completed")
STAGE_WEIGHTS = {"enrolled": 1, "active": 3, "completed": 6}
LONGEST = {
    "badge": 60, "title": 60, "text": 500, "link": 500, "team_note": 300,
    "friend_badge": 60, "friend_title": 60, "friend_text": 500, "friend_link": 500,
}  # fmt: skip
KEYS = ("slug", "counts", "number", *LONGEST, "friend_on")
GIFTS = ("badge", "title", "text", "link")
MOST_NUMBER = 10_000
MOST_WEIGHT = 1_000
MOST = 30
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Problems = dict[str, str]  # key of the milestone, or "" for the whole of it → sentence


def check(given: Any) -> tuple[list[dict[str, Any]], list[Problems]]:
    """The milestones as they are kept, and for each what is wrong with it; nothing may be kept while something is.

    A milestone without a slug gets one from what it counts. Nothing is raised, whatever is given.
    """
    if not isinstance(given, list | tuple):
        return [], [{"": _("The milestones are not a list.")}]
    if len(given) > MOST:
        return [], [{"": _("At most %(most)d milestones can be set.") % {"most": MOST}}]
    kept, problems = [], []
    for one in given:
        milestone, wrong = check_one(one)
        kept.append(milestone)
        problems.append(wrong)
    taken = {one["slug"] for one in kept if one["slug"]}
    seen: set[str] = set()
    for milestone, wrong in zip(kept, problems, strict=True):
        if not milestone["slug"]:
            milestone["slug"] = _free(f"{milestone['counts']}-{milestone['number']}", taken)
            taken.add(milestone["slug"])
        elif milestone["slug"] in seen:
            wrong["slug"] = _("Two milestones have the same short name, “%(name)s”.") % {"name": milestone["slug"]}
        seen.add(milestone["slug"])
    return kept, problems


def check_one(given: Any) -> tuple[dict[str, Any], Problems]:
    """One milestone as it is kept, without regard to the others, and what is wrong with it."""
    problems: Problems = {}
    if not isinstance(given, Mapping):
        return _empty(), {"": _("This is not a milestone.")}
    strange = sorted(str(name)[:40] for name in given if name not in KEYS)
    if strange:
        problems[""] = _("A milestone has nothing called “%(name)s”.") % {"name": strange[0]}
    kept = _empty() | {name: _text(given.get(name), name, problems) for name in LONGEST}
    kept["slug"] = _choice(given.get("slug") or "", "slug", problems)
    kept["counts"] = _choice(given.get("counts"), "counts", problems)
    kept["friend_on"] = _choice(given.get("friend_on") or "", "friend_on", problems)
    kept["number"] = _number(given.get("number"), problems)
    for name in ("link", "friend_link"):
        if kept[name] and name not in problems and not leads_somewhere(kept[name]):
            problems[name] = _(
                "Please enter an address that begins with https://, or a path on this site such as /courses/."
            )
    gives_friend = any(kept[f"friend_{gift}"] for gift in GIFTS)
    if gives_friend and not kept["friend_on"]:
        problems.setdefault("friend_on", _("Please choose when the friend gets it."))
    if kept["friend_on"] and not gives_friend:
        problems.setdefault("friend_title", _("Please say what the friend gets, or choose “nothing”."))
    if not problems and not gives_friend and not any(kept[name] for name in (*GIFTS, "team_note")):
        problems["title"] = _("This milestone brings nothing yet: please give it a title, a badge, a text or a link.")
    return kept, problems


def check_weights(given: Any) -> tuple[dict[str, int], str]:
    """The points for each stage, and what is wrong with them, "" if nothing."""
    if not isinstance(given, Mapping) or set(given) != set(STAGE_WEIGHTS):
        return dict(STAGE_WEIGHTS), _("Points are given for enrolling, for a first activity and for completing.")
    weights = {stage: given[stage] for stage in STAGE_WEIGHTS}
    if any(type(value) is not int or not 0 <= value <= MOST_WEIGHT for value in weights.values()):
        return dict(STAGE_WEIGHTS), _("Points are whole numbers from 0 to %(most)d.") % {"most": MOST_WEIGHT}
    if not weights["enrolled"] <= weights["active"] <= weights["completed"]:
        return weights, _("A friend who learns more must be worth at least as much: the points may not fall.")
    return weights, ""


def leads_somewhere(link: str) -> bool:
    """Whether this is an http(s) address or a path on this host, and nothing that a browser would take for something else."""
    if any(character.isspace() or unicodedata.category(character)[0] == "C" for character in link) or "\\" in link:
        return False
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(host) and "@" not in parts.netloc
    return not parts.scheme and not parts.netloc and link.startswith("/") and not link.startswith("//")


def _empty() -> dict[str, Any]:
    return {"slug": "", "counts": "", "number": 0, **dict.fromkeys(LONGEST, ""), "friend_on": ""}


def _text(value: Any, name: str, problems: Problems) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        problems[name] = _("This is not a text.")
        return ""
    lines = name.removeprefix("friend_") == "text" or name == "team_note"
    kept = "".join(one for one in value.replace("\r\n", "\n") if _readable(one, lines=lines)).strip()
    if len(kept) > LONGEST[name]:
        problems[name] = _("This has %(length)d characters. At most %(longest)d fit.") % {
            "length": len(kept),
            "longest": LONGEST[name],
        }
    return kept


def _readable(one: str, *, lines: bool) -> bool:
    return (lines and one == "\n") or unicodedata.category(one) not in {"Cc", "Cs", "Co"}


def _choice(value: Any, name: str, problems: Problems) -> str:
    right = {
        "slug": lambda text: not text or (len(text) <= 40 and SLUG.fullmatch(text)),
        "counts": lambda text: text in COUNTS,
        "friend_on": lambda text: not text or text in FRIEND_STAGES,
    }[name]
    if isinstance(value, str) and right(value):
        return value
    problems[name] = {
        "slug": _("A short name has small letters, digits and hyphens."),
        "counts": _("Please choose what is counted."),
        "friend_on": _("Please choose when the friend gets it."),
    }[name]
    return ""


def _number(value: Any, problems: Problems) -> int:
    number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()) else value
    if type(number) is int and 1 <= number <= MOST_NUMBER:
        return number
    problems["number"] = _("Please enter a whole number from 1 to %(most)d.") % {"most": MOST_NUMBER}
    return number if type(number) is int else 0


def _free(wanted: str, taken: Sequence[str] | set[str]) -> str:
    """The wanted short name, with a number behind it if another milestone has it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
