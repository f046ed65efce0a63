"""The one sentence that is the title of each chart over learners as they stand now: how far, where they stop, who stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.activity.rollup.groups import CohortWeek, Funnel
from community_dashboard.charts.numbers import per_cent, whole


def of_funnel(found: Funnel) -> str:
    """How many never started, and how many completed."""
    if not found.people:
        return _("Nobody of this choice was ever enrolled.")
    return _(
        "Of %(people)s, %(never)s (%(never_share)s) never started; %(finished)s (%(finished_share)s) completed the course."
    ) % {
        "people": ngettext("%(number)s person", "%(number)s people", found.people) % {"number": whole(found.people)},
        "never": whole(found.never),
        "never_share": per_cent(found.never / found.people),
        "finished": whole(found.finished),
        "finished_share": per_cent(found.finished / found.people),
    }


def of_stops(stops: Sequence[tuple[str, str, int, int]], days: int) -> str:
    """The unit in which most stopped: (title, section, came, stopped) in order."""
    if not any(came for _title, _section, came, _stopped in stops):
        return _("Nobody of this choice has completed anything yet.")
    most = max(stopped for _title, _section, _came, stopped in stops)
    if not most:
        return _("Nobody has stopped: who has begun was active in the last %(days)s days, or is through.") % {
            "days": whole(days)
        }
    best = [stop for stop in stops if stop[3] == most]
    if len(best) > 1:
        return ngettext(
            "No unit stands out: in %(units)s of them %(most)s person stopped.",
            "No unit stands out: in %(units)s of them %(most)s people each stopped.",
            most,
        ) % {"units": whole(len(best)), "most": whole(most)}
    title, section, came, _stopped = best[0]
    return _("Most stop at “%(title)s” (%(section)s): %(most)s of the %(came)s who came so far.") % {
        "title": title,
        "section": section,
        "most": whole(most),
        "came": whole(came),
    }


def of_gone_blocks(people: int) -> str:
    """Who stands at a block that the course no longer has."""
    if people <= 0:
        return ""
    return ngettext(
        "%(number)s person stands at a block that is no longer in the course, and is in no unit.",
        "%(number)s people stand at blocks that are no longer in the course, and are in no unit.",
        people,
    ) % {"number": whole(people)}


def of_retention(weeks: Sequence[CohortWeek], this_monday: date) -> str:
    """How many were still active one and four weeks after enrolling, of all for whom that week is over."""
    said = []
    for after in (1, 4):
        over = [
            week for week in weeks if week.monday + timedelta(weeks=after) < this_monday and len(week.active) > after
        ]
        people = sum(week.people for week in over)
        if people:
            said.append((after, people, sum(week.active[after] for week in over)))
    if not said:
        return _("Nobody of this choice enrolled long enough ago to say who stays.")
    _after, people, active = said[0]
    values = {"people": whole(people), "share": per_cent(active / people)}
    if len(said) == 1:
        return (
            ngettext(
                "Of %(people)s person who enrolled, %(share)s were active in the week after.",
                "Of %(people)s people who enrolled, %(share)s were active in the week after.",
                people,
            )
            % values
        )
    _after, earlier, still = said[1]
    values |= {"later": per_cent(still / earlier), "earlier": whole(earlier)}
    return (
        _(
            "%(share)s of those who enrolled were active in the week after, %(later)s in the fourth "
            "(of %(people)s and %(earlier)s people)."
        )
        % values
    )


def of_countries(countries: Sequence[tuple[str, int]], total: int) -> str:
    """The country that most come from: (name, people), the largest first."""
    if not total:
        return _("Too few learners have told their country to show any.")
    if not countries:
        return _("No country has enough learners to be shown.")
    name, most = countries[0]
    values = {"country": name, "people": whole(most), "share": per_cent(most / total)}
    if len(countries) > 1 and countries[1][1] == most:
        return _("No single country has the most: %(countries)s have %(people)s each.") % {
            "countries": whole(sum(people == most for _name, people in countries)),
            **values,
        }
    return _("Most come from %(country)s: %(people)s, which is %(share)s.") % values
