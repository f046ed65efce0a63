"""What milestones, states and reasons are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from referral_xblock.rewards.promises import FRIEND

REASONS = {  # for the course's team
    "approval": gettext_lazy("waits for your decision"),
    "budget": gettext_lazy("waits: the budget of the course is used up"),
    "deleted": gettext_lazy("the account of a friend, or the invitation, was deleted"),
    "rejected": gettext_lazy("an invitation no longer counts"),
    "left": gettext_lazy("a friend left the course"),
    "no_longer_completed": gettext_lazy("a friend no longer passes the course"),
    "too_few": gettext_lazy("fewer friends count now than it needs"),
    "refused": gettext_lazy("refused by the course team"),
    "revoked": gettext_lazy("taken back by the course team"),
}
FOR_FRIEND = {  # the same where the reward is the friend's own
    "deleted": gettext_lazy("the invitation was deleted"),
    "rejected": gettext_lazy("the invitation no longer counts"),
    "left": gettext_lazy("the person left the course"),
    "no_longer_completed": gettext_lazy("the person no longer passes the course"),
    "too_few": gettext_lazy("the rules of counting have changed"),
}


def reason_for_team(reason: str, side: str) -> str:
    """Why a reward waits or was taken back, in full; "" for no reason."""
    special = FOR_FRIEND if side == FRIEND else {}
    return str(special.get(reason) or REASONS.get(reason, reason))


def reason_for_learner(reason: str, side: str) -> str:
    """The same for whose reward it is: what a friend did stays the friend's own matter."""
    if reason in ("refused", "revoked"):
        return _("The course team has decided so.")
    if side == FRIEND and reason == "left":
        return _("You have left the course.")
    if side == FRIEND and reason == "no_longer_completed":
        return _("You no longer pass the course.")
    if side == FRIEND:
        return _("The invitation by which you came no longer counts.")
    return _("Fewer friends count at present than it needs. When enough count again, it comes back.")


def goal(counts: str, number: int) -> str:
    """What an inviter has to reach, as the name of a milestone: "3 friends have completed a first activity"."""
    if counts == "points":
        return ngettext("%(number)d point", "%(number)d points", number) % {"number": number}
    if counts == "completed":
        words = ngettext(
            "%(number)d friend has completed the course", "%(number)d friends have completed the course", number
        )
    elif counts == "active":
        words = ngettext(
            "%(number)d friend has completed a first activity",
            "%(number)d friends have completed a first activity",
            number,
        )
    else:
        words = ngettext("%(number)d friend has enrolled", "%(number)d friends have enrolled", number)
    return words % {"number": number}


def own_goal(stage: str) -> str:
    """What an invited friend has to reach."""
    return {
        "enrolled": _("enrolling by an invitation and staying"),
        "active": _("completing a first activity"),
        "completed": _("completing the course"),
    }[stage]


def what_for(reward: Any) -> str:
    """For what a reward is given, in a few words."""
    return own_goal(reward.counts) if reward.side == FRIEND else goal(reward.counts, reward.number)


def criteria(reward: Any, course_title: str) -> str:
    """What somebody did who holds the badge of this reward."""
    if reward.side == FRIEND:
        sentence = {
            "enrolled": _("Came to the course “%(course)s” by the invitation of another learner and stayed."),
            "active": _(
                "Came to the course “%(course)s” by the invitation of another learner and completed a first activity."
            ),
            "completed": _("Came to the course “%(course)s” by the invitation of another learner and completed it."),
        }[reward.counts]
        return sentence % {"course": course_title}
    if reward.counts == "points":
        return _(
            "Invited people to the course “%(course)s”, and earned %(number)d points by how far they came in it."
        ) % {"course": course_title, "number": reward.number}
    sentence = {
        "enrolled": ngettext(
            "Invited a person to the course “%(course)s” who enrolled and stayed.",
            "Invited %(number)d people to the course “%(course)s” who enrolled and stayed.",
            reward.number,
        ),
        "active": ngettext(
            "Invited a person to the course “%(course)s” who completed a first activity.",
            "Invited %(number)d people to the course “%(course)s” who completed a first activity.",
            reward.number,
        ),
        "completed": ngettext(
            "Invited a person to the course “%(course)s” who completed it.",
            "Invited %(number)d people to the course “%(course)s” who completed it.",
            reward.number,
        ),
    }[reward.counts]
    return sentence % {"course": course_title, "number": reward.number}
