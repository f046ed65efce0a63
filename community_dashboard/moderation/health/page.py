"""Everything on the health page, ready to be written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.charts.bars import bar_lengths
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import duration, per_cent, whole
from community_dashboard.moderation.clock.percentiles import Summary
from community_dashboard.moderation.clock.targets import Target, TargetKind, Targets
from community_dashboard.moderation.clock.times import Calendar
from community_dashboard.moderation.health import findings
from community_dashboard.moderation.health.filters import COURSE_HOURS, Chosen
from community_dashboard.moderation.health.measuring import BLOCK, OTHERS, Measured, measure, median_of
from community_dashboard.moderation.health.staffing import Staffing, staffing
from community_dashboard.moderation.health.waiting import Shown, waits_now
from community_dashboard.moderation.queue.reach import Reach
from referral_xblock.api import get_host as get_people_host

Key = TypeVar("Key")
LINES = 20  # of a table, the most asked first
WAITING = 50  # who are named, those first whose target ends first
BLOCKS_A_DAY = 24 // BLOCK


@dataclass(frozen=True)
class HealthPage:
    """What the template needs."""

    waits: Figure
    waiting: list[Shown]
    answers: Figure
    staffing: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True)
class Places:
    """The names of what a course is divided into."""

    topics: Mapping[str, str]
    groups: Mapping[int, str]


def health_page(
    course_key: CourseKey,
    chosen: Chosen,
    *,
    targets: Targets,
    calendar: Calendar,
    moderators: list[int],
    places: Places,
    reach: Reach,
    now: datetime,
) -> HealthPage:
    """The whole page. Some twenty queries whatever the size of the course; time grows with the threads of the period."""
    question = targets[TargetKind.QUESTION]
    which = {"calendar": calendar, "target": question.hours * 3600, "moderators": moderators, "now": now}
    measured = measure(course_key, chosen, **which)
    days = (chosen.end - chosen.start).days + 1
    earlier = replace(chosen, start=chosen.start - timedelta(days=days), end=chosen.start - timedelta(days=1))
    before = median_of(course_key, earlier, calendar=calendar)
    waiting = waits_now(
        course_key, targets=targets, calendar=calendar, topic=chosen.topic, group=chosen.group, reach=reach, now=now
    )
    needed = staffing(course_key, calendar=calendar, target=question, moderators=moderators, now=now)
    return HealthPage(
        waits=_waits(course_key, waiting, now),
        waiting=waiting[:WAITING],
        answers=_answers(measured, before, chosen, question),
        staffing=_staffing(needed, question),
        parts=_parts(measured, chosen, places),
    )


def _summary_columns(first: str) -> tuple[str, ...]:
    return (
        first,
        _("Asked"),
        _("Answered"),
        _("Median"),
        _("90th percentile"),
        _("Not answered yet"),
        _("In time"),
    )


def _line(name: str, part: Summary, *, days: bool, bar: str = "0", url: str = "") -> Row:
    numbers = (
        Number(whole(part.asked), url),
        Number(whole(part.answered)),
        Number(duration(part.median, days=days)),
        Number(duration(part.ninetieth, days=days)),
        Number(whole(part.unanswered)),
        Number(per_cent(part.share_in_time)),
    )
    return Row(name, numbers, bar)


def _answers(measured: Measured, before: int | None, chosen: Chosen, target: Target) -> Figure:
    days = chosen.hours != COURSE_HOURS
    note = _(
        "The 90th percentile is the time of the one in place ⌈0.9 × n⌉ when the answered stand in order of their times; the "
        "median likewise. Who is not answered yet has no time and is counted beside."
    )
    if target.hours:
        note += " " + _("In time: within %(hours)s h; not answered yet and past that counts as late.") % {
            "hours": whole(target.hours)
        }
    return Figure(
        "answers",
        _("Time to the first answer"),
        findings.of_answers(measured.by_anybody, before, days=days),
        _summary_columns(_("Answered by")),
        (
            _line(_("Anybody"), measured.by_anybody, days=days),
            _line(_("The course's team"), measured.by_staff, days=days),
        )
        if measured.by_anybody.asked
        else (),
        note,
    )


def _parts(measured: Measured, chosen: Chosen, places: Places) -> tuple[Figure, ...]:
    days = chosen.hours != COURSE_HOURS

    def topic(key: str) -> str:
        return places.topics.get(key) or _("A topic that is gone")

    def group(key: int) -> str:
        return places.groups.get(key) or (_("Everybody") if not key else _("A cohort that is gone"))

    people = get_people_host().people([key for key in measured.moderators if key]) if measured.moderators else {}

    def moderator(key: int) -> str:
        if key == OTHERS:
            return _("Others of the team")
        return people[key].name if key in people else _("An account that is gone")

    figures = [
        Figure(
            "topics",
            _("By unit and topic"),
            findings.of_parts(measured.topics, topic, days=days),
            _summary_columns(_("Unit or topic")),
            _lines(measured.topics, topic, days=days, link=lambda key: f"?{chosen.query(topic=key)}"),
            _("The bars are for the medians."),
        )
    ]
    if places.groups:
        figures.append(
            Figure(
                "groups",
                _("By cohort"),
                findings.of_parts(measured.groups, group, days=days),
                _summary_columns(_("The thread is for")),
                _lines(measured.groups, group, days=days, link=lambda key: f"?{chosen.query(group=key)}"),
                _("The bars are for the medians."),
            )
        )
    figures += [
        Figure(
            "moderators",
            _("By who answered first for the team"),
            findings.of_moderators(measured.moderators, others=OTHERS),
            _summary_columns(_("First answer by")),
            _lines(measured.moderators, moderator, days=days),
            _("The time until the team answered. It says when somebody came by, not how well anybody works."),
        ),
        _week(measured, days=days),
    ]
    return tuple(figures)


def _lines(
    parts: Mapping[Key, Summary], name: Callable[[Key], str], *, days: bool, link: Callable[[Key], str] | None = None
) -> tuple[Row, ...]:
    """The most asked first."""
    keys = sorted(parts, key=lambda key: (-parts[key].asked, name(key)))[:LINES]
    bars = bar_lengths([parts[key].median for key in keys])
    return tuple(
        _line(name(key), parts[key], days=days, bar=bar, url=link(key) if link else "")
        for key, bar in zip(keys, bars, strict=True)
    )


def _week(measured: Measured, *, days: bool) -> Figure:
    def when(block: int) -> str:
        return _("%(day)s, %(hours)s") % {"day": WEEKDAYS[block // BLOCKS_A_DAY], "hours": _hours(block)}

    def cell(weekday: int, part: int) -> Number:
        found = measured.week.get(weekday * BLOCKS_A_DAY + part)
        if found is None:
            return Number("–")
        said = duration(found.median, days=days) if found.answered else _("none answered")
        return Number(_("%(time)s (%(number)s)") % {"time": said, "number": whole(found.asked)})

    rows = [Row(_hours(part), tuple(cell(weekday, part) for weekday in range(7))) for part in range(BLOCKS_A_DAY)]
    return Figure(
        "week",
        _("By hour of the week"),
        findings.of_week(measured.week, when, days=days),
        (_("Asked at"), *(str(WEEKDAYS[weekday]) for weekday in range(7))),
        tuple(rows) if measured.week else (),
        _("The median time to the first answer, and in brackets how many asked; in the course's time zone."),
    )


def _hours(block: int) -> str:
    start = block % BLOCKS_A_DAY * BLOCK
    return _("%(start)s to %(end)s h") % {"start": f"{start:02}", "end": f"{start + BLOCK:02}"}


def _waits(course_key: CourseKey, waiting: list[Shown], now: datetime) -> Figure:
    clocked = [one.clocked for one in waiting]
    return Figure(
        "waits",
        _("Who waits now"),
        findings.of_waits(clocked, now),
        (),
        beside=Number(_("To the queue"), reverse("community_dashboard:moderation", args=[str(course_key)])),
    )


def _staffing(found: Staffing, target: Target) -> Figure:
    rows = tuple(
        Row(
            _date(localtime(week.start).date()),
            (
                Number(whole(week.posts)),
                Number(whole(week.estimated)),
                Number(whole(week.enough)),
                Number(per_cent(week.error) or _("none")),
            ),
        )
        for week in found.weeks
    )
    return Figure(
        "staffing",
        _("How many moderators the target needs"),
        findings.of_staffing(found, target),
        (
            _("Seven days from"),
            _("Questions"),
            _("Estimated from the weeks before"),
            _("Would have been enough"),
            _("Off by"),
        ),
        rows,
        findings.of_work(found),
    )


def _date(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
