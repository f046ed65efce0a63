"""…/moderation/log/: the log, its file, and the buttons that undo and lift."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community_dashboard.access.csv_files import attachment, file_name
from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import DecisionError, GoneError, NotAllowedError
from community_dashboard.moderation.decisions.lines import names_of
from community_dashboard.moderation.decisions.logbook import actors_in, find_logged
from community_dashboard.moderation.decisions.undoing import undo
from community_dashboard.moderation.log import exports
from community_dashboard.moderation.log.filters import LogForm
from community_dashboard.moderation.log.page import log_page
from community_dashboard.moderation.queue.reach import reach_of
from referral_xblock.api import get_host

DONE = {
    "undo": lambda: _("Undone. It stands in the log, with your name."),
    "lift": lambda: _("Lifted: they can post again."),
}


@course_page(Capability.MODERATION)
@require_safe
def log(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The latest decisions that fit the filter."""
    return _page(request, visit)


@course_page(Capability.MODERATION)
@require_safe
def log_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The same as a file; names and words for those who may see identities."""
    form = LogForm(request.GET, course_key=visit.course_key)
    if not form.is_valid():
        words = "\n".join(error for errors in form.errors.values() for error in errors)
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    lines = exports.csv_lines(
        visit.course_key,
        form.filter(),
        group=reach_of(request.user, visit.course_key).sees_group,
        identity=Capability.IDENTITY in visit.may,
        secret=secrets.token_bytes(32),
    )
    name = file_name(visit.course_key, "moderation-log")
    return attachment(lines, name=name, content_type="text/csv; charset=utf-8")


@transaction.non_atomic_requests
@course_page(Capability.MODERATION)
@require_POST
def undo_logged(request: HttpRequest, visit: Visit, decision_id: int) -> HttpResponse:
    """Takes a decision of this course back."""
    try:
        undo(by=request.user, course_key=visit.course_key, decision_id=decision_id, now=timezone.now())
    except DecisionError as error:
        return _refused(request, visit, error)
    return _back(visit, "undo", decision_id)


@transaction.non_atomic_requests
@course_page(Capability.MODERATION)
@require_POST
def lift(request: HttpRequest, visit: Visit, decision_id: int) -> HttpResponse:
    """Ends what keeps the person of this decision from posting."""
    about = find_logged(visit.course_key, decision_id)
    try:
        if about is None or about.subject_id is None:
            raise GoneError
        made = decide(
            by=request.user,
            course_key=visit.course_key,
            ref=None,
            choice=Choice.LIFT,
            fields={"user_id": about.subject_id},
            cause=about.id,
            now=timezone.now(),
        )
    except DecisionError as error:
        return _refused(request, visit, error)
    return _back(visit, "lift", made.pk)


def _page(request: HttpRequest, visit: Visit, *, wrong: str = "", status: int = 200) -> HttpResponse:
    actors = actors_in(visit.course_key)
    form = LogForm(request.GET, course_key=visit.course_key, name=names_of(actors), actors=actors)
    valid = form.is_valid()
    reach = reach_of(request.user, visit.course_key)
    page = None
    if valid:
        page = log_page(visit.course_key, form, group=reach.sees_group, acts=reach.acts, now=timezone.now())
    done = DONE.get(request.GET.get("done", ""))
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "log",
        "form": form,
        "page": page,
        "acts": reach.acts,
        "following": form.query(before=page.before) if page and page.before else "",
        "first": form.query() if valid and form.cleaned_data["before"] else None,
        "file_query": form.query(),
        "may_identity": Capability.IDENTITY in visit.may,
        "wrong": wrong,
        "done": done() if done else "",
    }
    return render(request, "community_dashboard/moderation/log.html", context, status=status if valid else 400)


def _refused(request: HttpRequest, visit: Visit, error: DecisionError) -> HttpResponse:
    return _page(request, visit, wrong=str(error), status=403 if isinstance(error, NotAllowedError) else 409)


def _back(visit: Visit, done: str, decision_id: int) -> HttpResponseRedirect:
    path = reverse("community_dashboard:moderation_log", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{path}?{urlencode({'done': done})}#decision-{decision_id}")
    response.status_code = 303
    return response
