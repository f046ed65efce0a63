"""…/learners/segments/: the segments of a course with their counts; one of them, tried, changed, set back, made and deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.activity.rollup.queries import filled_at
from community_dashboard.activity.rollup.tallies import counts
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.segments.actions import change_segment, delete_segment, make_segment, set_back
from community_dashboard.engagement.segments.definitions import Definition
from community_dashboard.engagement.segments.errors import ChangedError, NotAllowedError, NotThereError, UnsoundError
from community_dashboard.engagement.segments.forms import SegmentForm
from community_dashboard.engagement.segments.queries import (
    Segment,
    changes_of,
    days_to_deadline,
    segment_of,
    segments_of,
)
from community_dashboard.engagement.segments.sentences import NAMES
from community_dashboard.engagement.segments.trying import try_definition
from community_dashboard.engagement.segments.words import ACTS, DONE
from community_dashboard.form_fields import described
from referral_xblock.api import get_host


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "learners",
        "at": "segments",
    } | more


@course_page(Capability.LEARNERS)
@require_safe
def segments(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every segment with its sentence and how many learners are in it. One query over the learners, whatever the number."""
    now = timezone.now()
    found = segments_of(visit.course_key, now=now)
    numbers = counts(visit.course_key, {one.key: one.chosen for one in found}, now=now)
    days = days_to_deadline(visit.course_key, now=now)
    context = _context(
        visit,
        lines=[
            {"segment": one, "number": whole(numbers[one.key]), "list_url": list_url(visit.course_key, one.key)}
            for one in found
        ],
        due=None if days is None else now + timedelta(days=days),
        filled_at=filled_at(visit.course_key),
        done=str(DONE.get(request.GET.get("done", ""), "")),
    )
    return render(request, "community_dashboard/engagement/segments.html", context)


@course_page(Capability.LEARNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_segment(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Makes a segment of the course's own, tried first if wanted."""
    form = SegmentForm(request.POST if request.method == "POST" else None, definition=Definition(), version=0)
    return _handle(request, visit, form, None)


@course_page(Capability.LEARNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def segment(request: HttpRequest, visit: Visit, segment_key: str) -> HttpResponse:
    """Shows a segment, tries and saves changes, sets a ready-made one back, deletes one of the course's own."""
    now = timezone.now()
    kept = segment_of(visit.course_key, segment_key, now=now)
    if kept is None:
        raise Http404
    if request.method == "POST" and "delete" in request.POST and kept.own:
        delete_segment(by=request.user, course_key=visit.course_key, key=kept.key, now=now)
        return _gone_on(visit, "deleted")
    if request.method == "POST" and "back" in request.POST and not kept.own:
        set_back(by=request.user, course_key=visit.course_key, key=kept.key, now=now)
        return _gone_on(visit, "back")
    data = request.POST if request.method == "POST" else None
    return _handle(
        request,
        visit,
        SegmentForm(data, name=kept.name, definition=kept.definition, version=kept.version),
        kept,
    )


def list_url(course_key: Any, segment_key: str) -> str:
    """The list of learners who are in a segment."""
    return f"{reverse('community_dashboard:learners', args=[str(course_key)])}?segment={segment_key}"


def _handle(request: HttpRequest, visit: Visit, form: SegmentForm, kept: Segment | None) -> HttpResponse:
    if request.method != "POST":
        return _page(request, visit, form, kept)
    now = timezone.now()
    if not form.is_valid():
        return _page(request, visit, form, kept, status=400)
    if "try" in request.POST:
        tried = try_definition(visit.course_key, form.definition, against=kept, now=now)
        return _page(request, visit, form, kept, tried=tried)
    what = {"by": request.user, "course_key": visit.course_key, "definition": form.definition, "now": now}
    name = form.cleaned_data["name"]
    try:
        if kept is None:
            make_segment(name=name, **what)
        else:
            version = form.cleaned_data["version"]
            usual = not kept.own and name == str(NAMES[kept.key])
            change_segment(key=kept.key, name="" if usual else name, version=version, **what)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except (UnsoundError, NotThereError) as error:
        form.add_error(None, str(error))
        return _page(request, visit, form, kept, status=400)
    except ChangedError as error:
        form.add_error(None, str(error))
        return _page(request, visit, form, kept, status=409)
    return _gone_on(visit, "made" if kept is None else "changed")


def _gone_on(visit: Visit, done: str) -> HttpResponse:
    address = reverse("community_dashboard:segments", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{address}?done={done}")
    response.status_code = 303
    return response


def _page(
    request: HttpRequest, visit: Visit, form: SegmentForm, kept: Segment | None, *, tried: Any = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    for each in (form, *form.rows):
        described(each, first=False)
    context = _context(visit, form=form, kept=kept, tried=tried)
    if kept is not None:
        number = counts(visit.course_key, {kept.key: kept.chosen}, now=now)[kept.key]
        context |= {
            "number": number,
            "shown": whole(number),
            "list_url": list_url(visit.course_key, kept.key),
            "changes": [(one, ACTS[one.act]) for one in changes_of(visit.course_key, kept.key)],
        }
    return render(request, "community_dashboard/engagement/segment.html", context, status=status)
