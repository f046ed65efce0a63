"""What an author sets on the block, made fit to show: `tidy` reads whatever is stored and never fails, `check` reads the form.

One set of rules serves both, so what an old export brought is judged like what somebody types. Imports no table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from referral_xblock.sharing.limits import fit
from referral_xblock.sharing.networks import NETWORKS, Network

LONGEST = {"display_name": 100, "title": 100, "invitation_text": 600}
LONGEST_HASHTAG = 40
MOST_HASHTAGS = 8
PANELS = ("show_qr", "show_status", "show_networks")
SETTINGS = (*LONGEST, "hashtags", "network_texts", "picture", "networks", *PANELS)
# The networks that have a button: the others are reached by copying or by the QR code.
BUTTONS = tuple(network for network in NETWORKS if network.composer)
# As long as a learner's own address; only the length of the texts beside it is judged with it.
SAMPLE_PATH = "/r/k7m3p9qd?utm_source=facebook&utm_medium=social&utm_campaign=course-v1%3AUniversity%2BBEES101%2B2026"
PICTURE = re.compile(r"(https://[\w.-]+(:\d+)?/|/static/|/asset)[^\s\"'<>\\]*")


@dataclass(frozen=True)
class Presentation:
    """The settings as the templates use them."""

    display_name: str = ""
    title: str = ""
    invitation_text: str = ""
    hashtags: tuple[str, ...] = ()  # without the number sign
    network_texts: Mapping[str, str] = field(default_factory=dict)  # by slug
    picture: str = ""
    networks: tuple[str, ...] = ()  # slugs; empty: all
    show_qr: bool = True
    show_status: bool = True
    show_networks: bool = True

    def offered(self) -> list[Network]:
        """The networks for which a learner gets a button, in the registry's order; none if the buttons are off."""
        if not self.show_networks:
            return []
        return [network for network in BUTTONS if not self.networks or network.slug in self.networks]

    def text_for(self, network: Network) -> str:
        """The author's words for this network, "" if the author wrote none."""
        return self.network_texts.get(network.slug) or self.invitation_text


def tidy(values: Mapping[str, Any]) -> tuple[Presentation, dict[str, str]]:
    """The stored settings, whatever they are, and what is wrong with them: field (or `network_texts.<slug>`) → sentence.

    What cannot be used is left out, what is too long is cut; nothing is raised.
    """
    problems: dict[str, str] = {}
    read: dict[str, Any] = {name: _text(values.get(name), name, LONGEST[name], problems) for name in LONGEST}
    read |= {name: _flag(values.get(name), name, problems) for name in PANELS}
    presentation = Presentation(
        **read,
        hashtags=_hashtags(values.get("hashtags"), problems),
        network_texts=_network_texts(values.get("network_texts"), problems),
        picture=_picture(values.get("picture"), problems),
        networks=_networks(values.get("networks"), problems),
    )
    return presentation, problems


def check(form: Mapping[str, Any]) -> tuple[Presentation, dict[str, str]]:
    """The form as Studio sent it, in the same two parts; with a problem nothing may be stored.

    In the form no ticked network is a mistake; all of them are stored as "all", so that a new one joins by itself.
    """
    presentation, problems = tidy(form)
    if presentation.show_networks and not presentation.networks:
        problems.setdefault("networks", _("Tick at least one network, or switch the network buttons off."))
    if len(presentation.networks) == len(BUTTONS):
        presentation = replace(presentation, networks=())
    return presentation, problems


def shortened(presentation: Presentation, *, site: str) -> dict[Network, str]:
    """The networks that cannot take the author's text whole, with what they get. `site` is like https://lms.example."""
    url = site.rstrip("/") + SAMPLE_PATH
    cut = {}
    for network in presentation.offered():
        text = presentation.text_for(network)
        taken = fit(text, url, network, presentation.hashtags) if "text" in network.takes else text
        if taken != text:
            cut[network] = taken
    return cut


def _text(value: Any, name: str, longest: int, problems: dict[str, str]) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        problems[name] = _("This is not a text. It was left out.")
        return ""
    kept = "".join(one for one in value if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs"}).strip()
    if len(kept) > longest:
        problems[name] = _("This has %(length)d characters. At most %(longest)d fit.") % {
            "length": len(kept),
            "longest": longest,
        }
    return kept[:longest]


def _flag(value: Any, name: str, problems: dict[str, str]) -> bool:
    if value in (None, True, "true", "True", "on"):
        return True
    if value in (False, "false", "False"):
        return False
    problems[name] = _("This is neither on nor off. It is taken as on.")
    return True


def _hashtags(value: Any, problems: dict[str, str]) -> tuple[str, ...]:
    """A list of words, or one line of them with spaces or commas between."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = re.split(r"[\s,;]+", value.strip()) if value.strip() else []
    if not isinstance(value, list | tuple):
        problems["hashtags"] = _("This is not a list of words. It was left out.")
        return ()
    words: list[str] = []
    odd: list[str] = []
    for item in value:
        word = str(item).strip().removeprefix("#") if item is not None else ""
        good = isinstance(item, str) and re.fullmatch(r"\w+", word) and not word.isdigit()
        if word:
            (words if good and len(word) <= LONGEST_HASHTAG else odd).append(word)
    if odd:
        problems["hashtags"] = _(
            "A hashtag is one word of letters, digits and underscores, not only digits, of at most %(longest)d"
            " characters. This is not one: %(words)s"
        ) % {"words": ", ".join(word[:LONGEST_HASHTAG] for word in odd[:5]), "longest": LONGEST_HASHTAG}
    words = list(dict.fromkeys(words))
    if len(words) > MOST_HASHTAGS:
        problems.setdefault("hashtags", _("At most %(most)d hashtags are used.") % {"most": MOST_HASHTAGS})
    return tuple(words[:MOST_HASHTAGS])


def _network_texts(value: Any, problems: dict[str, str]) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        problems["network_texts"] = _("These are not texts by network. They were left out.")
        return {}
    known = {network.slug for network in BUTTONS}
    texts: dict[str, str] = {}
    for slug, text in value.items():
        if slug in known:
            kept = _text(text, f"network_texts.{slug}", LONGEST["invitation_text"], problems)
            texts |= {slug: kept} if kept else {}
        else:
            problems["network_texts"] = _("There is no button for “%(name)s”. Its text was left out.") % {
                "name": str(slug)[:40]
            }
    return texts


def _picture(value: Any, problems: dict[str, str]) -> str:
    address = _text(value, "picture", 1000, problems)
    if address and not PICTURE.fullmatch(address):
        problems["picture"] = _(
            "A picture is a file of this course (an address that begins with /static/ or /asset)"
            " or an address that begins with https://."
        )
        return ""
    return address


def _networks(value: Any, problems: dict[str, str]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        problems["networks"] = _("This is not a list of networks. All are offered.")
        return ()
    known = [network.slug for network in BUTTONS]
    unknown = [str(slug)[:40] for slug in value if slug not in known]
    if unknown:
        problems["networks"] = _("There is no button for: %(names)s") % {"names": ", ".join(unknown[:5])}
    return tuple(slug for slug in known if slug in value)
