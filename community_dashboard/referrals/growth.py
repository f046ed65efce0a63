"""Everything on the growth page, ready to be written out: each number with the list behind it and the length of its bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.charts.bars import bar_lengths
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.referrals import findings
from community_dashboard.referrals.figures import conversion, decimal, ends, period, rounded, week_of, whole
from community_dashboard.referrals.forms import COURSE, Filter
from community_dashboard.referrals.mail import mail_figure
from community_dashboard.referrals.words import REASONS, STAGES, network_name, placement_name
from referral_xblock.api import (
    BREAKDOWNS,
    FUNNEL,
    Advocate,
    Funnel,
    GrowthSummary,
    Part,
    Status,
    Step,
    Verdict,
    funnel,
    get_host,
    growth_summary,
    top_advocates,
)

ADVOCATES_SHOWN = 10


@dataclass(frozen=True)
class GrowthPage:
    """What the template needs."""

    empty: bool
    period: str
    funnel: Figure
    breakdowns: tuple[Figure, ...]
    k: Figure
    prompt: Figure
    advocates: Figure
    uncounted: Figure
    requests: Figure
    mail: Figure | None  # None where the platform sends none
    advocates_url: str


def list_url(course_key: CourseKey, name: str, chosen: Filter, **changed: object) -> str:
    """The address of a list with this filter, some of it changed."""
    query = chosen.query(course_key, **changed)
    path = reverse("community_dashboard:list", args=[str(course_key), name])
    return f"{path}?{query}" if query else path


def growth_page(course_key: CourseKey, chosen: Filter, *, today: date) -> GrowthPage:
    """The whole page for a period. Twenty-eight queries whatever the size of the course, and those of the host for names."""
    counted = funnel(course_key, start=chosen.start, end=chosen.end)
    summary = growth_summary(course_key, start=chosen.start, end=chosen.end)
    advocates = top_advocates(course_key, chosen.selection, limit=ADVOCATES_SHOWN)
    titles = get_host().block_titles([part.key for part in counted.breakdowns["placement"] if part.key])
    names: dict[str, Callable[[str], str]] = {
        "network": network_name,
        "placement": lambda key: placement_name(key, titles),
        "week": lambda week: week_of(week, today=today),
    }

    def link(name: str, **changed: object) -> str:
        return list_url(course_key, name, chosen, **changed)

    mail = mail_figure(course_key, chosen, counted, link)
    return GrowthPage(
        empty=not (counted.showings or counted.shares or counted.clicks.raw or counted.uncounted)
        and not any(step.people for step in counted.steps),
        period=period(chosen.start, chosen.end, [part.key for part in counted.breakdowns["week"]], today=today),
        funnel=_funnel(counted, link),
        breakdowns=tuple(_breakdown(by, counted.breakdowns[by], names[by], link) for by in BREAKDOWNS),
        k=_k(summary, link),
        prompt=_prompt(summary, link),
        advocates=_advocates(advocates, link),
        uncounted=_uncounted(counted, link, course_key),
        requests=_requests(counted, link),
        mail=mail,
        advocates_url=link("advocates"),
    )


def _funnel(counted: Funnel, link: Callable[..., str]) -> Figure:
    bars = bar_lengths([step.people for step in counted.steps])
    rows = tuple(
        Row(
            str(STAGES[step.stage]),
            (Number(whole(step.people), link(step.stage)), Number(_of_the_stage_before(counted, step))),
            bar,
        )
        for step, bar in zip(counted.steps, bars, strict=True)
    )
    left = ngettext("%(number)s of the enrolled left since.", "%(number)s of the enrolled left since.", counted.left)
    return Figure(
        "funnel",
        _("From seeing to completing"),
        findings.of_funnel(counted),
        (_("Stage"), _("People"), _("Of the stage before")),
        rows,
        _("Each stage is counted by its own date. Who has an account already enrols without registering."),
        Number(left % {"number": whole(counted.left)}, link("left")) if counted.left else Number(""),
    )


def _of_the_stage_before(counted: Funnel, step: Step) -> str:
    """How many for one of the stage before. More enrol than register where people had an account: then how many, at least."""
    if step.stage == "enrolled":
        registered = next(other.people for other in counted.steps if other.stage == "registered")
        had = step.people - registered
        if had > 0:
            return ngettext(
                "at least %(number)s had an account already", "at least %(number)s had an account already", had
            ) % {"number": whole(had)}
    return conversion(step.conversion)


def _breakdown(by: str, parts: tuple[Part, ...], name: Callable[[str], str], link: Callable[..., str]) -> Figure:
    titles = {"network": _("By network"), "placement": _("By unit"), "week": _("By week")}
    firsts = {"network": _("Network"), "placement": _("Unit"), "week": _("Week of")}
    stages = [stage for stage in FUNNEL if by != "network" or stage != "shown"]
    ordered = parts if by == "week" else sorted(parts, key=lambda part: -(part.people["enrolled"] or 0))
    bars = bar_lengths([part.people["enrolled"] for part in ordered])
    rows = []
    for part, bar in zip(ordered, bars, strict=True):
        key = COURSE if by == "placement" and not part.key else part.key
        numbers = []
        for stage in stages:
            people = part.people[stage]
            # Nothing was shown, shared or clicked by a link that is gone, so no list is asked for it.
            numbers.append(Number(whole(people), link(stage, **{by: key})) if people else Number(whole(people or 0)))
        rows.append(Row(name(part.key), tuple(numbers), bar))
    finding = findings.of_weeks(parts) if by == "week" else findings.of_parts(parts, name)
    return Figure(
        by,
        titles[by],
        finding,
        (firsts[by], *(str(STAGES[stage]) for stage in stages)),
        tuple(rows),
        _("The bars are for enrolments. Somebody who stands in two lines counts in each, and once in the whole.")
        if by == "network"
        else "",
    )


def _k(summary: GrowthSummary, link: Callable[..., str]) -> Figure:
    columns = (_("New enrolments"), _("Active inviters"), _("For each inviter"), _("Interval (95 %)"))
    k = summary.k
    numbers = (
        Number(whole(summary.enrolments), link("enrolled")),
        Number(whole(summary.inviters), link("inviters")),
        Number(decimal(k.value) if k else ""),
        Number(ends(k) if k else ""),
    )
    return Figure(
        "k",
        _("How far invitations carry"),
        findings.of_k(summary),
        columns,
        (Row("", numbers),),
        _("The k-factor: credited new enrolments for one learner who shared in the period or brought somebody in it."),
    )


def _prompt(summary: GrowthSummary, link: Callable[..., str]) -> Figure:
    columns = (_("Learners with the prompt"), _("Learners without"), _("Would not have come"), _("Interval (95 %)"))
    extra = summary.extra
    numbers = (
        Number(whole(summary.prompted), link("prompted", start=None)),
        Number(whole(summary.held_out), link("held-out", start=None)),
        Number(rounded(extra.value) if extra else ""),
        Number(ends(extra, people=True) if extra else ""),
    )
    return Figure(
        "prompt",
        _("What the prompt adds"),
        findings.of_prompt(summary),
        columns,
        (Row("", numbers),),
        _("One learner in ten, drawn once, sees the block without its invitation prompt."),
    )


def _advocates(advocates: list[Advocate], link: Callable[..., str]) -> Figure:
    people = get_host().people([advocate.inviter_id for advocate in advocates]) if advocates else {}
    rows = []
    for advocate in advocates:
        person = people.get(advocate.inviter_id)
        counts = (("enrolled", advocate.enrolled), ("active", advocate.active), ("completed", advocate.completed))
        numbers = tuple(Number(whole(n), link(stage, inviter=advocate.inviter_id) if n else "") for stage, n in counts)
        rows.append(Row(person.name if person else _("An account that is gone"), numbers))
    finding = _("Nobody has brought somebody yet.")
    if rows:
        finding = _("%(name)s brought the most.") % {"name": rows[0].name}
        if len(advocates) > 1 and advocates[0].enrolled == advocates[1].enrolled:
            finding = _("Several learners brought equally many.")
    return Figure(
        "advocates",
        _("Who brought the most"),
        finding,
        (_("Learner"), *(str(STAGES[stage]) for stage in ("enrolled", "active", "completed"))),
        tuple(rows),
    )


def _uncounted(counted: Funnel, link: Callable[..., str], course_key: CourseKey) -> Figure:
    rows = []
    for row in counted.uncounted:
        held = row.status is Status.HELD
        said = _("to look at: %(reason)s") if held else "%(reason)s"
        url = link("held" if held else "not-credited", reason=row.reason.value)
        rows.append(Row(said % {"reason": REASONS[row.reason]}, (Number(whole(row.people), url),)))
    waiting = sum(row.people for row in counted.uncounted if row.status is Status.HELD)
    look = ngettext("Look at %(number)s that waits for you.", "Look at %(number)s that wait for you.", waiting)
    return Figure(
        "uncounted",
        _("Invitations that do not count"),
        findings.of_uncounted(counted),
        (_("The invited person"), _("People")),
        tuple(rows),
        _("Only a person rejects."),
        Number(look % {"number": whole(waiting)}, reverse("community_dashboard:review", args=[str(course_key)]))
        if waiting
        else Number(_("To the fraud review"), reverse("community_dashboard:review", args=[str(course_key)])),
    )


def _requests(counted: Funnel, link: Callable[..., str]) -> Figure:
    clicks = counted.clicks
    columns = {Verdict.PERSON: _("By persons"), Verdict.MACHINE: _("By machines"), Verdict.UNKNOWN: _("Not known")}
    numbers = (
        Number(whole(clicks.raw), link("requests")),
        *(Number(whole(getattr(clicks, verdict)), link("requests", verdict=verdict)) for verdict in columns),
    )
    return Figure(
        "requests",
        _("Who asks for the links"),
        findings.of_requests(clicks),
        (_("Requests"), *columns.values()),
        (Row("", numbers),),
        _("Machines are link previews, robots and the like. What is not known is added to nobody."),
    )
