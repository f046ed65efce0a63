"""What proposed rules would have done with the posts of the last fourteen days, as the rules' page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.shield.judging import Verdict, watched_in, weigh
from community_dashboard.moderation.shield.models import Trace
from community_dashboard.moderation.shield.queries import recent_traces, rules_of, sight_of
from community_dashboard.moderation.shield.rules import Rules
from community_dashboard.rehearsal.comparison import DAYS, Case, Comparison, Example, compare

MOST = 5_000  # posts that are tried, the newest
HELD, SHOWN, NOTHING = "held", "shown", "nothing"
WORDS = {HELD: _("held"), SHOWN: _("shown to the moderators"), NOTHING: _("left alone")}


def rehearse_rules(
    course_key: CourseKey, proposed: Rules, *, now: datetime, url_of: Callable[[PostRef], str] = lambda ref: ""
) -> Comparison:
    """The comparison of today's rules with these, over the posts that were judged in the last 14 days.

    What was counted then (posts within the hour, the same text, what was held) is taken as it was. The course's words are looked
    for in the title and the first 300 characters. Some twenty queries for 5,000 posts; writes nothing.
    """
    today = rules_of(course_key).rules
    traces = recent_traces(course_key, since=now - timedelta(days=DAYS), limit=MOST + 1)
    cut, traces = len(traces) > MOST, traces[:MOST]
    rows = posts_in(course_key, map(_ref, traces)) if today.watched or proposed.watched else {}
    cases = [Case(_name(trace), _outcome(trace, today, rows), _outcome(trace, proposed, rows)) for trace in traces]

    def describe(examples: Iterable[Case]) -> list[Example]:
        chosen = list(examples)
        refs = [_ref_of(str(case.subject)) for case in chosen]
        found = posts_in(course_key, refs)
        return [
            Example(
                who=_shown(found.get(ref)),
                before=str(WORDS[case.before]),
                after=str(WORDS[case.after]),
                url=url_of(ref),
            )
            for ref, case in zip(refs, chosen, strict=True)
        ]

    return compare(cases, words={key: str(said) for key, said in WORDS.items()}, describe=describe, cut=cut)


def _outcome(trace: Trace, rules: Rules, rows: dict[PostRef, Any]) -> str:
    row = rows.get(_ref(trace))
    watched = watched_in(f"{row.title}\n{row.excerpt}", rules) if row else ()
    verdict: Verdict = weigh(sight_of(trace), rules, watched)
    return HELD if verdict.hold else SHOWN if verdict.suspect or watched else NOTHING


def _shown(row: Any | None) -> str:
    if row is None or row.gone_at is not None:
        return str(_("a post that is gone"))
    return f"{row.title}: {row.excerpt}"[:90] if row.title else row.excerpt[:90] or str(_("a post without words"))


def _ref(trace: Trace) -> PostRef:
    return PostRef(PostKind(trace.kind), trace.post_id)


def _name(trace: Trace) -> str:
    return f"{trace.kind}/{trace.post_id}"


def _ref_of(name: str) -> PostRef:
    kind, _slash, post_id = name.partition("/")
    return PostRef(PostKind(kind), post_id)
