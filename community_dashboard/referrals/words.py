"""What stages, reasons, networks and lists are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referral_xblock.api import CHANNELS, GONE, NETWORKS, Reason, Verdict

STAGES: dict[str, str | Promise] = {
    "shown": gettext_lazy("Saw the invitation"),
    "shared": gettext_lazy("Shared it"),
    "clicked": gettext_lazy("Opened a link"),
    "registered": gettext_lazy("Registered"),
    "enrolled": gettext_lazy("Enrolled"),
    "active": gettext_lazy("Completed an activity"),
    "completed": gettext_lazy("Completed the course"),
}
LISTS: dict[str, str | Promise] = {
    "shown": gettext_lazy("Learners who saw the invitation"),
    "shared": gettext_lazy("Learners who shared it"),
    "clicked": gettext_lazy("People who opened a link"),
    "registered": gettext_lazy("People who registered"),
    "enrolled": gettext_lazy("People who enrolled"),
    "active": gettext_lazy("People who completed an activity"),
    "completed": gettext_lazy("People who completed the course"),
    "left": gettext_lazy("People who enrolled and left since"),
    "held": gettext_lazy("Invitations to look at"),
    "not-credited": gettext_lazy("Invitations that do not count"),
    "advocates": gettext_lazy("Learners who brought somebody"),
    "inviters": gettext_lazy("Active inviters"),
    "prompted": gettext_lazy("Learners who saw the prompt"),
    "held-out": gettext_lazy("Learners who saw the block without its prompt"),
    "requests": gettext_lazy("Requests for links"),
}
ROWS: dict[str, str | Promise] = {
    "shown": gettext_lazy("One line for each learner and block; the figure counts a learner once."),
    "shared": gettext_lazy("One line for each learner, channel and day; the figure counts a learner once."),
    "clicked": gettext_lazy("One line for each click; the figure counts a person once."),
    "inviters": gettext_lazy("Active: shared in the period, or brought somebody who enrolled in it."),
    "prompted": gettext_lazy("One line for each learner and block; the figure counts a learner once."),
    "held-out": gettext_lazy("One line for each learner and block; the figure counts a learner once."),
    "requests": gettext_lazy("One line for each request, whoever or whatever made it."),
}
VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.PERSON: gettext_lazy("a person"),
    Verdict.MACHINE: gettext_lazy("a machine"),
    Verdict.UNKNOWN: gettext_lazy("not known"),
}
SIGNS: dict[str, str | Promise] = {  # what told the verdict
    "beacon": gettext_lazy("a sign of life on the page"),
    "join": gettext_lazy("pressing join"),
    "account": gettext_lazy("an account"),
    "preview": gettext_lazy("a link preview"),
    "crawler": gettext_lazy("a robot or a scanner"),
    "automated": gettext_lazy("a browser driven by a program"),
    "prefetch": gettext_lazy("fetched in advance"),
    "not_a_page": gettext_lazy("a picture or a frame, not a page"),
    "method": gettext_lazy("asked without reading the page"),
    "no_user_agent": gettext_lazy("does not say what browser it is"),
    "": gettext_lazy("no sign either way"),
}
REASONS: dict[Reason, str | Promise] = {
    Reason.NONE: gettext_lazy("no valid invitation"),
    Reason.OWN_LINK: gettext_lazy("used their own link"),
    Reason.ALREADY_ENROLLED: gettext_lazy("was enrolled before"),
    Reason.OUTSIDE_WINDOW: gettext_lazy("enrolled too long after the click"),
    Reason.STAFF: gettext_lazy("belongs to the course team"),
    Reason.ENROLLED_BY_STAFF: gettext_lazy("was enrolled by the course team"),
    Reason.AUDIENCE: gettext_lazy("has another e-mail domain than the audience"),
    Reason.SUSPICIOUS: gettext_lazy("looks as if it were nobody’s, or the inviter’s own"),
    Reason.REJECTED: gettext_lazy("rejected by the course team"),
    Reason.BANNED: gettext_lazy("came by a channel or from a domain that does not count"),
    Reason.CAP: gettext_lazy("the inviter has brought as many as count"),
}
_CHANNEL_WORDS: dict[str, str | Promise] = {
    "copy": gettext_lazy("Copied link"),
    "qr": gettext_lazy("QR code"),
    "native": gettext_lazy("Phone’s share sheet"),
    "page": gettext_lazy("Share page"),
    "invitation": gettext_lazy("Mail sent by the platform"),
    "vanity": gettext_lazy("Link of the course team"),
    GONE: gettext_lazy("Link that is gone"),
}
_NETWORK_NAMES = {network.slug: network.name for network in NETWORKS}


def network_name(slug: str | None) -> str:
    """What a network or channel is called; its slug for one that a later version wrote."""
    slug = GONE if slug is None else slug
    if slug in _NETWORK_NAMES:
        return _(_NETWORK_NAMES[slug])
    return str(_CHANNEL_WORDS.get(slug, slug))


def network_choices() -> list[tuple[str, str]]:
    """Every network and channel a link can have, by name."""
    slugs = [*_NETWORK_NAMES, *CHANNELS, "vanity", GONE]
    return sorted(((slug, network_name(slug)) for slug in slugs), key=lambda choice: choice[1].casefold())


def placement_name(placement: str | None, titles: dict[str, str]) -> str:
    """What a placement is called: the title of the block's unit."""
    if placement == "":
        return _("The course as a whole")
    if placement is None or placement == GONE:
        return str(_CHANNEL_WORDS[GONE])
    return titles.get(placement) or _("A unit that is gone")
