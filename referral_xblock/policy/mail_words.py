"""The rules about invitations that the platform sends, as the settings page has them."""

from django.utils.translation import gettext_lazy as _

FIELDS = ("jurisdiction", "daily_invitations")
JURISDICTIONS = [
    ("own", _("Learners write from their own mail program (default)")),
    ("de", _("Germany: learners write from their own mail program")),
    ("fr", _("France: the platform may send one message")),
    ("other", _("Elsewhere: the platform may send one message")),
]
LABELS = {
    "jurisdiction": _("Invitations by mail"),
    "daily_invitations": _("Invitations by mail that one learner may send in a day"),
}
HELP = {
    "jurisdiction": _(
        "In Germany a platform may not write to somebody who has not agreed, also when a friend asks for it. In France it may,"
        " once: the message names who asked for it, and the address is not kept. Elsewhere the same is sent, with the postal"
        " address of the platform where it is set; please make sure beforehand that the law that holds for your learners"
        " allows it without the consent of the person who is invited."
    ),
    "daily_invitations": _("In all courses together, for each day in UTC. One address gets one message, ever."),
}
