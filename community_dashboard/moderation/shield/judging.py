"""What the shield makes of one post: the signs it sees, their points, and whether they are enough. Plain Python, no table.

| sign | points | what it is |
|---|---|---|
| shortener | 45 | an address that hides where it leads |
| contact | 25 or 40 | the reader shall write to somebody outside: the door of a group chat; a messenger or address of a person |
| hosted_page | 25 | a page that anybody puts up in a minute: Docs, Forms, github.io |
| link | 10 or 25 | an address that is no well-known source; more if its ending is mostly bought for spam |
| bare_link | 20 | hardly anything but an address |
| qr_picture | 20 or 50 | a picture without words; more if it says that it is a code to be scanned |
| link_building | 45 | praise that fits any post, and a link |
| trade | 40 | something is sold, lent, won or cheated |
| speaks_for_team | 30 | tells the reader what to do in the name of the course's team |
| pressure | 25 | fear of losing something, or a gift that waits |
| disguise | 40 | letters or addresses that only make sense to fool a program |
| same_text | 45 | the same words, whatever the link, in many other threads |
| staff_name | 30, 40, 60 | the author's name: a role, somebody of the team, both or disguised |
| author_burst | 30 | many posts of this author within the hour |
| instant_reply | 30 | an answer sooner than anybody reads |
| new_author | 15 | a new account, or nothing of this author in the course that has lasted a day |
| alert | 10 | many posts were held in this course within the hour |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.shield.letters import is_disguised, joined, plain
from community_dashboard.moderation.shield.links import Found, Place, find_links
from community_dashboard.moderation.shield.names import Likeness, likeness
from community_dashboard.moderation.shield.rules import Mode, Rules, Sign
from community_dashboard.moderation.shield.words import (
    COME_AND_SEE,
    HANDLE,
    MAIL,
    MESSENGERS,
    PHONE,
    PRAISE,
    PRESSURE,
    QR_ADDRESS,
    SCAN,
    TEAM_WORDS,
    TRADE,
    WRITE_TO,
)

LOOKED_AT = 8_000  # characters at the beginning of a text, and as many at its end
# The others are about the name, the author and the hour.
IN_TEXT = frozenset(Sign) - {Sign.STAFF_NAME, Sign.AUTHOR_BURST, Sign.INSTANT_REPLY, Sign.NEW_AUTHOR, Sign.ALERT}
NAME_POINTS = {Likeness.ROLE: 30, Likeness.MEMBER: 40, Likeness.BOTH: 60, Likeness.DISGUISED: 60}
SUSPICIOUS = 40  # points of what is in the text or the name from which a post is shown to moderators
INSTANT = timedelta(seconds=10)
NEW_ACCOUNT = timedelta(days=3)
LONG_ENOUGH = 80  # characters from which a text without link or contact can be "the same in many threads"


@dataclass(frozen=True)
class Facts:
    """What is known of one post and its author when it is judged. Everything was counted before this post."""

    title: str
    body: str
    posted_at: datetime
    username: str
    name: str = ""
    joined_at: datetime | None = None  # when the account was made; None: not known
    has_lasted: bool = False  # something of the author in this course is older than a day and still stands
    posts_in_hour: int = 0  # of this author in this course
    same_text: int = 0  # other threads of the course with the same words within a day
    held_in_hour: int = 0  # of this course
    after_thread: timedelta | None = None  # how long after its thread an answer came; None for threads, own threads
    team: tuple[tuple[str, str], ...] = ()  # (username, full name) of the course's team
    own_hosts: frozenset[str] = frozenset()  # of the platform


@dataclass(frozen=True)
class Sight:
    """What is seen in a post before any rule is asked: the signs with their points, and what rules compare with a number.

    It is kept with the trace, so that other rules can be tried on it without the text.
    """

    signs: Mapping[Sign, int] = field(default_factory=dict)
    same_text: int = 0
    posts_in_hour: int = 0
    held_in_hour: int = 0


@dataclass(frozen=True)
class Verdict:
    """What the shield makes of a post. `signs` are in the order of their points, `watched` the course's words in it."""

    hold: bool
    points: int
    signs: Mapping[Sign, int] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def suspect(self) -> bool:
        """Whether it is shown to the moderators, without or before being held."""
        return sum(points for sign, points in self.signs.items() if sign in IN_TEXT) >= SUSPICIOUS


def judge(facts: Facts, rules: Rules) -> Verdict:
    """The verdict by these rules. A millisecond for a usual post; of a very long one the beginning and the end are looked at."""
    verdict = weigh(look(facts), rules, watched_in(f"{facts.title}\n{_cut(facts.body)}", rules))
    return replace(verdict, findings=tuple(_findings(facts, verdict)))


def look(facts: Facts) -> Sight:
    """What is to be seen in a post, whatever the rules."""
    text = f"{facts.title}\n{_cut(facts.body)}"
    found = find_links(_cut(facts.body), facts.own_hosts)
    words = joined(plain(f"{facts.title}\n{found.rest}"))
    signs = _in_links(found, words) | _in_words(found, words)
    if found.dressed_up or is_disguised(text) or (MESSENGERS.search(words) and not MESSENGERS.search(plain(text))):
        signs[Sign.DISGUISE] = 40
    # Short texts without link or contact are the same by chance.
    says_enough = bool(signs) or len(words) >= LONG_ENOUGH
    return Sight(
        signs=signs | _around(facts),
        same_text=facts.same_text if says_enough else 0,
        posts_in_hour=facts.posts_in_hour,
        held_in_hour=facts.held_in_hour,
    )


def weigh(sight: Sight, rules: Rules, watched: tuple[str, ...] = ()) -> Verdict:
    """What these rules make of it; without findings."""
    signs = dict(sight.signs)
    for sign, points, seen, least in (
        (Sign.SAME_TEXT, 45, sight.same_text, rules.same_text),
        (Sign.AUTHOR_BURST, 30, sight.posts_in_hour, rules.author_burst),
        (Sign.ALERT, 10, sight.held_in_hour, rules.course_burst),
    ):
        if seen >= least:
            signs[sign] = points
    signs = {sign: points for sign, points in signs.items() if rules.mode(sign) is not Mode.OFF}
    counted = {sign: points for sign, points in signs.items() if rules.mode(sign) is Mode.HOLD}
    enough = sum(counted.values()) >= rules.limit and len(counted) > 1 and bool(counted.keys() & IN_TEXT)
    hold = enough or (bool(watched) and rules.watched_mode is Mode.HOLD)
    signs = dict(sorted(signs.items(), key=lambda item: -item[1]))
    return Verdict(hold, sum(signs.values()), signs, watched)


def watched_in(text: str, rules: Rules) -> tuple[str, ...]:
    """The words of the course's own list that stand in a text, as the team wrote them."""
    if not rules.watched or rules.watched_mode is Mode.OFF:
        return ()
    words = joined(plain(text))
    return tuple(word for word in rules.watched if _pattern(word).search(words))


@lru_cache(maxsize=2_000)
def _pattern(word: str) -> re.Pattern[str]:
    """For the whole word, in any dress; a word may end in * for any ending."""
    ending = r"\w*" if word.endswith("*") else r"(?!\w)"
    words = re.escape(plain(word).removesuffix("*")).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w){words}{ending}")


def _in_links(found: Found, words: str) -> dict[Sign, int]:
    places = {link.place for link in found.links}
    seen: dict[Sign, int] = {}
    if Place.SHORT in places:
        seen[Sign.SHORTENER] = 45
    if places & {Place.CONTACT, Place.GROUP}:
        seen[Sign.CONTACT] = 40 if Place.CONTACT in places else 25
    if Place.HOSTED in places:
        seen[Sign.HOSTED_PAGE] = 25
    if Place.CHEAP in places or Place.OTHER in places:
        seen[Sign.LINK] = 25 if Place.CHEAP in places else 10
    bare = len(re.sub(r"\W", "", words))
    if places - {Place.OWN, Place.KNOWN} and bare < 20:
        seen[Sign.BARE_LINK] = 20
    if found.pictures and not all(picture.place is Place.OWN for picture in found.pictures):
        said = " ".join(f"{picture.words} {picture.address}" for picture in found.pictures)
        if (
            QR_ADDRESS.search(said.casefold())
            or SCAN.search(words)
            or SCAN.search(plain(" ".join(p.words for p in found.pictures)))
        ):
            seen[Sign.QR_PICTURE] = 50
        elif bare < 20:
            seen[Sign.QR_PICTURE] = 20
    return seen


def _in_words(found: Found, words: str) -> dict[Sign, int]:
    seen: dict[Sign, int] = {}
    outside = [link for link in found.links if link.place not in (Place.OWN, Place.KNOWN)]
    told = WRITE_TO.search(words) is not None
    way = PHONE.search(words) or HANDLE.search(words)
    mail = MAIL.search(words)
    if (MESSENGERS.search(words) and (way or told)) or (told and (mail or PHONE.search(words))):
        seen[Sign.CONTACT] = 40
    leads_out = bool(outside or found.pictures or Sign.CONTACT in seen)
    if leads_out and TEAM_WORDS.search(words):
        seen[Sign.SPEAKS_FOR_TEAM] = 30
    if leads_out and PRESSURE.search(words):
        seen[Sign.PRESSURE] = 25
    behind = plain(" ".join(link.words for link in found.links))
    if (leads_out or mail) and (TRADE.search(words) or TRADE.search(behind)):
        seen[Sign.TRADE] = 40
    if outside and PRAISE.search(words) and (COME_AND_SEE.search(words) or any(link.words for link in outside)):
        seen[Sign.LINK_BUILDING] = 45
    return seen


def _around(facts: Facts) -> dict[Sign, int]:
    """What the text does not tell: the name, and haste."""
    seen: dict[Sign, int] = {}
    looks = likeness(facts.username, facts.name, facts.team)
    if looks is not Likeness.NONE:
        seen[Sign.STAFF_NAME] = NAME_POINTS[looks]
    if facts.after_thread is not None and facts.after_thread <= INSTANT:
        seen[Sign.INSTANT_REPLY] = 30
    if not facts.has_lasted or (facts.joined_at is not None and facts.posted_at - facts.joined_at < NEW_ACCOUNT):
        seen[Sign.NEW_AUTHOR] = 15
    return seen


def _findings(facts: Facts, verdict: Verdict) -> list[Finding]:
    """At most one of each reason."""
    told: dict[str, str | int | float] = {"points": verdict.points, "signs": ",".join(verdict.signs)}
    found = []
    weight = float(min(verdict.points, 100))
    if verdict.hold:
        found.append(Finding(Reason.HELD, "shield.held", max(weight, 60.0), facts.posted_at, told))
    elif verdict.suspect:
        found.append(Finding(Reason.SUSPECT, "shield.suspect", weight * 0.6, facts.posted_at, told))
    if verdict.signs.get(Sign.STAFF_NAME, 0) >= NAME_POINTS[Likeness.BOTH]:
        name = {"name": facts.name or facts.username}
        found.append(Finding(Reason.IMPERSONATION, "shield.staff_name", 60.0, facts.posted_at, name))
    if verdict.watched:
        words = {"words": ", ".join(verdict.watched)[:200]}
        found.append(Finding(Reason.WATCHED, "shield.watched", 40.0, facts.posted_at, words))
    return found


def _cut(text: str) -> str:
    return text if len(text) <= 2 * LOOKED_AT else f"{text[:LOOKED_AT]}\n{text[-LOOKED_AT:]}"
