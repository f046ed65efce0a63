"""…/moderation/replies/: answers kept for use again; and the words of one as they would stand under a post."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.form_fields import described
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    ChangedError,
    DecisionError,
    GoneError,
    NotAllowedError,
)
from community_dashboard.moderation.decisions.kept_replies import (
    canned_replies,
    drop_reply,
    keep_reply,
    may_keep,
    reply_languages,
    reply_of,
)
from community_dashboard.moderation.decisions.replies import reply_words
from community_dashboard.moderation.queue.desk import names_of
from community_dashboard.moderation.queue.views import ref_from
from community_dashboard.moderation.replies.forms import ReplyForm, values_of
from referral_xblock.api import get_host


@course_page(Capability.MODERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is kept, with a form for one more or, with `?change=`, for one of them. Who may not keep any reads them."""
    if request.method == "POST":
        return _keep(request, visit)
    found = reply_of(visit.course_key, request.GET.get("change", ""))
    form = ReplyForm(initial=values_of(found) if found else None)
    done = _("The reply is kept.") if request.GET.get("done") == "kept" else ""
    return _page(request, visit, form, done=done)


@course_page(Capability.MODERATION)
@require_POST
def drop(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Removes a reply; what it said stands in the form, so that it can be kept after all."""
    try:
        gone = drop_reply(by=request.user, course_key=visit.course_key, number=number)
    except NotAllowedError as error:
        raise PermissionDenied from error
    form = ReplyForm(initial=values_of(gone, again=True) if gone else None)
    done = _("The reply is removed. Its text stands below, if you want to keep it after all.") if gone else ""
    return _page(request, visit, form, done=done or _("This reply was removed before."))


@course_page(Capability.MODERATION)
@require_safe
def words(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """The words of the reply `?canned=` with its names filled for this post, as plain text; why not, with 409."""
    kept = reply_of(visit.course_key, request.GET.get("canned", ""))
    plain = "text/plain; charset=utf-8"
    try:
        said = reply_words(
            by=request.user,
            course_key=visit.course_key,
            ref=ref_from(kind, post_id),
            number=kept.pk if kept else 0,
            now=timezone.now(),
        )
    except DecisionError as error:
        return HttpResponse(str(error), status=409, content_type=plain)
    return HttpResponse(said, content_type=plain)


def _keep(request: HttpRequest, visit: Visit) -> HttpResponse:
    if not may_keep(request.user, visit.course_key):
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form, status=400)
    try:
        keep_reply(by=request.user, course_key=visit.course_key, now=timezone.now(), **form.cleaned_data)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except BadFieldError as error:
        form.add_error(error.field or None, str(error))
        return _page(request, visit, form, status=400 if error.field else 409)
    except (GoneError, ChangedError) as error:
        # Sent again, it becomes a new reply, or takes the place of what the colleague wrote.
        there = reply_of(visit.course_key, request.POST.get("number", ""))
        seen = {"number": str(there.pk), "seen": there.changed_at.isoformat()} if there else {"number": "", "seen": ""}
        form = ReplyForm(request.POST.dict() | seen)
        form.is_valid()
        form.add_error(None, str(error))
        return _page(request, visit, form, status=409)
    response = HttpResponseRedirect(
        reverse("community_dashboard:moderation_replies", args=[str(visit.course_key)]) + "?done=kept"
    )
    response.status_code = 303
    return response


def _page(request: HttpRequest, visit: Visit, form: ReplyForm, *, done: str = "", status: int = 200) -> HttpResponse:
    described(form, first=False)
    changing = reply_of(visit.course_key, str(form["number"].value() or ""))
    kept = canned_replies(visit.course_key)
    names, languages = names_of(reply.author_id for reply in kept if reply.author_id), reply_languages()
    context: dict[str, Any] = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "replies",
        "allowed": may_keep(request.user, visit.course_key),
        "form": form,
        "changing": changing.pk if changing else None,
        "done": done,
        "lines": [
            {
                "reply": reply,
                "language": languages.get(reply.language, reply.language),
                "author": names.get(reply.author_id, "") if reply.author_id else "",
            }
            for reply in kept
        ],
    }
    return render(request, "community_dashboard/moderation/replies.html", context, status=status)
