"""What a silenced or banned person is told when they try to post."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.sanctions.queries import Sanctioned
from referral_xblock.api import absolute


def refusal_of(sanction: Sanctioned) -> str:
    """Until when and why, and where to appeal; plain text in the reader's language. No query."""
    why = _("The reason given: %(reason)s") % {"reason": sanction.reason}
    way = _("You can still read, vote and report. To have it looked at by somebody else: %(address)s") % {
        "address": absolute(reverse("referral_xblock:me"))
    }
    return " ".join((standing_of(sanction), why, way))


def standing_of(sanction: Sanctioned) -> str:
    """That somebody cannot post, and until when, told to that person. No query."""
    if sanction.until is None:
        return _("You can no longer post in the discussions of this course.")
    moment = moment_of(sanction.until)
    return _("You cannot post in the discussions of this course until %(moment)s.") % {"moment": moment}


def warned() -> str:
    """That somebody was warned, told to that person. No query."""
    return _("A moderator warned you. You can post as before.")


def how_bans_hold(course_key: CourseKey) -> str:
    """What a ban is made of on this platform, for the team. The host's queries."""
    if get_host().keeps_bans(course_key):
        return _("Bans are kept by the platform’s forum too.")
    if settings.COMMUNITY_POSTING_GATE:
        return _("The platform’s forum knows no bans. Their posts are refused here, and what gets through is held.")
    return _(
        "The platform’s forum knows no bans, and this site refuses no posts: what they post is held once it is found."
    )


def moment_of(moment: datetime) -> str:
    """Day and time with the zone, as a reader of the page's language writes it."""
    local = localtime(moment)
    return _("%(moment)s (%(zone)s)") % {"moment": date_format(local, "DATETIME_FORMAT"), "zone": local.tzname()}
