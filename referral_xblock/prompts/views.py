"""What a person says to a prompt, and what they choose at /community/me/."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from referral_xblock.host.chosen import get_host
from referral_xblock.links.answers import redirect
from referral_xblock.prompts.actions import say_never, say_not_now


@require_POST
def answer_prompt(request: HttpRequest) -> HttpResponse:
    """“Not now”, “never” or “again”, of who is signed in; the person's own page says what follows from it."""
    page = reverse("referral_xblock:me")
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(page))
    now, answer = timezone.now(), request.POST.get("answer", "")
    if answer == "not_now":
        say_not_now(user=request.user, now=now)
        messages.success(request, _("You will not be asked for seven days at least."))
    elif answer == "never":
        say_never(user=request.user, never=True, now=now)
        messages.success(request, _("You will not be asked again, in any course. You can change this below."))
    elif answer == "again":
        say_never(user=request.user, never=False, now=now)
        messages.success(request, _("You may be asked again, in seven days at the earliest."))
    else:
        messages.error(request, _("Please choose one of the answers."))
    return redirect(page)
