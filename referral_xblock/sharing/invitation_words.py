"""What is said to a learner of each address, and of why nothing can be sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from referral_xblock.sharing.invitees import Finding, Line

FINDINGS = {
    Finding.VALID: _("Can be sent"),
    Finding.NOT_AN_ADDRESS: _("No address that mail can be sent to"),
    Finding.REPEATED: _("Stands in the list twice"),
    Finding.OWN: _("Your own address"),
    Finding.OUTSIDE: _("Not one of the addresses for which this course is meant"),
    Finding.UNREACHABLE: _("Cannot be written to from here"),
    Finding.LIMIT: _("Limit reached: not sent today"),
    Finding.QUEUED: _("On its way"),
}
OBSTACLES = {
    "own": _("In this course invitations are sent from your own mail program."),
    "paused": _("The course team has paused the invitations of this course."),
    "inactive": _(
        "Please confirm your own e-mail address first: the link is in the mail that you got when you registered."
    ),
    "nameless": _("The message says who asked for it. Please choose first how you are named."),
}


def finding_in_words(line: Line) -> str:
    """What is said of this line; for a slip, the question."""
    if line.finding is Finding.SLIP:
        return _("Did you mean %(address)s?") % {"address": line.suggestion}
    return str(FINDINGS[line.finding])
