"""What a learner pasted, read line by line: which of it is an address, which is probably mistyped. Plain Python.

entries = split(pasted)
lines = judge(entries, own="chen@example.org", answers={3: "correct"}, admits=policy.admits)
lines = limit(lines, unreachable={"a@b.example"}, room=10)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from referral_xblock.consent.mailboxes import mailbox

MOST_ENTRIES = 50
MOST_CHARACTERS = 10_000
LONGEST_ADDRESS = 254
LONGEST_SHOWN = 120
LIKE = 0.85  # from which likeness on one domain may be a slip for another

# Where most private mailboxes are, in the countries we ship languages for. A domain here is never taken for a slip.
DOMAINS = (
    "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "outlook.de", "hotmail.com", "hotmail.fr", "hotmail.de",
    "hotmail.co.uk", "live.com", "live.fr", "live.de", "live.co.uk", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.de",
    "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "mail.com", "email.com", "orange.fr",
    "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net", "bbox.fr", "gmx.de", "gmx.net", "gmx.com", "gmx.at",
    "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "proton.me", "protonmail.com",
    "bluewin.ch", "mail.ru", "yandex.ru", "qq.com", "163.com",
)  # fmt: skip
# Those that a slip is taken for: the rest are near enough to one of these to make wrong guesses.
TARGETS = tuple(name for name in DOMAINS if name not in {"mail.com", "email.com", "ymail.com", "me.com", "mac.com"})

LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.IGNORECASE | re.ASCII)
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", re.ASCII)
NOWHERE = ("invalid", "localhost", "local", "test")  # no mailbox in the world ends with these


class Finding(StrEnum):
    """What is said of one line. Nothing here tells what a third person did or chose."""

    VALID = "valid"
    NOT_AN_ADDRESS = "not_an_address"
    SLIP = "slip"  # the domain is nearly that of a well-known provider
    REPEATED = "repeated"
    OWN = "own"
    OUTSIDE = "outside"  # the course is for other domains
    UNREACHABLE = "unreachable"  # invited before by anybody, or wants no mail: one word for both
    LIMIT = "limit"
    QUEUED = "queued"  # on its way since the button was pressed


class Dispatch(StrEnum):
    """What became of an invitation that the platform was asked to send."""

    WAITING = "waiting"  # for a worker
    TAKEN = "taken"  # marked before it is handed over: whatever happens from here on, it is not sent again
    SENT = "sent"  # the mail server took it
    FAILED = "failed"  # handing it over failed


@dataclass(frozen=True)
class Line:
    """One entry of the list: as it was typed, the address to write to ("" if there is none), and what is said of it."""

    number: int  # of the entry, from 1
    typed: str
    address: str
    finding: Finding
    suggestion: str = ""  # for a slip: the address that may be meant
    answer: str = ""  # for a slip: "correct" or "keep", as the learner chose


def split(pasted: str) -> list[str]:
    """The entries of the list: one per line, or separated by commas, semicolons or spaces. Names beside addresses are left out.

    What holds no address at all stays one entry, so that the learner is told of it.
    """
    text = unicodedata.normalize("NFKC", pasted.replace("\r", "\n"))
    text = "".join(one for one in text if _is_text(one))
    text = re.sub(r'"[^"\n]*"', " ", text)
    entries: list[str] = []
    for piece in re.split(r"[\n,;]", text):
        within = re.findall(r"<([^<>\n]*)>", piece)
        words = within or [word for word in piece.split() if "@" in word] or [piece.strip()]
        entries += [entry for word in words if (entry := re.sub(r"(?i)^mailto:", "", word.strip(" \t<>()[]'\".")))]
    return entries


def judge(entries: Sequence[str], *, own: str, answers: Mapping[int, str], admits: Callable[[str], bool]) -> list[Line]:
    """What can be said of each entry without asking anybody.

    `own` is the learner's own address, `answers` what was chosen for a slip by the entry's number, `admits` whether the course
    is meant for an address.
    """
    seen = set()
    lines = []
    for number, entry in enumerate(entries, 1):
        line = _judge(number, entry, own, answers.get(number, ""), admits)
        if line.address and line.finding is not Finding.SLIP:
            box = mailbox(line.address)
            if box in seen:
                line = replace(line, finding=Finding.REPEATED)
            seen.add(box)
        lines.append(line)
    return lines


def limit(lines: Sequence[Line], *, unreachable: Collection[str], room: int) -> list[Line]:
    """The same with what only the site knows: addresses that cannot be written to, and how many messages are left today."""
    judged = []
    for line in lines:
        finding = line.finding
        if finding is Finding.VALID:
            if line.address in unreachable:
                finding = Finding.UNREACHABLE
            elif room < 1:
                finding = Finding.LIMIT
            else:
                room -= 1
        judged.append(replace(line, finding=finding))
    return judged


def _judge(number: int, entry: str, own: str, answer: str, admits: Callable[[str], bool]) -> Line:
    typed = entry if len(entry) <= LONGEST_SHOWN else entry[: LONGEST_SHOWN - 1] + "…"
    address = as_address(entry)
    if not address:
        return Line(number, typed, "", Finding.NOT_AN_ADDRESS)
    suggestion = _meant(address, own)
    if suggestion and answer not in ("correct", "keep"):
        return Line(number, typed, address, Finding.SLIP, suggestion)
    if suggestion and answer == "correct":
        address = suggestion
    finding = Finding.VALID
    if mailbox(address) == mailbox(own):
        finding = Finding.OWN
    elif not admits(address):
        finding = Finding.OUTSIDE
    return Line(number, typed, address, finding, suggestion, answer if suggestion else "")


def as_address(entry: str) -> str:
    """The address with its domain in lower-case ASCII (xn--… for other alphabets); "" for what mail cannot be sent to.

    Before the @ only ASCII is taken: many mail servers refuse the rest, and the learner should know it now.
    """
    local, at, domain = entry.rpartition("@")
    if not at or len(local) > 64 or not LOCAL.fullmatch(local):
        return ""
    name = domain.lower()
    try:
        plain = name.encode("idna").decode("ascii")
        if not plain.isascii() or (plain.encode("ascii").decode("idna") != name and name != plain):
            return ""  # the older rules would make another domain of it, as of ß
    except UnicodeError:
        return ""
    labels = plain.split(".")
    good = all(len(label) <= 63 and LABEL.fullmatch(label) for label in labels)
    if len(labels) < 2 or not good or labels[-1].isdecimal() or labels[-1] in NOWHERE:
        return ""
    address = f"{local}@{plain}"
    return address if len(address) <= LONGEST_ADDRESS else ""


def _meant(address: str, own: str) -> str:
    """The address with the well-known domain of which this one is a slip; "" if it is none, or the learner's own domain."""
    local, _at, domain = address.rpartition("@")
    if domain in DOMAINS or domain == own.rpartition("@")[2].lower():
        return ""
    try:
        readable = domain.encode("ascii").decode("idna")
    except UnicodeError:
        readable = domain
    like = get_close_matches(readable, TARGETS, n=1, cutoff=LIKE)
    return f"{local}@{like[0]}" if like else ""


def _is_text(character: str) -> bool:
    """Whether it is to be read: no control, direction or invisible character, but for the ends of lines and tabs."""
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}
