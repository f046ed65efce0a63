"""…/moderation/phone/: GET shows, POST decides on one of the three."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from community_dashboard.access.visits import Visit
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import DecisionError
from community_dashboard.moderation.phone import taps
from community_dashboard.moderation.phone.door import LINK, phone_page
from community_dashboard.moderation.phone.page import phone_items
from community_dashboard.moderation.queue.reach import reach_of

SAID = {
    "approve": _("Approved. Here is what comes next."),
    "hide": _("Hidden. Learners no longer read it; you can undo it in the log."),
    "reply": _("Your answer is in the forum."),
    "again": _("This was sent before and is done. Nothing was done twice."),
}
CHOICES = {"approve": Choice.APPROVE, "hide": Choice.HIDE, "reply": Choice.REPLY}


class TapForm(forms.Form):
    """What a button sends; only `canned` is chosen and `body` typed by a person."""

    do = forms.ChoiceField(choices=[(name, name) for name in CHOICES])
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in PostKind])
    post = forms.CharField(max_length=64)
    version = forms.IntegerField(min_value=0, max_value=2**31)
    seen = forms.CharField(max_length=100, required=False)
    tap = forms.RegexField(r"^[0-9a-f]{32}$")
    canned = forms.RegexField(r"^[0-9]{1,15}$", required=False)
    body = forms.CharField(required=False, max_length=20_000, strip=False)


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
@phone_page
def phone(request: HttpRequest, visit: Visit, reader: object, link: str) -> HttpResponse:
    """Shows the three, or carries out one tap and leads back here."""
    if request.method == "POST":
        return _tap(request, visit, reader, link)
    return _page(request, visit, reader, link, done=SAID.get(request.GET.get("done", ""), ""))


def _tap(request: HttpRequest, visit: Visit, reader: object, link: str) -> HttpResponse:
    form, now = TapForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(
            request, visit, reader, link, wrong=_("This page was damaged on its way. Here it is anew."), status=400
        )
    values = form.cleaned_data
    if not taps.take(user=reader, token=values["tap"], said=values["do"], now=now):
        return _back(visit, link, "again")
    fields = {"seen": values["seen"]} if values["seen"] else {}
    if values["do"] == "reply":
        fields |= {"canned": values["canned"], "body": values["body"]}
    try:
        decide(
            by=reader,
            course_key=visit.course_key,
            ref=PostRef(PostKind(values["kind"]), values["post"]),
            choice=CHOICES[values["do"]],
            fields=fields,
            version=values["version"],
            now=now,
        )
    except DecisionError as error:
        taps.give_back(user=reader, token=values["tap"])
        return _page(request, visit, reader, link, wrong=str(error), typed=values, status=409)
    return _back(visit, link, values["do"])


def _page(
    request: HttpRequest,
    visit: Visit,
    reader: object,
    link: str,
    *,
    done: object = "",
    wrong: object = "",
    typed: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    reach = reach_of(reader, visit.course_key)
    context = {
        "visit": visit,
        "key": str(visit.course_key),
        "reader": reader,
        "link": link,
        "link_name": LINK,
        "page": phone_items(visit.course_key, reader=reader, reach=reach, now=now),
        "acts": reach.acts,
        "done": done,
        "wrong": wrong,
        "typed": typed or {},
        "now": now,
    }
    return render(request, "community_dashboard/moderation/phone.html", context, status=status)


def _back(visit: Visit, link: str, done: str) -> HttpResponseRedirect:
    query = urlencode({"done": done} | ({LINK: link} if link else {}))
    path = reverse("community_dashboard:moderation_phone", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{path}?{query}")
    response.status_code = 303
    return response
