"""What proposed invitation rules would have done, as the settings page shows it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.referrals.words import REASONS
from community_dashboard.rehearsal.comparison import DAYS, Case, Comparison, Example, compare
from referral_xblock.api import Policy, Reason, Rehearsed, Status, get_host, rehearse


def rehearse_rules(course_key: CourseKey, policy: Policy, *, now: datetime) -> Comparison:
    """The comparison of today's rules with these, over the invitations of the last 14 days. The cost of `rehearse`, and one
    query for the names of the examples; writes nothing.
    """
    found, cut = rehearse(course_key, policy, now=now, days=DAYS)
    by_person = {one.user_id: one for one in found}
    cases = [Case(one.user_id, _outcome(one.before), _outcome(one.after)) for one in found]
    words = {_outcome((status, reason)): _words(status, reason) for status, reason in _all_outcomes(found)}

    def describe(examples: list[Case]) -> list[Example]:
        people = get_host().people([int(case.subject) for case in examples]) if examples else {}
        return [
            Example(
                who=people[case.subject].username if case.subject in people else _("somebody who is gone"),
                before=_words(*by_person[int(case.subject)].before),
                after=_words(*by_person[int(case.subject)].after),
            )
            for case in examples
        ]

    return compare(cases, words=words, describe=describe, cut=cut)


def _outcome(stand: tuple[Status, Reason]) -> str:
    return f"{stand[0].value}/{stand[1].value}"


def _all_outcomes(found: list[Rehearsed]) -> list[tuple[Status, Reason]]:
    """Every outcome that occurs: credited first, then held, then the reasons against."""
    order = [Status.CREDITED, Status.HELD, Status.NOT_CREDITED]
    occurring = {stand for one in found for stand in (one.before, one.after)}
    return sorted(occurring, key=lambda stand: (order.index(stand[0]), stand[1].value))


def _words(status: Status, reason: Reason) -> str:
    if status is Status.CREDITED:
        return _("credited")
    if status is Status.HELD:
        return _("held: %(reason)s") % {"reason": REASONS[reason]}
    return _("not credited: %(reason)s") % {"reason": REASONS[reason]}
