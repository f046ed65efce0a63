"""The button “Save my data as a file” at /community/me/."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from referral_xblock.host.chosen import get_host
from referral_xblock.host.throttle import seconds_to_wait
from referral_xblock.links.answers import redirect
from referral_xblock.own_data import own_data, written

HOUR = timedelta(hours=1)


@require_POST
def save_my_data(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Everything that our tables hold about who is signed in, as a JSON file; nobody else's is to be had by any parameter.

    At most REFERRAL_OWN_DATA_PER_HOUR times an hour; then the page says so. Written while it is sent, never kept.
    """
    page = reverse("referral_xblock:me")
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(page))
    now, most = timezone.now(), settings.REFERRAL_OWN_DATA_PER_HOUR
    if seconds_to_wait("own-data", request.user.id, most=most, window=HOUR, now=now):
        messages.error(request, _("You have saved your data several times within an hour. Please try again later."))
        return redirect(page)
    head = {
        "about_this_file": _(
            "What the invitations and the community pages of this site hold about you. Times are in UTC. What the "
            "learning platform itself holds is not in it."
        ),
        "saved_at": now.isoformat(timespec="seconds"),
        "account": {"username": request.user.username, "email": request.user.email},
    }
    response = StreamingHttpResponse(
        written(head, own_data(request.user.id)), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="my-community-data-{now:%Y-%m-%d}.json"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "strict-origin"
    return response
