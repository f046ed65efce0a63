"""What somebody is told who comes back from the platform by an invitation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from referral_xblock.consent.queries import telling_of
from referral_xblock.data import Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.models import Touch
from referral_xblock.links.queries import FoundLink


def welcome(user: Any, link: FoundLink) -> str:
    """By whom they came and what that person sees; "" where nothing is known or nothing was joined.

    Asks the touches and not the journey, which is computed only once this request has been committed. Three queries.
    """
    if user.id == link.owner_id:
        return _("This is your own link. Send it to somebody.")
    touches = Touch.objects.filter(user_id=user.id, course_key=link.course_key, link__owner_id=link.owner_id)
    touch = touches.order_by("-happened_at").first()
    enrolment = get_host().enrolment(user, link.course_key) if touch else None
    if touch is None or touch.is_staff or enrolment is None or not enrolment.active:
        return ""
    if enrolment.created < touch.happened_at:
        return _("You are in this course already.")
    return " ".join((_by_whom(link), _what_they_see(telling_of(user.id, link.course_key)), _how_to_change()))


def _by_whom(link: FoundLink) -> str:
    if link.inviter_name:
        words = (
            _("%(name)s invited you from this unit.") if link.placement else _("%(name)s invited you to this course.")
        )
        return words % {"name": link.inviter_name}
    if link.placement:
        return _("You came by an invitation: a friend shared this unit with you.")
    return _("You came by an invitation of a friend.")


def _what_they_see(tells: Telling) -> str:
    return {
        Telling.NOTHING: _("They see nothing of you; you are only counted."),
        Telling.DAY: _("They see that somebody enrolled and on which day, without your name."),
        Telling.STAGES: _("They see your name and how you get on."),
    }[tells]


def _how_to_change() -> str:
    return _("You can change what is shown at “My invitations”.")
