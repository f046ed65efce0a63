"""What proposed rules, milestones and limits would have done, as the pages show it on which they are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.referrals.words import REASONS
from community_dashboard.rehearsal.comparison import DAYS, Case, Comparison, Example, compare
from referral_xblock.api import (
    Fate,
    Policy,
    Reason,
    Rehearsed,
    RehearsedReward,
    Status,
    get_host,
    rehearse,
    rehearse_rewards,
    what_for,
)


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


@dataclass(frozen=True)
class RewardsTried:
    """What the milestones page shows. `earlier`: rewards for what was reached before these days; None if not known."""

    comparison: Comparison
    earlier: int | None


def rehearse_milestones(course_key: CourseKey, policy: Policy, *, now: datetime) -> RewardsTried:
    """What today's milestones, points and limits give for the last 14 days, beside what these would. The cost of
    `rehearse_rewards`, and one query for the names of the examples; writes nothing.
    """
    tried = rehearse_rewards(course_key, policy, now=now, days=DAYS)
    by_key = {f"{one.user_id}/{one.slug}/{one.side}": one for one in tried.rewards}
    cases = [Case(key, _of_reward(one, one.before), _of_reward(one, one.after)) for key, one in by_key.items()]
    known = sorted(
        {(one.side, one.slug, _name(one)) for one in tried.rewards}, key=lambda each: (each[0] != "inviter", each)
    )
    said = _fates()
    words = {
        f"{slug}/{side}/{fate.value}": _("%(reward)s: %(outcome)s") % {"reward": name, "outcome": said[fate]}
        for side, slug, name in known
        for fate in said
        if fate is not Fate.NOT_EARNED  # nobody is listed for what nobody has
    }

    def describe(examples: list[Case]) -> list[Example]:
        shown = [by_key[str(case.subject)] for case in examples]
        people = get_host().people([one.user_id for one in shown]) if shown else {}
        return [
            Example(
                who=_("%(who)s, %(reward)s")
                % {
                    "who": people[one.user_id].username if one.user_id in people else _("somebody who is gone"),
                    "reward": _name(one),
                },
                before=said[one.before],
                after=said[one.after],
            )
            for one in shown
        ]

    return RewardsTried(compare(cases, words=words, describe=describe, cut=tried.cut), tried.earlier)


def _of_reward(one: RehearsedReward, fate: Fate) -> str:
    return f"{one.slug}/{one.side}/{fate.value}"


def _name(one: RehearsedReward) -> str:
    """What the reward is called: its title or badge, or else what it is given for."""
    name = one.title or what_for(one)
    words = _("“%(reward)s” for invited friends") if one.side == "friend" else _("“%(reward)s” for inviters")
    return words % {"reward": name}


def _fates() -> dict[Fate, str]:
    return {
        Fate.GRANTED: _("granted"),
        Fate.APPROVAL: _("waits for your decision"),
        Fate.BUDGET: _("waits: the budget of the course is used up"),
        Fate.AGAINST: _("refused or taken back by the course team"),
        Fate.NOT_EARNED: _("not earned"),
    }


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
