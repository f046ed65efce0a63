"""…/moderation/: the list, what a reader keeps for it, and who looks at what. A post is opened in `decisions.views`."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.queue.actions import THREE_BEATS, claim, release, wake
from community_dashboard.moderation.queue.desk import claimed_words, desk_from, desk_of, held_until, names_of
from community_dashboard.moderation.queue.errors import QueueError
from community_dashboard.moderation.queue.forms import KeysForm, LetGoForm, SavedFilterForm
from community_dashboard.moderation.queue.keeping import choose_keys, drop_filter, save_filter
from community_dashboard.moderation.queue.news import filling_of, list_around, news_for, news_words
from community_dashboard.moderation.queue.page import list_context


@course_page(Capability.MODERATION)
@require_safe
def queue(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows who waits for a moderator, and opens nothing."""
    now = timezone.now()
    wake(now=now)
    desk = desk_of(request, visit, now=now)
    return render(request, "community_dashboard/moderation/queue.html", list_context(visit, desk))


@course_page(Capability.MODERATION)
@require_safe
def filling(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How far the posts are read that were in the forum before us: a part of the page."""
    found = filling_of(visit.course_key)
    if not request.headers.get("HX-Request"):
        return _to(_list_url(visit))
    context = {"key": str(visit.course_key), "filling": found, "was_read": found is None}
    return render(request, "community_dashboard/moderation/filling.html", context)


@course_page(Capability.MODERATION)
@require_safe
def news(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How many posts came since a page was made: a part of that page, or 204 where it knows (`known`)."""
    desk = desk_of(request, visit, now=timezone.now())
    if not request.headers.get("HX-Request"):
        return _to(desk.url)
    number = news_for(desk, request.GET)
    if number is None or str(number) == request.GET.get("known", "0"):
        return HttpResponse(status=204)
    context = {"words": news_words(number) if number else "", "known": number, "url": list_around(request, desk)}
    return render(request, "community_dashboard/moderation/news.html", context)


@course_page(Capability.MODERATION)
@require_POST
def hold(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """The reader looks at this post now, or goes on; the answer says who else does."""
    desk = desk_from(QueryDict(), request.user, visit.course_key, now=timezone.now())
    try:
        item = claim(
            by=request.user,
            course_key=visit.course_key,
            ref=ref_from(kind, post_id),
            now=desk.now,
            over=request.POST.get("over") == "yes",
            minutes=THREE_BEATS if request.headers.get("HX-Request") else None,
        )
    except QueueError as error:
        return render(request, "community_dashboard/moderation/claim.html", {"claimed": str(error)}, status=409)
    context = {
        "item": item,
        "key": str(visit.course_key),
        "reach": desk.reach,
        "until": held_until(item, desk),
        "claimed": claimed_words(item, desk, names_of([item.claimed_by_id] if item.claimed_by_id else [])),
    }
    if request.headers.get("HX-Request"):
        return render(request, "community_dashboard/moderation/claim.html", context)
    return _to(reverse("community_dashboard:moderation_item", args=[str(visit.course_key), kind, post_id]))


@course_page(Capability.MODERATION)
@require_POST
def let_go(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The reader looks at nothing any more; with `until`, only what was held until then: a newer page holds on."""
    form = LetGoForm(request.POST)
    if form.is_valid():
        release(by=request.user, course_key=visit.course_key, until=form.cleaned_data["until"])
    return HttpResponse(status=204)


@course_page(Capability.MODERATION)
@require_POST
def keep_filter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keeps the filter of the page under a name."""
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        return _list_with(request, visit, form)
    values = form.cleaned_data
    if not save_filter(by=request.user, course_key=visit.course_key, name=values["name"], query=values["query"]):
        form.add_error(None, _("You keep as many filters as there is room for. Remove one first."))
        return _list_with(request, visit, form)
    return _to(_list_url(visit), values["query"])


@course_page(Capability.MODERATION)
@require_POST
def remove_filter(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Forgets one of the reader's filters."""
    drop_filter(by=request.user, course_key=visit.course_key, number=number)
    return _to(_list_url(visit))


@course_page(Capability.MODERATION)
@require_POST
def keep_keys(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keeps the reader's keys."""
    form = KeysForm(request.POST)
    if not form.is_valid():
        return _list_with(request, visit, form)
    choose_keys(by=request.user, on=form.cleaned_data["on"], keys=form.keys)
    return _to(_list_url(visit))


def ref_from(kind: str, post_id: str) -> PostRef:
    """The post that an address names; Http404 for what is none."""
    if kind not in set(PostKind) or len(post_id) > 64:
        raise Http404
    return PostRef(PostKind(kind), post_id)


def _list_url(visit: Visit) -> str:
    return reverse("community_dashboard:moderation", args=[str(visit.course_key)])


def _to(url: str, query: str = "") -> HttpResponseRedirect:
    response = HttpResponseRedirect(f"{url}?{query}" if query else url)
    response.status_code = 303
    return response


def _list_with(request: HttpRequest, visit: Visit, form: forms.Form) -> HttpResponse:
    """The list once more, with what was wrong."""
    desk = desk_from(
        QueryDict(request.POST.get("query", "")[:2000]), request.user, visit.course_key, now=timezone.now()
    )
    wrong = [error for errors in form.errors.values() for error in errors]
    context = {**list_context(visit, desk), "wrong": wrong}
    return render(request, "community_dashboard/moderation/queue.html", context, status=400)
