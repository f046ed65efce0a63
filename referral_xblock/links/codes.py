"""The code of a share link: how one is drawn, how what a person types or pastes becomes one, what course staff may choose.

Two kinds never overlap, so that any text means at most one code:

- a generated code: 8 characters of `ALPHABET`, no dash;
- a vanity code: 3–32 characters a–z, 0–9 and single inner dashes, which would not read as a generated code.

Plain Python. Uniqueness is the table's business: 18 characters to the power of 8 are 11 thousand million codes, so that
among a million links one draw in 11,000 meets an old code. A code opens an invitation page; it is no secret.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection
from urllib.parse import unquote

# No vowels, no y, no digit that stands for a vowel (0 1 3 4), so that no word appears; and at most one of what is read,
# heard or written alike: b/6/8, g/q/9, i/l/1, m/n/rn, o/0, s/5, u/v/y, w/vv, z/2.
ALPHABET = "cdfhjknprtwx256789"
LENGTH = 8
SHORTEST_VANITY = 3
LONGEST_VANITY = 32

# Words that stand, or may come to stand, after /r/ or after a code, or that would pretend to speak for the platform.
RESERVED = frozenset(
    {
        *(
            "about",
            "account",
            "accounts",
            "admin",
            "administrator",
            "api",
            "app",
            "assets",
            "auth",
            "back",
            "badge",
            "badges",
        ),
        *("campaign", "campaigns", "card", "channel", "channels", "code", "codes", "community", "course", "courses"),
        *("dashboard", "demo", "edit", "edx", "enrol", "enroll", "export", "favicon", "growth", "health", "heartbeat"),
        *("help", "home", "index", "invite", "invites", "join", "learner", "leaderboard", "link", "links", "login"),
        *("logout", "media", "moderation", "new", "null", "openedx", "official", "page", "partner", "partners"),
        *("preferences", "preview", "privacy", "redirect", "referral", "referrals", "register", "report", "robots"),
        *(
            "root",
            "security",
            "seen",
            "settings",
            "share",
            "signin",
            "signout",
            "signup",
            "sitemap",
            "staff",
            "static",
            "studio",
        ),
        *("status", "support", "team", "teams", "terms", "test", "token", "tokens", "undefined", "unsubscribe", "user"),
        *("users", "www"),
        # shorter than a vanity code may be today, kept for the day that changes
        *("me", "qr", "to"),
    }
)

_LONGEST_READ = 4_000  # an address with its campaign parameters; what comes after cannot be the code
_GENERATED = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_VANITY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GAPS = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")  # spaces, and every dash that a telephone writes for "-"
_IN_ADDRESS = re.compile(r"(?:^|/)r/([^/?#&\s<>\"']+)")
# The look-alikes that the alphabet leaves out, read as the one that it keeps.
_LOOK_ALIKES = str.maketrans({"B": "8", "b": "6", "g": "9", "G": "6", "q": "9", "s": "5", "S": "5", "z": "2", "Z": "2"})


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A fresh generated code: 8 characters of `ALPHABET`.

    `choose` draws one character from a text; tests and the demo's crowd pass `random.Random(seed).choice`.
    """
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def normalise(text: str) -> str:
    """The one code that a typed or pasted text means, or "" when it can be none.

    Reads the code alone (any case; spaces, dashes and full stops around; spaces and dashes inside; the look-alikes s, z, b, g
    and q) and a whole share address or a message with one (`…/r/<code>?utm_source=…`). Never raises, whatever comes; looks at
    the first 4,000 characters. A canonical code comes back as it is. Says nothing about whether the code was given out.
    """
    if not isinstance(text, str):
        return ""
    text = text.strip()[:_LONGEST_READ]
    if "%" in text:
        text = unquote(text, errors="replace")
    found = _IN_ADDRESS.search(text)
    slug = _slug(found[1] if found else re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/"))
    return _as_generated(slug) or _as_vanity(slug.lower())


def is_code(text: str) -> bool:
    """Whether the text is a code exactly as it is stored and printed. Does not know which codes exist or are reserved."""
    return bool(text) and normalise(text) == text


def check_vanity(text: str, reserved: Collection[str] = RESERVED) -> tuple[str, str]:
    """The vanity code that course staff asked for, as (code, problem): one of the two is always "".

    Case and gaps are put right ("Data Week" gives "data-week"). Problems: "too_short", "too_long", "characters",
    "reserved" and "looks_like_a_generated_code" (typed by hand it could be taken for another link's code).
    """
    code = _slug(text[:_LONGEST_READ]).lower()
    if len(code) < SHORTEST_VANITY:
        return "", "too_short"
    if len(code) > LONGEST_VANITY:
        return "", "too_long"
    if not _VANITY.fullmatch(code):
        return "", "characters"
    if code in reserved or code.replace("-", "") in reserved:
        return "", "reserved"
    if _as_generated(code):
        return "", "looks_like_a_generated_code"
    return code, ""


def _slug(text: str) -> str:
    """The text in plain characters, gaps as single dashes, no marks around it; letters keep their case."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return _GAPS.sub("-", text).strip("-.,;:!?()[]{}<>\"'«»“”‘’…")


def _as_generated(slug: str) -> str:
    """The generated code that a slug spells, dashes left out and look-alikes put right, or ""."""
    code = slug.replace("-", "").translate(_LOOK_ALIKES).lower()
    return code if _GENERATED.fullmatch(code) else ""


def _as_vanity(code: str) -> str:
    return code if SHORTEST_VANITY <= len(code) <= LONGEST_VANITY and _VANITY.fullmatch(code) else ""
