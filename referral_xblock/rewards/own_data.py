"""What this domain holds of a person: what they have earned, the badges made of it, and what they decided for others."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.own_data import Part, in_pages
from referral_xblock.rewards.models import Badge, Reward


def own_rewards(user_id: int) -> Iterator[Part]:
    """Three lists. A query for 500 rows each."""
    yield Part(
        "rewards_i_earned",
        _("What you have earned by inviting, or by having been invited, and what became of it."),
        in_pages(
            Reward.objects.filter(user_id=user_id),
            course="course_key",
            milestone="slug",
            as_inviter_or_friend="side",
            title="title",
            badge="badge",
            text="text",
            link="link",
            state="state",
            earned_at="earned_at",
            friends_who_carry_it="carried_by",
            words_of_the_course_team="note",
        ),
    )
    yield Part(
        "badges_i_hold",
        _("Your badges, signed. Inside each is a salted hash of your e-mail address."),
        in_pages(
            Badge.objects.filter(reward__user_id=user_id),
            badge="public_id",
            course="reward__course_key",
            issued_at="issued_at",
            revoked_at="revoked_at",
            page_shows_my_name="names_owner",
            signed="token",
        ),
    )
    yield Part(
        "rewards_i_decided_about",
        _("Where you decided, for the team of a course, about the reward of somebody else."),
        in_pages(
            Reward.objects.filter(decided_by_id=user_id),
            course="course_key",
            milestone="slug",
            decided_at="decided_at",
            decision="hand",
        ),
    )
