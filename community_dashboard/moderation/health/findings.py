"""The one sentence above each figure of the health page, made from its numbers. It says no more than they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.charts.numbers import decimal, duration, per_cent, whole
from community_dashboard.moderation.clock.percentiles import Summary
from community_dashboard.moderation.clock.targets import Target
from community_dashboard.moderation.clock.waits import Clocked
from community_dashboard.moderation.health.staffing import Staffing

Key = TypeVar("Key")
FEWEST = 5  # answered, to be compared with others


def of_answers(now: Summary, before: int | None, *, days: bool) -> str:
    """The median and the 90th percentile, who waits still, and the change from the median before."""
    if not now.asked:
        return _("Nobody asked in this period.")
    if not now.answered:
        return ngettext(
            "%(number)s was asked, and none is answered yet.",
            "%(number)s were asked, and none is answered yet.",
            now.asked,
        ) % {"number": whole(now.asked)}
    said = _("Half of the answered were answered within %(median)s, nine in ten within %(ninetieth)s") % {
        "median": duration(now.median, days=days),
        "ninetieth": duration(now.ninetieth, days=days),
    }
    waiting = ngettext(
        "%(waiting)s of %(asked)s is not answered yet", "%(waiting)s of %(asked)s are not answered yet", now.unanswered
    ) % {"waiting": whole(now.unanswered), "asked": whole(now.asked)}
    parts = [said, waiting if now.unanswered else _("all %(asked)s are answered") % {"asked": whole(now.asked)}]
    sentence = _("%(first)s; %(second)s.") % {"first": parts[0], "second": parts[1]}
    change = _change(now.median, before, days=days)
    return f"{sentence} {change}" if change else sentence


def _change(now: int | None, before: int | None, *, days: bool) -> str:
    if now is None or before is None:
        return ""
    if abs(now - before) < max(60, before // 20):
        return _("The median is as in the period before.")
    if now < before:
        return _("The median is %(time)s shorter than in the period before.") % {
            "time": duration(before - now, days=days)
        }
    return _("The median is %(time)s longer than in the period before.") % {"time": duration(now - before, days=days)}


def of_parts(parts: Mapping[Key, Summary], name: Callable[[Key], str], *, days: bool) -> str:
    """Where it takes longest, and where most are left."""
    if not parts:
        return _("Nobody asked in this period.")
    compared = {key: part for key, part in parts.items() if part.answered >= FEWEST}
    if len(compared) < 2:
        return _("Too few are answered to compare: fewer than two lines have five or more.")
    slowest = max(compared, key=lambda key: compared[key].median or 0)
    quickest = min(compared, key=lambda key: compared[key].median or 0)
    if compared[slowest].median == compared[quickest].median:
        return _("The median is the same in all of them: %(time)s.") % {
            "time": duration(compared[slowest].median, days=days)
        }
    return _("The median is longest in “%(slowest)s”: %(long)s; shortest in “%(quickest)s”: %(short)s.") % {
        "slowest": name(slowest),
        "long": duration(compared[slowest].median, days=days),
        "quickest": name(quickest),
        "short": duration(compared[quickest].median, days=days),
    }


def of_week(week: Mapping[int, Summary], name: Callable[[int], str], *, days: bool) -> str:
    """When most is asked, and when the wait is longest."""
    if not week:
        return _("Nobody asked in this period.")
    busiest = max(sorted(week), key=lambda block: week[block].asked)
    said = ngettext(
        "Most is asked on %(when)s: %(number)s thread.",
        "Most is asked on %(when)s: %(number)s threads.",
        week[busiest].asked,
    ) % {"when": name(busiest), "number": whole(week[busiest].asked)}
    compared = [block for block in sorted(week) if week[block].answered >= FEWEST]
    if not compared:
        return said
    slowest = max(compared, key=lambda block: week[block].median or 0)
    return (
        said
        + " "
        + _("Who asks on %(when)s waits longest: %(time)s at the median.")
        % {
            "when": name(slowest),
            "time": duration(week[slowest].median, days=days),
        }
    )


def of_moderators(moderators: Mapping[int, Summary], *, others: int) -> str:
    """How many gave first answers, and whether it hangs on one. `others` is the key of those who are not named."""
    total = sum(part.answered for part in moderators.values())
    named = {key: part.answered for key, part in moderators.items() if key != others}
    if not total:
        return _("The team has answered nothing of this period first.")
    said = ngettext(
        "%(people)s moderator gave %(named)s of the team's %(total)s first answers.",
        "%(people)s moderators gave %(named)s of the team's %(total)s first answers.",
        len(named),
    ) % {"people": whole(len(named)), "named": whole(sum(named.values())), "total": whole(total)}
    most = max(named.values(), default=0)
    if len(named) > 1 and most / total >= 0.5 and total >= FEWEST:
        return f"{said} " + _("One of them gave %(share)s.") % {"share": per_cent(most / total)}
    return said


def of_waits(waits: Sequence[Clocked], now: datetime) -> str:
    """Who waits, who is past the target, and who will be in the next four hours."""
    if not waits:
        return _("Nobody waits.")
    past, soon = sum(one.is_past(now) for one in waits), sum(one.is_soon(now) for one in waits)
    said = ngettext("%(number)s waits", "%(number)s wait", len(waits)) % {"number": whole(len(waits))}
    late = (
        ngettext("%(number)s past the target", "%(number)s past the target", past) % {"number": whole(past)}
        if past
        else _("none past the target")
    )
    next_hours = (
        ngettext(
            "%(number)s more will be in the next four hours unless somebody acts",
            "%(number)s more will be in the next four hours unless somebody acts",
            soon,
        )
        % {"number": whole(soon)}
        if soon
        else _("none more will be in the next four hours")
    )
    return _("%(waiting)s, %(late)s; %(soon)s.") % {"waiting": said, "late": late, "soon": next_hours}


def of_staffing(found: Staffing, target: Target) -> str:
    """How many moderators, and how far off that may be."""
    if not target.hours:
        return _("Without a target for questions nothing can be estimated.")
    if found.needed is None:
        return _("Too few questions came in the last four weeks to estimate anything.")
    words = {"hours": whole(target.hours), "share": whole(target.share), "number": whole(found.needed)}
    if found.impossible:
        return _("No number of moderators would do: one answer alone takes longer than the target.")
    said = (
        ngettext(
            "%(number)s moderator at work in all course hours answers %(share)s %% within %(hours)s h.",
            "%(number)s moderators at work in all course hours answer %(share)s %% within %(hours)s h.",
            found.needed,
        )
        % words
    )
    if found.error is None:
        return f"{said} " + _("How far off that is can be said after one more week.")
    weeks = len(found.weeks)
    return f"{said} " + ngettext(
        "In the %(weeks)s week replayed, the same estimate was off by %(error)s.",
        "In the %(weeks)s weeks replayed, the same estimate was off by %(error)s on average.",
        weeks,
    ) % {"weeks": whole(weeks), "error": per_cent(found.error)}


def of_work(found: Staffing) -> str:
    """From what the estimate is made."""
    minutes = decimal(found.work.mean / 60)
    if found.work.measured:
        return _(
            "Measured: %(minutes)s minutes for one answer or decision (%(number)s gaps between two acts of one moderator, "
            "without pauses of half an hour and more); %(posts)s questions a week."
        ) % {"minutes": minutes, "number": whole(len(found.work.samples)), "posts": decimal(found.weekly_posts)}
    return _(
        "Assumed: %(minutes)s minutes for one answer, since too little was measured; %(posts)s questions a week."
    ) % {"minutes": minutes, "posts": decimal(found.weekly_posts)}
