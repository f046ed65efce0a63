"""The one sentence that is the title of each chart over time, made from its numbers. It says no more than they do; ties are said.

What is running is compared with nothing. Learning that tracking events tell may be lost on its way: "about".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.charts.numbers import decimal, whole
from community_dashboard.engagement.trends.steps import Steps, long


def what_active_means() -> str:
    """What counts as active, and why it is about so many."""
    return _(
        "Active: completed, opened, watched or tried something, or took part in the forum. About: what was opened, watched and "
        "tried comes from events of which single ones can be lost. Days are those of UTC."
    )


def number(value: float) -> str:
    """A count, or the middle of two."""
    return whole(int(value)) if value == int(value) else decimal(value)


def of_days(steps: Steps, now: Sequence[int], before: Sequence[int]) -> str:
    """The usual day, the best one, and the days before. The running day is left out."""
    over = [(value, step.first) for value, step in zip(now, steps.all, strict=True) if not step.running]
    if not any(now):
        return _("Nobody was active in this period.")
    if not over:
        return ngettext(
            "About %(number)s learner has been active today, which is not over.",
            "About %(number)s learners have been active today, which is not over.",
            now[-1],
        ) % {"number": whole(now[-1])}
    most = max(value for value, _day in over)
    best = [day for value, day in over if value == most]
    if len(over) == 1:
        return ngettext(
            "About %(number)s learner was active on %(day)s.", "About %(number)s learners were active on %(day)s.", most
        ) % {"number": whole(most), "day": long(best[0])}
    usual = median(value for value, _day in over)
    said = _usual(usual, most, best)
    if not before:
        return said
    # As many days as are over, so that the running one does not pull the others down.
    change = usual - median(before[: len(over)])
    return f"{said} {_change_of_usual(change)}"


def _usual(usual: float, most: int, best: Sequence[date]) -> str:
    values = {"usual": number(usual), "most": whole(most)}
    if len(best) == 1:
        return _("On a usual day about %(usual)s learners are active; most, %(most)s, were on %(day)s.") % {
            **values,
            "day": long(best[0]),
        }
    return _("On a usual day about %(usual)s learners are active; most, %(most)s, were on %(days)s different days.") % {
        **values,
        "days": whole(len(best)),
    }


def _change_of_usual(change: float) -> str:
    if not change:
        return _("That is as many as in the days before.")
    if change > 0:
        return _("That is %(number)s more than in the days before.") % {"number": number(change)}
    return _("That is %(number)s fewer than in the days before.") % {"number": number(-change)}


def of_weeks(steps: Steps, values: Sequence[int]) -> str:
    """The last whole week, and how it moved."""
    over = [(value, step.first) for value, step in zip(values, steps.all, strict=True) if step.whole]
    if not over:
        return _("No whole week lies in this period.")
    if not any(values):
        return _("Nobody was active in these weeks.")
    last, monday = over[-1]
    said = ngettext(
        "About %(number)s learner was active in the week from %(day)s",
        "About %(number)s learners were active in the week from %(day)s",
        last,
    ) % {"number": whole(last), "day": long(monday)}
    if len(over) == 1:
        return _("%(said)s.") % {"said": said}
    counts = [value for value, _monday in over]
    return _("%(said)s: %(change)s.") % {"said": said, "change": _change_of_week(counts)}


def _change_of_week(counts: Sequence[int]) -> str:
    change = counts[-1] - counts[-2]
    if not change:
        return _("as many as the week before")
    rising = change > 0
    steps = 1
    while steps < len(counts) - 1 and (_moved(counts, steps) > 0) == rising and _moved(counts, steps):
        steps += 1
    said = (
        ngettext("%(number)s more than the week before", "%(number)s more than the week before", change)
        if rising
        else ngettext("%(number)s fewer than the week before", "%(number)s fewer than the week before", -change)
    ) % {"number": whole(abs(change))}
    if steps < 3:
        return said
    row = (
        _("%(change)s, more for the %(times)s\u00a0weeks running")
        if rising
        else _("%(change)s, fewer for the %(times)s\u00a0weeks running")
    )
    return row % {"change": said, "times": whole(steps)}


def _moved(counts: Sequence[int], steps: int) -> int:
    return counts[-1 - steps] - counts[-2 - steps]


def of_hours(averages: Sequence[Sequence[float | None]]) -> str:
    """The hour of the week with the most."""
    cells = [(value, day, hour) for day, row in enumerate(averages) for hour, value in enumerate(row) if value]
    if not cells:
        return _("Nobody was active on the days of this period that are over.")
    most = max(value for value, _day, _hour in cells)
    best = [(day, hour) for value, day, hour in cells if value == most]
    if len(best) > 1:
        return _(
            "No single hour stands out: in %(hours)s of the week's hours about %(number)s learners are active on average."
        ) % {
            "hours": whole(len(best)),
            "number": decimal(most),
        }
    day, hour = best[0]
    return _("Most are active on %(day)s from %(start)s to %(end)s\u00a0h: about %(number)s on average.") % {
        "day": WEEKDAYS[day],
        "start": f"{hour:02}",
        "end": f"{hour + 1:02}",
        "number": decimal(most),
    }


def of_enrolments(enrolled: int, left: int, before: int | None) -> str:
    """Who came, who went, and the days before. With today, which is not over: enrolments are compared where days are as many."""
    if not enrolled and not left:
        return _("Nobody enrolled or left in this period.")
    said = _("%(came)s and %(went)s in this period.") % {
        "came": ngettext("%(number)s enrolled", "%(number)s enrolled", enrolled) % {"number": whole(enrolled)},
        "went": ngettext("%(number)s left", "%(number)s left", left) % {"number": whole(left)},
    }
    if before is None:
        return said
    if enrolled == before:
        return said + " " + _("As many enrolled in the days before.")
    change = {"number": whole(abs(enrolled - before))}
    if enrolled > before:
        return said + " " + _("That is %(number)s enrolments more than in the days before.") % change
    return said + " " + _("That is %(number)s enrolments fewer than in the days before.") % change


def of_forum(posted: int, answered: int) -> str:
    """Threads and answers, and how many answers a thread has."""
    if not posted and not answered:
        return _("Nobody wrote in the forum in this period.")
    values = {
        "posted": ngettext("%(number)s thread", "%(number)s threads", posted) % {"number": whole(posted)},
        "answered": ngettext("%(number)s answer", "%(number)s answers", answered) % {"number": whole(answered)},
    }
    if not posted:
        return _("%(posted)s and %(answered)s in this period.") % values
    return _("%(posted)s and %(answered)s in this period: %(each)s for each thread.") % {
        **values,
        "each": decimal(answered / posted),
    }


def of_invitations(shared: int, brought: int) -> str:
    """Shares, and whom they brought."""
    if not shared and not brought:
        return _("Nobody shared the course in this period, and nobody came by invitation.")
    return _("%(shared)s, and %(brought)s in this period.") % {
        "shared": ngettext("The course was shared %(number)s time", "The course was shared %(number)s times", shared)
        % {"number": whole(shared)},
        "brought": ngettext(
            "%(number)s person enrolled by invitation", "%(number)s people enrolled by invitation", brought
        )
        % {"number": whole(brought)},
    }


def of_work(steps: Steps, completed: Sequence[int]) -> str:
    """Blocks completed, and when most of them."""
    total = sum(completed)
    if not total:
        return _("Nothing was completed in this period.")
    over = [(value, step.first) for value, step in zip(completed, steps.all, strict=True) if step.whole]
    said = ngettext("%(number)s block was completed", "%(number)s blocks were completed", total) % {
        "number": whole(total)
    }
    most = max((value for value, _first in over), default=0)
    best = [first for value, first in over if value == most]
    if not most or len(best) > 1 or len(over) < 2:
        return _("%(said)s.") % {"said": said}
    when = (
        _("%(said)s; most of them, %(most)s, in the week from %(day)s.")
        if steps.weekly
        else _("%(said)s; most of them, %(most)s, on %(day)s.")
    )
    return when % {"said": said, "most": whole(most), "day": long(best[0])}


def of_runs(metric: str, day: int | None, now: int | None, then: int | None) -> str:
    """This run at its last day that is over, and the earlier run at the same day."""
    if day is None or now is None:
        return _("No day of this run in this period is over yet.")
    values = {"day": day, "number": whole(now)}
    said = {
        "enrolled": ngettext(
            "On day %(day)s, %(number)s person has enrolled", "On day %(day)s, %(number)s people have enrolled", now
        ),
        "active": ngettext(
            "On day %(day)s about %(number)s learner was active",
            "On day %(day)s about %(number)s learners were active",
            now,
        ),
        "completed": ngettext(
            "Up to day %(day)s, %(number)s block was completed",
            "Up to day %(day)s, %(number)s blocks were completed",
            now,
        ),
    }[metric] % values
    if then is None:
        return _("%(said)s.") % {"said": said}
    if now == then:
        return _("%(said)s: as many as in the last run at that day.") % {"said": said}
    change = whole(abs(now - then))
    if now > then:
        return _("%(said)s: %(change)s more than in the last run at that day.") % {"said": said, "change": change}
    return _("%(said)s: %(change)s fewer than in the last run at that day.") % {"said": said, "change": change}
