"""Whether an author's name wants to be taken for that of the course's team. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from community_dashboard.moderation.shield.letters import DIGITS_FOR_LETTERS, is_disguised, plain


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What people of the team are called, in the languages in which attacks came.
ROLES = _listed(
    """
    admin administrador administradora administrateur administrator administratrice assistance coordenador coordinador
    coordinateur coordinator coordinatrice equipe equipo helpdesk instructeur instructor instrutor mod moderador
    moderadora moderateur moderation moderator moderatrice official officiel oficial profesor professeur professor
    soporte staff suporte support teacher team tuteur tutor
    """
)
LONG_ROLES = tuple(sorted(role for role in ROLES if len(role) > 6))
PAIRS = (
    "help desk",
    "course team",
    "mod team",
    "learner care",
    "customer care",
    "student support",
    "equipe pedagogique",
)


class Likeness(StrEnum):
    """How a name looks like the team's. The later, the more it takes intent."""

    NONE = "none"
    ROLE = "role"  # has the word for a role; teachers and the playful do so too
    MEMBER = "member"  # that of somebody of the team, who may have a namesake
    BOTH = "both"  # somebody of the team and a role
    DISGUISED = "disguised"  # either, in letters that hide it


def likeness(username: str, name: str, team: Iterable[tuple[str, str]]) -> Likeness:
    """The strongest likeness of a learner's username and full name with the team's (username, full name)."""
    role = _says_role(username) or _says_role(name)
    member = any(_is_like(shown, one) for one in team for shown in (username, name) if shown)
    if not (role or member):
        return Likeness.NONE
    if is_disguised(username) or is_disguised(name):
        return Likeness.DISGUISED
    if member and _has_figures_for_letters(username):
        return Likeness.DISGUISED
    return Likeness.BOTH if role and member else Likeness.MEMBER if member else Likeness.ROLE


def _says_role(shown: str) -> bool:
    words = _words(shown)
    together = "".join(words)
    return (
        any(word in ROLES or word.removesuffix("s") in ROLES for word in words)
        or any(pair in " ".join(words) for pair in PAIRS)
        or any(role in together for role in LONG_ROLES)
        or together in {"modteam", "courseteam"}
    )


def _words(shown: str) -> list[str]:
    """Words in small Latin letters; figures within a word are read as the letters they look like."""
    words = [word for word in re.split(r"[\W_]+", plain(shown)) if word]
    return [
        re.sub(r"\d+$", "", word).translate(DIGITS_FOR_LETTERS) if re.search(r"[a-z]", word) else word for word in words
    ]


def _is_like(shown: str, member: tuple[str, str]) -> bool:
    """The full name, with its words in any order or grown together, or the username, but for figures and marks around it."""
    words, together = _words(shown), "".join(_words(shown))
    own = _words(member[1])
    if len(own) > 1 and (set(own) <= set(words) or "".join(own) in together or "".join(reversed(own)) in together):
        return True
    username = "".join(_words(member[0]))
    return len(username) > 4 and (together == username or username in words)


def _has_figures_for_letters(username: str) -> bool:
    """Figures between letters: "cla1re", not "claire78"."""
    return re.search(r"[a-z][013457]+[a-z]", username.casefold()) is not None
