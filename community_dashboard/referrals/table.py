"""A list as the page shows it: few columns, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.referrals.figures import week_name, whole
from community_dashboard.referrals.forms import COURSE, Filter
from community_dashboard.referrals.growth import list_url
from community_dashboard.referrals.lists import SHOWN_LISTS, people_of, titles_of
from community_dashboard.referrals.words import REASONS, SIGNS, STAGES, VERDICTS, network_name, placement_name
from referral_xblock.api import JourneyRow, Person, get_host


@dataclass(frozen=True)
class Cell:
    """One cell. `moment` is the exact time behind a day, for the machine-readable attribute."""

    text: str
    url: str = ""
    moment: str = ""
    figure: bool = False


@dataclass(frozen=True)
class Table:
    """A heading for each column, and the rows. The last `figures` columns are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: int = 0


def table(course_key: CourseKey, name: str, rows: Sequence[Any], chosen: Filter) -> Table:
    """The rows of one page of a list. Three queries of the host at most."""
    people, titles = people_of(name, rows), titles_of(rows)
    columns: tuple[str, ...]
    made: list[tuple[Cell, ...]]
    if name in SHOWN_LISTS:
        columns = (_("Learner"), _("Unit"), _("Seen"), _("Prompt"))
        made = [
            (
                _who(row.user_id, people),
                Cell(placement_name(row.placement, titles)),
                _day(row.shown_at),
                Cell(_("without") if row.in_holdout else _("with")),
            )
            for row in rows
        ]
    elif name == "shared":
        columns = (_("Learner"), _("By"), _("Unit"), _("Day"))
        made = [
            (
                _who(r.user_id, people),
                Cell(network_name(r.network)),
                Cell(placement_name(r.placement, titles)),
                _day(r.day),
            )
            for r in rows
        ]
    elif name == "clicked":
        columns = (_("Day"), _("Link of"), _("By"), _("Unit"), _("Known by"))
        made = [
            (
                _day(row.created_at),
                _who(row.owner_id, people),
                Cell(network_name(row.network)),
                Cell(placement_name(row.placement, titles)),
                Cell(str(SIGNS.get(row.shown_by, row.shown_by))),
            )
            for row in rows
        ]
    elif name == "requests":
        columns = (_("Time"), _("By"), _("Unit"), _("What it was"), _("Why"))
        made = [
            (
                _moment(row.created_at),
                Cell(network_name(row.network)),
                Cell(placement_name(row.placement, titles)),
                Cell(str(VERDICTS[row.verdict])),
                Cell(str(SIGNS.get(row.reason, row.reason))),
            )
            for row in rows
        ]
    elif name == "advocates":
        columns = (_("Learner"), *(str(STAGES[stage]) for stage in ("enrolled", "active", "completed")))
        made = [(_who(row.inviter_id, people), *_counts(course_key, row, chosen)) for row in rows]
    elif name == "inviters":
        columns = (_("Learner"), _("Shared"), str(STAGES["enrolled"]))
        made = [
            (
                _who(row.id, people),
                Cell(_("yes") if row.shared else _("no")),
                Cell(
                    whole(row.enrolled), _enrolled_by(course_key, row.id, chosen) if row.enrolled else "", figure=True
                ),
            )
            for row in rows
        ]
    else:
        uncounted = name in ("held", "not-credited")
        columns = (
            _("Person"),
            _("Invited by"),
            _("By"),
            _("Unit"),
            *((_("Reason"),) if uncounted else ()),
            _("Enrolled"),
            _("How far"),
        )
        made = [_journey(row, people, titles, uncounted) for row in rows]
    return Table(columns, tuple(made), {"advocates": 3, "inviters": 1}.get(name, 0))


def _journey(row: JourneyRow, people: dict[int, Person], titles: dict[str, str], uncounted: bool) -> tuple[Cell, ...]:
    return (
        _who(row.user_id, people),
        _who(row.inviter_id, people),
        Cell(network_name(row.network)),
        Cell(placement_name(row.placement, titles)),
        *((Cell(str(REASONS[row.reason])),) if uncounted else ()),
        _day(row.enrolled_at),
        Cell(_how_far(row)),
    )


def _how_far(row: JourneyRow) -> str:
    words = _("Opened a link")
    for stage in ("registered", "enrolled", "active", "completed"):
        if getattr(row, f"{stage}_at"):
            words = str(STAGES[stage])
    if row.unenrolled_at:
        return _("%(stage)s, then left") % {"stage": words}
    return _("%(stage)s, no longer passing") % {"stage": words} if row.lapsed_at else words


def _enrolled_by(course_key: CourseKey, inviter_id: int, chosen: Filter) -> str:
    return list_url(course_key, "enrolled", chosen, inviter=inviter_id)


def _counts(course_key: CourseKey, row: Any, chosen: Filter) -> list[Cell]:
    stages = (("enrolled", row.enrolled), ("active", row.active), ("completed", row.completed))
    return [
        Cell(whole(n), list_url(course_key, stage, chosen, inviter=row.inviter_id) if n else "", figure=True)
        for stage, n in stages
    ]


def _who(user_id: int | None, people: dict[int, Person]) -> Cell:
    person = people.get(user_id) if user_id is not None else None
    if person is None:
        return Cell(_("An account that is gone") if user_id is not None else "")
    return Cell(person.name if person.name == person.username else f"{person.name} ({person.username})")


def _day(moment: datetime | date | None) -> Cell:
    if moment is None:
        return Cell("")
    local = localtime(moment) if isinstance(moment, datetime) else moment
    return Cell(date_format(local, "DATE_FORMAT"), moment=moment.isoformat())


def _moment(moment: datetime) -> Cell:
    return Cell(date_format(localtime(moment), "DATETIME_FORMAT"), moment=moment.isoformat())


def filter_words(chosen: Filter) -> list[str]:
    """What a list is limited to beside its visible filters, one sentence each. Three queries of the host at most."""
    words = []
    if chosen.week:
        words.append(_("%(week)s only") % {"week": week_name(chosen.week)})
    if chosen.placement:
        placement = "" if chosen.placement == COURSE else chosen.placement
        titles = get_host().block_titles([placement]) if placement else {}
        words.append(_("Only invitations from %(unit)s") % {"unit": placement_name(placement, titles)})
    if chosen.inviter:
        person = get_host().people([chosen.inviter]).get(chosen.inviter)
        words.append(
            _("Only invitations by %(name)s") % {"name": person.name if person else _("an account that is gone")}
        )
    return words
