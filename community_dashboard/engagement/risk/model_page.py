"""How far the chances may be believed, in plain words: ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.charts.bars import FULL
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import decimal, per_cent, whole
from community_dashboard.engagement.risk import evaluation, policy, words
from community_dashboard.engagement.risk.evaluation import Evaluation, Judged
from community_dashboard.engagement.risk.groups_figure import groups_figure
from community_dashboard.engagement.risk.learning import Outcome, can_learn
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.models import RiskModel
from community_dashboard.engagement.risk.queries import Round
from referral_xblock.api import get_host

EDGE, SPAN = 8, 84  # of the drawing, whose sides are 100 long


@dataclass(frozen=True)
class Dot:
    """A place in the drawing: what was said from left to right, what came true upwards. Text, whatever the locale."""

    x: str
    y: str
    size: str


@dataclass(frozen=True)
class ModelPage:
    """What the page shows; the figures are None where nothing was learned yet."""

    use: str
    why: str
    learned: str = ""
    parts: Figure | None = None
    ways: Figure | None = None
    reliability: Figure | None = None
    dots: tuple[Dot, ...] = ()
    groups: Figure | None = None


def model_page(course_key: CourseKey, found: Round | None) -> ModelPage:
    """Two queries, and one for each course that it learned from."""
    chosen, row = policy.policy_of(course_key), policy.newest_model(course_key)
    uses = row is not None and policy.model_in_use(course_key, chosen)[0] == row.version
    use = (
        _("The chances come from version %(version)s of this course’s own model.") % {"version": whole(row.version)}
        if uses and row is not None
        else _("The chances come from our general rule.")
    )
    if row is None:
        return ModelPage(use, _why_nothing(found))
    result = evaluation.from_stored(row.evaluation)
    return ModelPage(
        use,
        _why(row, chosen, uses=uses),
        _learned(row, result),
        _parts(result),
        _ways(result),
        _reliability(result.model),
        tuple(_dot(one, result.judged.examples) for one in result.model.bins),
        groups_figure(result),
    )


def _why_nothing(found: Round | None) -> str:
    if not can_learn() or (found is not None and found.outcome == Outcome.NO_LIBRARY):
        return _(
            "This site has not installed what learning needs (the extra “learning”), so there is no model of the course."
        )
    return {
        Outcome.TOO_SHORT: _(
            "The course is not long enough under way to learn from its past: it takes about seven weeks, or an earlier run "
            "with figures. It is tried again every week."
        ),
        Outcome.TOO_FEW: _(
            "Too few learners, or too few who dropped out, to learn from. It is tried again every week."
        ),
        Outcome.UPSIDE_DOWN: _(
            "What it learned from the first weeks was wrong in the later ones, so it was thrown away. It is tried again every "
            "week."
        ),
    }.get(found.outcome if found is not None else "", _("The course has not learned from its past yet."))


def _why(row: RiskModel, chosen: Policy, *, uses: bool) -> str:
    if not policy.is_for(row, chosen):
        return _(
            "What dropping out means was changed since the model was made; the rule is used until the course has learned anew."
        )
    if uses:
        return _("In weeks that it had not seen, the model did better than the rule: what happened surprised it less.")
    return _("In weeks that it had not seen, the model did no better than the rule, so the rule stays in use.")


def _learned(row: RiskModel, result: Evaluation) -> str:
    host = get_host()
    found = [(key, host.course(CourseKey.from_string(key))) for key in result.sources]
    names = [
        f"{course.title} ({CourseKey.from_string(key).run})" if course is not None else key for key, course in found
    ]
    return _(
        "Version %(version)s, learned on %(day)s from the past weeks of: %(courses)s. Dropped out meant: %(meaning)s."
    ) % {
        "version": whole(row.version),
        "day": date_format(row.trained_at, "DATE_FORMAT"),
        "courses": ", ".join(names),
        "meaning": words.meaning(_meant(row)),
    }


def _meant(row: RiskModel) -> Policy:
    return Policy(Means(row.means), row.days)


def _parts(result: Evaluation) -> Figure:
    rows = []
    for name, part in (
        (_("Learned from"), result.learned),
        (_("Chances adjusted to"), result.adjusted),
        (_("Judged by"), result.judged),
    ):
        numbers = (
            Number(date_format(part.first, "DATE_FORMAT")),
            Number(date_format(part.last, "DATE_FORMAT")),
            Number(whole(part.examples)),
            Number(whole(part.dropped)),
        )
        rows.append(Row(name, numbers))
    return Figure(
        "parts",
        _("Strictly in time"),
        _("The weeks by which it was judged came after all that it learned from, and nothing of them was known to it."),
        (_("Part"), _("From"), _("To"), _("Examples"), _("Dropped out")),
        tuple(rows),
        _(
            "An example is a learner on one day, who had learned in the 7 days before, with what became of this learner after it."
        ),
    )


def _area(judged: Judged) -> str:
    return "–" if judged.area is None else decimal(judged.area, 2)


def _ways(result: Evaluation) -> Figure:
    rows = []
    for name, judged in (
        (_("The model"), result.model),
        (_("The rule"), result.rule),
        (_("Days since the last learning alone"), result.days_since),
    ):
        error = "–" if judged.calibration_error is None else per_cent(judged.calibration_error)
        rows.append(Row(name, (Number(_area(judged)), Number(error), Number(per_cent(judged.precision) or "–"))))
    return Figure(
        "ways",
        _("How well it tells who drops out"),
        _(
            "Of two learners, one of whom drops out, the model gives that one the higher chance %(model)s times in 100; the rule "
            "%(rule)s times, the days since the last learning alone %(days)s times. 50 would be chance."
        )
        % {
            "model": _of_hundred(result.model),
            "rule": _of_hundred(result.rule),
            "days": _of_hundred(result.days_since),
        },
        (
            _("By"),
            _("Area under the curve"),
            _("Calibration error"),
            ngettext("Right among the first %(number)s", "Right among the first %(number)s", result.capacity)
            % {"number": whole(result.capacity)},
        ),
        tuple(rows),
        _(
            "The calibration error is how far what was said lies from what happened, on average. Right among the first: of "
            "those with the highest chances on a day, as many as the team can write to in a week, how many dropped out."
        ),
    )


def _of_hundred(judged: Judged) -> str:
    return "–" if judged.area is None else whole(round(judged.area * 100))


def _reliability(judged: Judged) -> Figure:
    rows = tuple(
        Row(
            _("%(low)s to %(high)s") % {"low": per_cent(one.low), "high": per_cent(one.low + 0.1)},
            (Number(whole(one.people)), Number(per_cent(one.said)), Number(per_cent(one.true))),
            str(round(FULL * one.true)),
        )
        for one in judged.bins
    )
    return Figure(
        "reliability",
        _("Whether the chances come true"),
        _reliability_finding(judged),
        (_("Chance said"), _("Examples"), _("Said on average"), _("Dropped out")),
        rows,
        _(
            "The bars show who dropped out. In the drawing each dot is one line of the table; on the slanting line lies what "
            "came true."
        ),
    )


def _reliability_finding(judged: Judged) -> str:
    high = [one for one in judged.bins if one.low >= 0.6 - 1e-9]
    people = sum(one.people for one in high)
    if not people:
        return _("In the weeks by which it was judged, the model gave nobody a chance of 60 % or more.")
    said = sum(one.said * one.people for one in high) / people
    true = sum(one.true * one.people for one in high) / people
    return ngettext(
        "For %(number)s example it said 60 %% or more, %(said)s on average; of these %(true)s dropped out.",
        "For %(number)s examples it said 60 %% or more, %(said)s on average; of these %(true)s dropped out.",
        people,
    ) % {"number": whole(people), "said": per_cent(said), "true": per_cent(true)}


def _dot(one: evaluation.judging.Bin, examples: int) -> Dot:
    size = 1.2 + 3 * (one.people / examples) ** 0.5
    return Dot(f"{EDGE + SPAN * one.said:.1f}", f"{100 - EDGE - SPAN * one.true:.1f}", f"{size:.1f}")
