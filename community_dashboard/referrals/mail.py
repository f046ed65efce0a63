"""What came of the invitations that the platform sent by mail, as the growth page shows it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.referrals import findings
from community_dashboard.referrals.figures import whole
from community_dashboard.referrals.forms import Filter
from community_dashboard.referrals.words import STAGES
from referral_xblock.api import Funnel, count_mail_invitations, policy_of

CHANNEL = "invitation"


def mail_figure(course_key: CourseKey, chosen: Filter, counted: Funnel, link: Callable[..., str]) -> Figure | None:
    """Messages asked for in the period, and who enrolled by one in it; None where mail is off and none was sent. Two queries.

    There is no list behind messages: whom they went to is known to nobody.
    """
    mail = count_mail_invitations(course_key, start=chosen.start, end=chosen.end)
    if not any(mail) and not policy_of(course_key).sends_mail:
        return None
    came = next((part.people["enrolled"] or 0 for part in counted.breakdowns["network"] if part.key == CHANNEL), 0)
    columns = (_("Sent"), str(STAGES["enrolled"]), _("Wanted no more mail"), _("Waiting"), _("Not handed over"))
    numbers = (
        Number(whole(mail.sent)),
        Number(whole(came), link("enrolled", network=CHANNEL) if came else ""),
        *(Number(whole(number)) for number in (mail.stopped, mail.waiting, mail.failed)),
    )
    return Figure(
        "mail",
        _("Invitations sent by the platform"),
        findings.of_mail(mail.sent, came),
        columns,
        (Row("", numbers),),
        _("Messages count by the day on which a learner asked for them. Nothing in them tells whether they are read."),
    )
