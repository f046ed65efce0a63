"""The prompt in the block and on the course's page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from referral_xblock.host.chosen import get_host
from referral_xblock.links.actions import ensure_links
from referral_xblock.panels import Place, Viewing
from referral_xblock.policy.queries import policy_of
from referral_xblock.prompts.actions import begin_prompt, is_wanted
from referral_xblock.prompts.queries import history_of, moments_of
from referral_xblock.prompts.rules import Kind, best, may_prompt

SENTENCES = {
    Kind.UNIT: _("You have finished a unit. Do you know somebody who would enjoy the next one with you?"),
    Kind.ANSWER: _("Thank you for your answer in the forum. Do you know somebody who would like to discuss with you?"),
    Kind.CERTIFICATE: _("You have earned the certificate. Do you know somebody who would like to learn this too?"),
}


def draw_prompt(viewing: Viewing) -> str:
    """The prompt if there may be one now, else "". No query where the course has none; three, and what the host asks for
    the next deadline, for who had a good moment lately; writes when a prompt is seen for the first time."""
    if not is_wanted(viewing.user_id, viewing.course_key) or policy_of(viewing.course_key).paused:
        return ""
    moment = best(moments_of(viewing.user_id, viewing.course_key), now=viewing.now)
    if moment is None:
        return ""
    history = history_of(viewing.user_id)
    what = f"{moment.kind.value} {viewing.course_key}"
    allowed = {"what": what, "held_out": False, "now": viewing.now}
    if not may_prompt(history, moment, deadline=None, **allowed):  # the platform is asked last
        return ""
    person = get_user_model().objects.get(id=viewing.user_id)
    deadline = get_host().next_deadline(person, viewing.course_key, viewing.now)
    if not may_prompt(history, moment, deadline=deadline, **allowed):
        return ""
    stands = history.stands(what, viewing.now)
    if not stands and not begin_prompt(user_id=viewing.user_id, what=what, now=viewing.now):
        return ""
    return render_to_string("referral_xblock/_prompt.html", _context(viewing, moment.kind))


def _context(viewing: Viewing, kind: Kind) -> dict[str, object]:
    link = ensure_links(
        owner_id=viewing.user_id, course_key=viewing.course_key, placement="", channels=["copy"], now=viewing.now
    )["copy"]
    request = get_host().signed_in_request()
    site = getattr(settings, "LMS_ROOT_URL", "").rstrip("/")
    return {
        "sentence": SENTENCES[kind],
        "share_url": site + reverse("referral_xblock:share", args=[link.code]),
        "answer_url": site + reverse("referral_xblock:answer_prompt"),
        "in_unit": viewing.place is Place.UNIT,
        "csrf_token": get_token(request) if request is not None else "",
    }
