"""Segments in words: a name for every fact, and a sentence for every definition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from community_dashboard.activity.rollup.choosing import FACTS, Condition, Measure, Operator
from community_dashboard.engagement.segments.definitions import Definition

NAMES: dict[str, Any] = {
    "never-started": gettext_lazy("Never started"),
    "returning": gettext_lazy("Returning"),
    "drifting": gettext_lazy("Drifting"),
    "mentors": gettext_lazy("Mentor material"),
    "sleepers": gettext_lazy("Sleepers before a deadline"),
    "free-riders": gettext_lazy("Free riders"),
    "alumni": gettext_lazy("Alumni"),
}

FACT_NAMES: dict[str, Any] = {
    "enrolled": gettext_lazy("enrolled"),
    "enrolled_days_ago": gettext_lazy("days since enrolling"),
    "started_days_ago": gettext_lazy("days since starting"),
    "seen_days_ago": gettext_lazy("days since last seen learning"),
    "left_days_ago": gettext_lazy("days since leaving the course"),
    "passed_days_ago": gettext_lazy("days since passing"),
    "certified_days_ago": gettext_lazy("days since the certificate"),
    "active_days": gettext_lazy("days with learning"),
    "active_days_this_week": gettext_lazy("days with learning in the last 7 days"),
    "active_days_week_before": gettext_lazy("days with learning in the 7 days before"),
    "pause": gettext_lazy("days of the pause that ended in the last 7 days"),
    "completed": gettext_lazy("blocks completed"),
    "watched": gettext_lazy("videos played (about)"),
    "tried": gettext_lazy("problems answered (about)"),
    "opened": gettext_lazy("units opened (about)"),
    "progress": gettext_lazy("progress in per cent"),
    "grade": gettext_lazy("grade in per cent"),
    "finished": gettext_lazy("finished the course"),
    "finished_before": gettext_lazy("finished an earlier run"),
    "posts": gettext_lazy("discussions begun"),
    "answers": gettext_lazy("answers given"),
    "invited": gettext_lazy("people brought by invitation"),
    "risk": gettext_lazy("chance of dropping out in per cent"),
}

COMPARISONS: dict[Operator, Any] = {
    Operator.AT_LEAST: gettext_lazy("at least"),
    Operator.AT_MOST: gettext_lazy("at most"),
    Operator.NEVER: gettext_lazy("never, or not known"),
    Operator.EVER: gettext_lazy("ever, whatever the value"),
}

# How each comparison is said of learners: "learners who …".
_SAID: dict[tuple[str, Operator], Any] = {
    ("enrolled_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "enrolled %(n)s day ago or earlier", "enrolled %(n)s days ago or earlier", "n"
    ),
    ("enrolled_days_ago", Operator.AT_MOST): ngettext_lazy(
        "enrolled in the last %(n)s day", "enrolled in the last %(n)s days", "n"
    ),
    ("enrolled_days_ago", Operator.NEVER): gettext_lazy("have no known day of enrolment"),
    ("enrolled_days_ago", Operator.EVER): gettext_lazy("have a known day of enrolment"),
    ("started_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "started %(n)s day ago or earlier", "started %(n)s days ago or earlier", "n"
    ),
    ("started_days_ago", Operator.AT_MOST): ngettext_lazy(
        "started in the last %(n)s day", "started in the last %(n)s days", "n"
    ),
    ("started_days_ago", Operator.NEVER): gettext_lazy("have not started"),
    ("started_days_ago", Operator.EVER): gettext_lazy("have started"),
    ("seen_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "were last seen learning %(n)s day ago or earlier", "were last seen learning %(n)s days ago or earlier", "n"
    ),
    ("seen_days_ago", Operator.AT_MOST): ngettext_lazy(
        "were seen learning in the last %(n)s day", "were seen learning in the last %(n)s days", "n"
    ),
    ("seen_days_ago", Operator.NEVER): gettext_lazy("were never seen learning"),
    ("seen_days_ago", Operator.EVER): gettext_lazy("were seen learning at some time"),
    ("left_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "left the course %(n)s day ago or earlier", "left the course %(n)s days ago or earlier", "n"
    ),
    ("left_days_ago", Operator.AT_MOST): ngettext_lazy(
        "left the course in the last %(n)s day", "left the course in the last %(n)s days", "n"
    ),
    ("left_days_ago", Operator.NEVER): gettext_lazy("have not left the course"),
    ("left_days_ago", Operator.EVER): gettext_lazy("have left the course"),
    ("passed_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "passed %(n)s day ago or earlier", "passed %(n)s days ago or earlier", "n"
    ),
    ("passed_days_ago", Operator.AT_MOST): ngettext_lazy(
        "passed in the last %(n)s day", "passed in the last %(n)s days", "n"
    ),
    ("passed_days_ago", Operator.NEVER): gettext_lazy("have not passed"),
    ("passed_days_ago", Operator.EVER): gettext_lazy("have passed"),
    ("certified_days_ago", Operator.AT_LEAST): ngettext_lazy(
        "got the certificate %(n)s day ago or earlier", "got the certificate %(n)s days ago or earlier", "n"
    ),
    ("certified_days_ago", Operator.AT_MOST): ngettext_lazy(
        "got the certificate in the last %(n)s day", "got the certificate in the last %(n)s days", "n"
    ),
    ("certified_days_ago", Operator.NEVER): gettext_lazy("have no certificate"),
    ("certified_days_ago", Operator.EVER): gettext_lazy("have the certificate"),
    ("active_days", Operator.AT_LEAST): ngettext_lazy(
        "learned on at least %(n)s day", "learned on at least %(n)s days", "n"
    ),
    ("active_days", Operator.AT_MOST): ngettext_lazy(
        "learned on at most %(n)s day", "learned on at most %(n)s days", "n"
    ),
    ("active_days_this_week", Operator.AT_LEAST): ngettext_lazy(
        "learned on at least %(n)s of the last 7 days",
        "learned on at least %(n)s of the last 7 days",
        "n",
    ),
    ("active_days_this_week", Operator.AT_MOST): ngettext_lazy(
        "learned on at most %(n)s of the last 7 days",
        "learned on at most %(n)s of the last 7 days",
        "n",
    ),
    ("active_days_week_before", Operator.AT_LEAST): ngettext_lazy(
        "learned on at least %(n)s of the 7 days before",
        "learned on at least %(n)s of the 7 days before",
        "n",
    ),
    ("active_days_week_before", Operator.AT_MOST): ngettext_lazy(
        "learned on at most %(n)s of the 7 days before",
        "learned on at most %(n)s of the 7 days before",
        "n",
    ),
    ("pause", Operator.AT_LEAST): ngettext_lazy(
        "came back in the last 7 days after a pause of at least %(n)s day",
        "came back in the last 7 days after a pause of at least %(n)s days",
        "n",
    ),
    ("pause", Operator.AT_MOST): ngettext_lazy(
        "did not come back in the last 7 days after a pause longer than %(n)s day",
        "did not come back in the last 7 days after a pause longer than %(n)s days",
        "n",
    ),
    ("completed", Operator.AT_LEAST): ngettext_lazy(
        "completed at least %(n)s block", "completed at least %(n)s blocks", "n"
    ),
    ("completed", Operator.AT_MOST): ngettext_lazy(
        "completed at most %(n)s block", "completed at most %(n)s blocks", "n"
    ),
    ("watched", Operator.AT_LEAST): ngettext_lazy(
        "played a video at least %(n)s time", "played a video at least %(n)s times", "n"
    ),
    ("watched", Operator.AT_MOST): ngettext_lazy(
        "played a video at most %(n)s time", "played a video at most %(n)s times", "n"
    ),
    ("tried", Operator.AT_LEAST): ngettext_lazy(
        "answered a problem at least %(n)s time", "answered a problem at least %(n)s times", "n"
    ),
    ("tried", Operator.AT_MOST): ngettext_lazy(
        "answered a problem at most %(n)s time", "answered a problem at most %(n)s times", "n"
    ),
    ("opened", Operator.AT_LEAST): ngettext_lazy(
        "opened a unit at least %(n)s time", "opened a unit at least %(n)s times", "n"
    ),
    ("opened", Operator.AT_MOST): ngettext_lazy(
        "opened a unit at most %(n)s time", "opened a unit at most %(n)s times", "n"
    ),
    ("posts", Operator.AT_LEAST): ngettext_lazy(
        "began at least %(n)s discussion", "began at least %(n)s discussions", "n"
    ),
    ("posts", Operator.AT_MOST): ngettext_lazy(
        "began at most %(n)s discussion", "began at most %(n)s discussions", "n"
    ),
    ("answers", Operator.AT_LEAST): ngettext_lazy(
        "answered others at least %(n)s time", "answered others at least %(n)s times", "n"
    ),
    ("answers", Operator.AT_MOST): ngettext_lazy(
        "answered others at most %(n)s time", "answered others at most %(n)s times", "n"
    ),
    ("invited", Operator.AT_LEAST): ngettext_lazy(
        "brought at least %(n)s person by invitation", "brought at least %(n)s people by invitation", "n"
    ),
    ("invited", Operator.AT_MOST): ngettext_lazy(
        "brought at most %(n)s person by invitation", "brought at most %(n)s people by invitation", "n"
    ),
    ("progress", Operator.AT_LEAST): gettext_lazy("have completed at least %(n)s %% of the course"),
    ("progress", Operator.AT_MOST): gettext_lazy("have completed at most %(n)s %% of the course"),
    ("progress", Operator.NEVER): gettext_lazy("have no known progress"),
    ("progress", Operator.EVER): gettext_lazy("have a known progress"),
    ("grade", Operator.AT_LEAST): gettext_lazy("have a grade of at least %(n)s %%"),
    ("grade", Operator.AT_MOST): gettext_lazy("have a grade of at most %(n)s %%"),
    ("grade", Operator.NEVER): gettext_lazy("have no grade yet"),
    ("grade", Operator.EVER): gettext_lazy("have a grade"),
    ("risk", Operator.AT_LEAST): gettext_lazy("have a chance of dropping out of at least %(n)s %%"),
    ("risk", Operator.AT_MOST): gettext_lazy("have a chance of dropping out of at most %(n)s %%"),
    ("risk", Operator.NEVER): gettext_lazy("have no reckoned chance of dropping out"),
    ("risk", Operator.EVER): gettext_lazy("have a reckoned chance of dropping out"),
}
# At most nought of a count, and the two values of a flag.
_NOUGHT: dict[str, Any] = {
    "active_days": gettext_lazy("learned on no day"),
    "active_days_this_week": gettext_lazy("learned on none of the last 7 days"),
    "active_days_week_before": gettext_lazy("learned on none of the 7 days before"),
    "pause": gettext_lazy("did not come back from a pause in the last 7 days"),
    "completed": gettext_lazy("completed no block"),
    "watched": gettext_lazy("played no video"),
    "tried": gettext_lazy("answered no problem"),
    "opened": gettext_lazy("opened no unit"),
    "posts": gettext_lazy("began no discussion"),
    "answers": gettext_lazy("answered nobody"),
    "invited": gettext_lazy("brought nobody by invitation"),
}
_FLAGS: dict[str, tuple[Any, Any]] = {
    "enrolled": (gettext_lazy("are not enrolled"), gettext_lazy("are enrolled")),
    "finished": (gettext_lazy("have not finished the course"), gettext_lazy("have finished the course")),
    "finished_before": (
        gettext_lazy("have not finished an earlier run of the course"),
        gettext_lazy("have finished an earlier run of the course"),
    ),
}


def clause_of(condition: Condition) -> str:
    """One condition, as said of learners."""
    measure = FACTS[condition.fact].measure
    if measure is Measure.FLAG:
        return str(_FLAGS[condition.fact][bool(condition.value)])
    if measure is Measure.COUNT and condition.operator is Operator.AT_MOST and condition.value == 0:
        return str(_NOUGHT[condition.fact])
    said = _SAID[condition.fact, condition.operator]
    told = condition.operator in (Operator.AT_LEAST, Operator.AT_MOST)
    return str(said % {"n": condition.value}) if told else str(said)


def sentence_of(definition: Definition) -> str:
    """Who is in a segment of this definition, in one sentence."""
    every = _together(clause_of(one) for one in definition.conditions)
    groups = [_together(clause_of(one) for one in group) for group in definition.any_of]
    either = _either(groups)
    if every and either:
        said = _("Learners who %(every)s, and who %(either)s.") % {"every": every, "either": either}
    elif every or either:
        said = _("Learners who %(every)s.") % {"every": every or either}
    else:
        said = _("All learners.")
    if not definition.deadline:
        return said
    when = ngettext(
        "While something is due within %(n)s day: %(said)s",
        "While something is due within %(n)s days: %(said)s",
        definition.deadline,
    )
    return when % {"n": definition.deadline, "said": said[:1].lower() + said[1:]}


def _together(clauses: Iterable[str]) -> str:
    found = list(clauses)
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": _(", ").join(found[:-1]), "last": found[-1]}


def _either(groups: list[str]) -> str:
    if len(groups) < 2:
        return "".join(groups)
    return _("%(first)s; or %(last)s") % {"first": _("; or ").join(groups[:-1]), "last": groups[-1]}


def fact_name(fact: str) -> str:
    """A fact as a form lists it."""
    return capfirst(str(FACT_NAMES[fact]))
