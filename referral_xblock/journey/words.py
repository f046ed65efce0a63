"""How a friend's way is told to the inviter: a word for each stage, a kind sentence for what is still missing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from referral_xblock.data import Reason, Stage, Telling

STAGES = {
    Stage.CLICKED: _("came to the invitation page"),
    Stage.REGISTERED: _("registered"),
    Stage.ENROLLED: _("enrolled"),
    Stage.ACTIVE: _("completed a first activity"),
    Stage.COMPLETED: _("completed the course"),
}
# The slugs of journey.queries.Friend.missing.
MISSING = {
    "to_enrol": _("They have still to enrol in the course."),
    "left": _("They have left the course since."),
    "to_complete_a_block": _("They have still to complete a first activity."),
    "to_complete_the_course": _("They have still to complete the course."),
    "not_counted": _("This invitation could not be counted."),
    Reason.OWN_LINK: _("Not counted: it was your own link."),
    Reason.ALREADY_ENROLLED: _("Not counted: they were enrolled before they came by your link."),
    Reason.OUTSIDE_WINDOW: _("Not counted: they enrolled too long after they came by your link."),
    Reason.STAFF: _("Not counted: they belong to the course team."),
    Reason.ENROLLED_BY_STAFF: _("Not counted: the course team enrolled them."),
    Reason.AUDIENCE: _(
        "Not counted: this course is meant for certain e-mail addresses, and theirs is not one of them."
    ),
    # Why is between the course's team and nobody else: a sign may speak of the friend, and whoever knows the signs avoids them.
    Reason.SUSPICIOUS: _("Not counted yet: the course team takes a look at this invitation."),
    Reason.REJECTED: _("This invitation could not be counted."),
    Reason.BANNED: _("This invitation could not be counted."),
    Reason.CAP: _("Not counted: you have brought as many friends as count in this course."),
}
TELLINGS = {
    Telling.NOTHING: _("Nothing. I am counted, without a name or a day."),
    Telling.DAY: _("That somebody registered and enrolled, and on which day."),
    Telling.STAGES: _("My name, and how I get on in the course."),
}


def missing(slug: str) -> str:
    """The sentence for a slug; a neutral one for a slug that a later version wrote, "" for none."""
    return str(MISSING.get(slug, MISSING["not_counted"])) if slug else ""
