"""…/moderation/bulk/: what would happen, the button that begins it, and how far it has come."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.moderation.bulk import actions
from community_dashboard.moderation.bulk.errors import NoJobError
from community_dashboard.moderation.bulk.forms import NAMES, AskForm, BeginForm, scope_from
from community_dashboard.moderation.bulk.preview import Verdict
from community_dashboard.moderation.bulk.queries import find_job, jobs_of, preview, progress_of, troubles_of
from community_dashboard.moderation.bulk.scopes import Kind, Scope, spell
from community_dashboard.moderation.bulk.words import STATES, VERDICTS
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import DecisionError
from community_dashboard.moderation.queue.desk import names_of
from community_dashboard.moderation.queue.reach import reach_of
from referral_xblock.api import get_host

DO = {"stop": actions.stop, "go-on": actions.go_on, "undo": actions.undo}


@course_page(Capability.MODERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET: what would happen to the posts that the address names. POST: begins it."""
    if request.method == "POST":
        return _begin(request, visit)
    scope = scope_from(request.GET, visit.course_key)
    form = AskForm(request.GET if "choice" in request.GET else None, course_key=visit.course_key)
    return _page(request, visit, scope, form)


@course_page(Capability.MODERATION)
@require_safe
def job(request: HttpRequest, visit: Visit, job_id: int) -> HttpResponse:
    """One job: how far it has come, what went wrong. With `part=progress` only the part that changes."""
    found = find_job(visit.course_key, job_id)
    if found is None:
        raise Http404
    progress = progress_of(found)
    going = found.state == "running"
    context = _common(request, visit) | {
        "job": found,
        "what": NAMES[Choice(found.choice)],
        "by": names_of([found.by_id]).get(found.by_id, "") if found.by_id else "",
        "state": STATES[found.state, found.backwards],
        "progress": progress,
        "going": going,
        "troubles": troubles_of(found) if progress.failed or progress.kept else [],
        "undoable": found.choice != Choice.DELETE and not found.backwards and progress.done,
    }
    part = request.GET.get("part") == "progress"
    return render(request, f"community_dashboard/moderation/bulk_{'progress' if part else 'job'}.html", context)


@course_page(Capability.MODERATION)
@require_POST
def change_job(request: HttpRequest, visit: Visit, job_id: int, what: str) -> HttpResponse:
    """Stops a job, lets it go on, or undoes it."""
    named = {} if what == "stop" else {"now": timezone.now()}
    try:
        DO[what](by=request.user, course_key=visit.course_key, job_id=job_id, **named)
    except NoJobError as error:
        raise Http404 from error
    except DecisionError as error:
        return render(request, "community_dashboard/moderation/bulk_refused.html",
                      _common(request, visit) | {"sentence": error.sentence}, status=403)  # fmt: skip
    return _to_job(visit, job_id)


def _begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    scope = scope_from(request.POST, visit.course_key)
    form = BeginForm(request.POST, course_key=visit.course_key)
    if scope is not None and form.is_valid():
        values = form.cleaned_data
        try:
            begun = actions.begin(
                by=request.user,
                course_key=visit.course_key,
                choice=form.asked,
                scope=scope,
                token=values["token"],
                seen_at=values["seen_at"],
                now=timezone.now(),
                reason=form.why,
                fields=form.also,
            )
        except DecisionError as error:
            form.add_error(None, str(error.sentence))
        else:
            return _to_job(visit, begun.pk)
    return _page(request, visit, scope, form, status=400)


def _page(request: HttpRequest, visit: Visit, scope: Scope | None, form: AskForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    asked = form.is_valid()
    choice = form.asked if asked else Choice.HIDE
    looked = scope and preview(
        scope,
        choice,
        visit.course_key,
        by=request.user,
        until=now,
        topic=form.also.get("topic_id", "") if asked else "",
    )
    context = _common(request, visit) | {
        "scope": scope,
        "picked": [spell(ref) for ref in scope.refs] if scope else [],
        "author": names_of([scope.author_id]).get(scope.author_id, "") if scope and scope.kind is Kind.AUTHOR else "",
        "author_of": (request.POST or request.GET).get("author_of", "") if scope and scope.kind is Kind.AUTHOR else "",
        "form": form,
        "choice": choice,
        "what": NAMES[choice],
        "preview": looked,
        "rows": [(VERDICTS[one], looked.counts[one]) for one in Verdict if one in looked.counts] if looked else [],
        "examples": [(one, VERDICTS[one.verdict]) for one in looked.examples] if looked else [],
        "seen_at": now.isoformat(),
        "token": request.POST.get("token") or secrets.token_hex(16),
        "jobs": _told(jobs_of(visit.course_key)),
    }
    return render(request, "community_dashboard/moderation/bulk.html", context, status=status)


def _common(request: HttpRequest, visit: Visit) -> dict[str, object]:
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "queue",
        "may_act": reach_of(request.user, visit.course_key).acts,
    }


def _told(jobs: Sequence[Any]) -> list[tuple[Any, object, object, str]]:
    """Each job with what it does, how it stands, and the name of who began it. One query."""
    names = names_of(job.by_id for job in jobs if job.by_id)
    return [
        (job, NAMES[Choice(job.choice)], STATES[job.state, job.backwards], names.get(job.by_id, "")) for job in jobs
    ]


def _to_job(visit: Visit, job_id: int) -> HttpResponse:
    response = HttpResponseRedirect(reverse("community_dashboard:bulk_job", args=[str(visit.course_key), job_id]))
    response.status_code = 303
    return response
