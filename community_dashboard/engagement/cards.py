"""What engagement puts on the overview."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.activity.rollup.people import states_of
from community_dashboard.activity.rollup.queries import covered
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.data import Card, CardLine
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.digest.actions import due_at
from community_dashboard.engagement.digest.comparison import ACTIVE, Compared, last_week
from community_dashboard.engagement.digest.findings import changes
from community_dashboard.engagement.digest.queries import count_waiting, is_on
from community_dashboard.engagement.risk.queries import FRESH, newly_at_risk
from referral_xblock.api import get_host

NAMED = 3  # learners at risk, each with a reason


def drift_card(course_key: CourseKey, *, now: datetime) -> Card | None:
    """ "Who drifts": those newly at risk, three of them with the weightiest reason; None before any chance was reckoned.

    Four queries.
    """
    found = newly_at_risk(course_key, now=now)
    if found.day is None or found.day < (now - FRESH).date():
        return None
    people = get_host().people([one.person for one in found.people[:NAMED]])
    lines = tuple(
        CardLine(people[one.person].name, _why(one), learner_url(course_key, one.person))
        for one in found.people[:NAMED]
        if one.person in people
    )
    sentence = ngettext(
        "learner is newly at risk of dropping out. Look who it is, and write.",
        "learners are newly at risk of dropping out. Look who they are, and write.",
        found.number,
    )
    if not found.number:
        sentence = _("learners are newly at risk of dropping out.")
    url = reverse("community_dashboard:risk", args=[str(course_key)])
    return Card("drifts", _("Who drifts"), sentence, whole(found.number), f"{url}?show=new", lines)


def out_card(course_key: CourseKey, *, moderators: tuple[datetime, int] | None, now: datetime) -> Card | None:
    """ "What goes out": the mail of ours that goes out next; None before there are figures to tell of.

    `moderators` is when their daily mail goes out next, and to how many. Three queries and the host's for the team.
    """
    url = reverse("community_dashboard:learner_digest", args=[str(course_key)])
    if covered(course_key) is None:
        return None
    readers = count_waiting(course_key) if settings.COMMUNITY_WEEKLY_MINUTES and is_on(course_key) else 0
    lines = []
    if moderators is not None:
        lines.append(_daily_line(*moderators))
    later = _(
        "Mailings to learners and campaigns are not part of this page yet. Until then, write from the e-mail tab of the "
        "instructor dashboard."
    )
    lines.append(CardLine("", later, ""))
    sentence = ngettext(
        "person gets the weekly digest, next from %(moment)s on.",
        "people get the weekly digest, next from %(moment)s on.",
        readers,
    ) % {"moment": date_format(due_at(now) + timedelta(days=7), "SHORT_DATETIME_FORMAT")}
    if not readers:
        sentence = _("people get the weekly digest: it is switched off, or nobody of the team wants it.")
    return Card("goes_out", _("What goes out"), sentence, whole(readers), url, tuple(lines))


def works_card(course_key: CourseKey, *, reader: Any, now: datetime) -> Card | None:
    """ "Did it work": last week against the week before and the last run; None while there are no figures of it. Ten queries."""
    week = last_week(course_key, reader=reader, now=now)
    if week is None:
        return None
    active, enrolled, completed = (week.numbers[metric] for metric in (ACTIVE, "enrolled", "completed"))

    def url(question: str) -> str:
        period = Choice(week.monday, week.monday + timedelta(days=6))
        return f"{reverse('community_dashboard:trend', args=[str(course_key), question])}?{period.query()}"

    lines = [
        _line(enrolled, ngettext("person enrolled", "people enrolled", enrolled.last), url("enrolment")),
        _line(completed, ngettext("block was completed", "blocks were completed", completed.last), url("progress")),
    ]
    if week.earlier is not None:
        said = _("That week of the last run began on %(day)s.") % {"day": date_format(week.earlier, "DATE_FORMAT")}
        lines.append(CardLine("", said, url("runs")))
    said = ngettext("learner was active last week", "learners were active last week", active.last)
    return Card(
        "works",
        _("Did it work"),
        _sentence(said, active),
        _("about %(number)s") % {"number": whole(active.last)},
        url("activity"),
        tuple(lines),
    )


def helper_card(course_key: CourseKey, helpers: list[tuple[int, int]], *, may_learners: bool) -> Card | None:
    """ "Who shines": who answered others most often; the team is left out, None if nobody did. Two queries."""
    states = states_of(course_key, [person for person, _times in helpers])
    learning = [(person, times) for person, times in helpers if person not in states or not states[person].team]
    people = get_host().people([person for person, _times in learning])
    lines = [
        CardLine(
            whole(times),
            ngettext("answer by %(name)s last week.", "answers by %(name)s last week.", times)
            % {"name": people[person].name},
            learner_url(course_key, person) if may_learners else "",
        )
        for person, times in learning
        if person in people
    ]
    if not lines:
        return None
    first, *others = lines
    return Card("shines", _("Who shines"), first.sentence, first.value, first.url, tuple(others))


def learner_url(course_key: CourseKey, account_id: int) -> str:
    """The page of one learner."""
    return reverse("community_dashboard:learner", args=[str(course_key), sealed(account_id, course_key)])


def week_before(today: date) -> tuple[date, date]:
    """The first and the last day of the last whole week."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _why(one: Any) -> str:
    chance = _("a chance of %(share)s") % {"share": per_cent(one.chance / 1000)}
    return _("%(chance)s: %(reason)s") % {"chance": chance, "reason": one.reasons[0]} if one.reasons else chance


def _daily_line(at: datetime, readers: int) -> CardLine:
    said = ngettext(
        "Next, on %(moment)s, %(readers)s moderator gets the daily mail, if something waits.",
        "Next, on %(moment)s, %(readers)s moderators get the daily mail, if something waits.",
        readers,
    )
    return CardLine("", said % {"readers": whole(readers), "moment": date_format(at, "SHORT_DATETIME_FORMAT")}, "")


def _line(one: Compared, said: str, url: str) -> CardLine:
    return CardLine(whole(one.last), _sentence(said, one), url)


def _sentence(said: str, one: Compared) -> str:
    change = changes(one)
    return _("%(said)s, %(change)s.") % {"said": said, "change": change} if change else _("%(said)s.") % {"said": said}
