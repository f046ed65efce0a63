"""The growth page, the lists behind its numbers, and the lists as files."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community_dashboard.access.csv_files import attachment
from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.form_fields import described
from community_dashboard.referrals import exports, lists
from community_dashboard.referrals.forms import Filter, FilterForm, PeriodForm
from community_dashboard.referrals.growth import growth_page
from community_dashboard.referrals.kept import gone_before
from community_dashboard.referrals.table import filter_words, table
from community_dashboard.referrals.words import LISTS, ROWS
from referral_xblock.api import get_host


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    return {"base_template": get_host().base_template(), "visit": visit, "key": str(visit.course_key)} | more


@course_page(Capability.GROWTH)
@require_safe
def growth(request: HttpRequest, visit: Visit) -> HttpResponse:
    """…/growth/: the funnel of a period, what it amounts to, and who made it."""
    form = PeriodForm(request.GET)
    valid = form.is_valid()
    described(form)
    today = timezone.now().date()
    page = growth_page(visit.course_key, Filter(**form.cleaned_data), today=today) if valid else None
    context = _context(visit, form=form, page=page, here="growth")
    context["gone"] = gone_before(form.cleaned_data["start"]) if valid else []
    return render(request, "community_dashboard/growth.html", context, status=200 if valid else 400)


@course_page(Capability.GROWTH)
@require_safe
def list_page(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """…/growth/lists/<name>/: the rows behind a number, newest first."""
    if name not in lists.COLUMNS:
        raise Http404
    form = FilterForm(request.GET, course_key=visit.course_key, shown=_visible_filters(name))
    valid = form.is_valid()
    described(form)
    chosen = form.filter() if valid else Filter()
    rows: list[Any] = []
    following: dict[str, int] = {}
    if valid:
        rows, following = lists.page(visit.course_key, name, chosen, limit=settings.COMMUNITY_PAGE_SIZE)
    context = _context(
        visit,
        here="growth",
        form=form,
        name=name,
        title=LISTS[name],
        table=table(visit.course_key, name, rows, chosen),
        words=[*filter_words(chosen), ROWS[name]] if name in ROWS else filter_words(chosen),
        query=chosen.query(visit.course_key),
        following=chosen.query(visit.course_key, **following) if following else "",
        first=chosen.first,
        back=Filter(start=chosen.start, end=chosen.end).query(visit.course_key),
        may_files=Capability.FILES in visit.may,
        named_files=Capability.IDENTITY in visit.may,
        file_path=reverse("community_dashboard:file", args=[str(visit.course_key), name]),
    )
    return render(request, "community_dashboard/list.html", context, status=200 if valid else 400)


def _visible_filters(name: str) -> set[str]:
    """What this list can be narrowed to by its reader."""
    by_network = "network" in lists.COLUMNS[name].facts or name in ("advocates", "inviters")
    visible = {"network"} if by_network else set()
    if name in ("held", "not-credited"):
        visible.add("reason")
    return visible | {"verdict"} if name == "requests" else visible


@course_page(Capability.FILES)
@require_safe
def list_file(request: HttpRequest, visit: Visit, name: str) -> StreamingHttpResponse | HttpResponse:
    """…/growth/lists/<name>.csv: the same rows as a file, with names for those who may have them."""
    if name not in lists.COLUMNS:
        raise Http404
    form = FilterForm(request.GET, course_key=visit.course_key)
    if not form.is_valid():
        words = "\n".join(error for errors in form.errors.values() for error in errors)
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    chosen = form.filter()
    lines = exports.csv_lines(
        visit.course_key,
        name,
        chosen,
        identity=Capability.IDENTITY in visit.may,
        secret=secrets.token_bytes(32),
    )
    file_name = exports.file_name(visit.course_key, name, chosen)
    return attachment(lines, name=file_name, content_type="text/csv; charset=utf-8")
