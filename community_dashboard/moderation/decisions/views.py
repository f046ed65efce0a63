"""…/moderation/item/…: one post of the queue, open; the buttons that decide on it; and the way back.

Without JavaScript each is a whole page. With it, htmx asks for the same addresses and gets the pane alone; what was decided is
said above it, and the post that comes next takes its place.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.data import PostRef
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import DecisionError, TooLateError
from community_dashboard.moderation.decisions.forms import DecisionForm
from community_dashboard.moderation.decisions.opened import open_item
from community_dashboard.moderation.decisions.saying import Said, said_of, said_undone, said_wrong
from community_dashboard.moderation.decisions.undoing import undo
from community_dashboard.moderation.queue.actions import THREE_BEATS, claim
from community_dashboard.moderation.queue.desk import Desk, desk_from, desk_of, rows_of, total_words
from community_dashboard.moderation.queue.errors import NoItemError, QueueError
from community_dashboard.moderation.queue.page import list_context
from community_dashboard.moderation.queue.queries import item_or_post, next_item, ref_of
from community_dashboard.moderation.queue.views import ref_from

PAGE = "community_dashboard/moderation/queue.html"
PANE = "community_dashboard/moderation/pane.html"
DECIDED = "community_dashboard/moderation/decided.html"


@course_page(Capability.MODERATION)
@require_safe
def item(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """Opens a post: reads it from the forum, and claims it unless it is only looked at ahead (`?ahead=yes`)."""
    desk = desk_of(request, visit, now=timezone.now())
    said = said_of(visit.course_key, request.GET.get("said", ""), reader=request.user, now=desk.now)
    ref, ahead = ref_from(kind, post_id), request.GET.get("ahead") == "yes"
    found = _find(desk, ref)
    if found is None:
        return _show(request, visit, desk, None, said=said_wrong(NoItemError.sentence), status=404)
    if not ahead and desk.reach.may_act_on(found):
        found = _claimed(request, desk, found)
    return _show(request, visit, desk, found, said=said, ahead=ahead, whole=request.GET.get("whole") == "yes")


@course_page(Capability.MODERATION)
@transaction.non_atomic_requests
@require_POST
def decide_item(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """Decides on a post and shows the next."""
    desk = desk_from(
        QueryDict(request.POST.get("query", "")[:2000]), request.user, visit.course_key, now=timezone.now()
    )
    ref, form = ref_from(kind, post_id), DecisionForm(request.POST)
    before = _find(desk, ref)
    if before is None:
        return _refuse(request, visit, desk, None, said_wrong(NoItemError.sentence), 404)
    if not form.is_valid():
        first = next(error for errors in form.errors.values() for error in errors)
        return _refuse(request, visit, desk, before, said_wrong(first), 400)
    try:
        row = decide(
            by=request.user,
            course_key=visit.course_key,
            ref=ref,
            choice=form.decision,
            reason=form.cleaned_data["reason"],
            fields=form.fields_for(desk.now),
            version=form.cleaned_data["version"],
            now=desk.now,
        )
    except TooLateError as error:
        return _go_on(request, visit, desk, before, said_wrong(error))
    except DecisionError as error:
        return _refuse(request, visit, desk, before, said_wrong(error), 409)
    return _go_on(
        request, visit, desk, before, said_of(visit.course_key, str(row.pk), reader=request.user, now=desk.now)
    )


@course_page(Capability.MODERATION)
@transaction.non_atomic_requests
@require_POST
def undo_decision(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Takes a decision back and opens its post again."""
    desk = desk_from(
        QueryDict(request.POST.get("query", "")[:2000]), request.user, visit.course_key, now=timezone.now()
    )
    try:
        row = undo(by=request.user, course_key=visit.course_key, decision_id=number, now=desk.now)
    except DecisionError as error:
        return _refuse(request, visit, desk, None, said_wrong(error), 409)
    if not row.post_id:
        return _to(desk.url)
    ref = ref_from(row.kind, row.post_id)
    found = _find(desk, ref)
    if request.headers.get("HX-Request") and found is not None:
        return _answer(request, desk, found, said_undone(row), gone=None, put_back=True)
    return _to(_address(desk, ref, said=f"undone-{row.pk}"))


def _find(desk: Desk, ref: PostRef) -> Any | None:
    """The item, or the post if it never stood in the queue; a stranger to its cohort is told the same as where there is none."""
    found = item_or_post(desk.course_key, ref)
    return found if found is not None and desk.reach.may_see(found) else None


def _claimed(request: HttpRequest, desk: Desk, found: Any) -> Any:
    minutes = THREE_BEATS if request.headers.get("HX-Request") else None
    try:
        held = claim(by=desk.reader, course_key=desk.course_key, ref=ref_of(found), now=desk.now, minutes=minutes)
    except QueueError:  # decided or gone this very moment: the pane says so
        return found
    for name in ("claimed_by", "claimed_since", "claimed_until", "version", "state"):
        setattr(found, name, getattr(held, name))
    return found


def _show(
    request: HttpRequest,
    visit: Visit,
    desk: Desk,
    found: Any | None,
    *,
    said: Said | None,
    status: int = 200,
    ahead: bool = False,
    whole: bool = False,
    typed: QueryDict | None = None,
) -> HttpResponse:
    """The pane for htmx, the whole page otherwise."""
    opened = open_item(desk, found, whole=whole) if found is not None else None
    about = {"opened": opened, "said": said, "ahead": ahead, "following_item": _next(desk, found), "typed": typed}
    history = request.headers.get("HX-History-Restore-Request")
    if request.headers.get("HX-Request") and not history and opened is not None:
        context = {**about, "key": str(desk.course_key), "desk": desk, "visit": visit}
        return render(request, PANE, context, status=status)
    return render(request, PAGE, {**list_context(visit, desk), **about}, status=status)


def _go_on(request: HttpRequest, visit: Visit, desk: Desk, before: Any, said: Said) -> HttpResponse:
    """The same post if it still waits, or never did; or the next."""
    after = item_or_post(desk.course_key, ref_of(before))
    stays = after is not None and (before.pk is None or after.state == before.state == desk.filters.state)
    found = (
        after
        if stays
        else next_item(
            desk.course_key, desk.filters, after=before, reader_id=desk.reader.id, now=desk.now, reach=desk.reach
        )
    )
    if request.headers.get("HX-Request"):
        return _answer(request, desk, found, said, gone=None if stays else before)
    # After the last one the decided post stays, so that what was said, and the way back, is read somewhere.
    return _to(_address(desk, ref_of(before if found is None else found), said=said.code))


def _answer(
    request: HttpRequest, desk: Desk, found: Any | None, said: Said, *, gone: Any | None, put_back: bool = False
) -> HttpResponse:
    """For htmx: what was said, the row that goes, and the post that comes, unless the browser shows that one already."""
    shown = request.POST.get("shown", "")
    there = found is not None and gone is not None and shown == f"{found.kind}-{found.post_id}"
    opened = None
    if found is not None and not there:
        opened = open_item(desk, _claimed(request, desk, found) if desk.reach.may_act_on(found) else found)
    context = {
        "key": str(desk.course_key),
        "desk": desk,
        "said": said,
        "gone": f"{gone.kind}-{gone.post_id}" if gone is not None else "",
        "there": there,
        "opened": opened,
        "following_item": _next(desk, found) if opened else None,
        "put_back": rows_of(desk, [found]) if put_back and found is not None else [],
        "counted": desk.items(),
    }
    context["total"] = total_words(context["counted"])
    return render(request, DECIDED, context)


def _refuse(request: HttpRequest, visit: Visit, desk: Desk, found: Any | None, said: Said, status: int) -> HttpResponse:
    """What was wrong. htmx leaves the pane with what was typed; without it the page comes again, with what was typed."""
    if request.headers.get("HX-Request"):
        back = desk.url_of(found) if found is not None else ""
        context = {"said": said, "key": str(desk.course_key), "back": back}
        return render(
            request, "community_dashboard/moderation/said.html", context, status=400 if status == 400 else 409
        )
    return _show(request, visit, desk, found, said=said, status=status, typed=request.POST)


def _next(desk: Desk, found: Any | None) -> str:
    """The address of the post that comes after this one, "" for none."""
    if found is None:
        return ""
    following = next_item(
        desk.course_key, desk.filters, after=found, reader_id=desk.reader.id, now=desk.now, reach=desk.reach
    )
    return desk.url_of(following) if following is not None else ""


def _address(desk: Desk, ref: PostRef, **also: str) -> str:
    path = reverse("community_dashboard:moderation_item", args=[str(desk.course_key), ref.kind.value, ref.id])
    return _with(f"{path}?{desk.query}" if desk.query else path, **also)


def _with(url: str, **also: str) -> str:
    told = urlencode({name: value for name, value in also.items() if value})
    return f"{url}{'&' if '?' in url else '?'}{told}" if told else url


def _to(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
