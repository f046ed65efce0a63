"""…/moderation/item/…/same/: who asks the same, one reply to all of them, and the draft of a note for the unit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.moderation.answers.actions import Outcome, answer_all
from community_dashboard.moderation.answers.forms import AnswerForm
from community_dashboard.moderation.answers.index import progress_in
from community_dashboard.moderation.answers.likeness import Question
from community_dashboard.moderation.answers.notes import Note, draft_note
from community_dashboard.moderation.answers.queries import Same, answer_text, find_same
from community_dashboard.moderation.answers.tasks import send_index
from community_dashboard.moderation.answers.words import note_words
from community_dashboard.moderation.queue.reach import reach_of
from community_dashboard.moderation.queue.views import ref_from
from referral_xblock.api import get_host

PAGE = "community_dashboard/moderation/same.html"


@course_page(Capability.MODERATION)
@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """GET shows who would be answered; POST answers the ticked and says of each what became of it."""
    if request.method != "POST":
        return _page(request, visit, kind, post_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, kind, post_id, form=form)
    outcomes = answer_all(
        by=request.user,
        course_key=visit.course_key,
        refs=form.cleaned_data["post"],
        body=form.cleaned_data["body"],
        seen_at=form.cleaned_data["seen"],
        now=timezone.now(),
    )
    return _page(request, visit, kind, post_id, form=form, outcomes=outcomes)


@course_page(Capability.MODERATION)
@require_safe
def note(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """The draft as a file of plain text."""
    found = _find(request, visit, kind, post_id)
    text = note_words(_note(found, _chosen_answer(request, visit)), _unit(visit, found.post))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="note.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _find(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> Same:
    reach = reach_of(request.user, visit.course_key)
    found = find_same(visit.course_key, ref_from(kind, post_id), reach=reach)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    visit: Visit,
    kind: str,
    post_id: str,
    *,
    form: AnswerForm | None = None,
    outcomes: list[Outcome] | None = None,
) -> HttpResponse:
    if not (progress := progress_in(visit.course_key)).finished:
        send_index(visit.course_key)
        progress = progress_in(visit.course_key)
    found = _find(request, visit, kind, post_id)
    answer = form.data.get("body", "") if form else _chosen_answer(request, visit)
    comment = next((one.comment_id for one in outcomes or () if one.comment_id), request.GET.get("answer", ""))
    context: dict[str, Any] = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "queue",
        "kind": kind,
        "post_id": post_id,
        "found": found,
        "answer": answer,
        "ticked": form.data.getlist("post") if form else None,
        "wrong": [error for errors in form.errors.values() for error in errors] if form and not outcomes else [],
        "outcomes": outcomes,
        "done": sum(one.answered for one in outcomes or ()),
        "acts": reach_of(request.user, visit.course_key).acts,
        "progress": progress,
        "now": timezone.now(),
        "note": note_words(_note(found, answer, outcomes), _unit(visit, found.post)),
        "comment": comment,
    }
    return render(request, PAGE, context, status=400 if context["wrong"] else 200)


def _chosen_answer(request: HttpRequest, visit: Visit) -> str:
    chosen = request.GET.get("answer", "")
    return answer_text(visit.course_key, chosen) if 0 < len(chosen) <= 64 else ""


def _note(found: Same, answer: str, outcomes: list[Outcome] | None = None) -> Note:
    rows = [found.post, *(one.row for one in [*found.open, *found.answered])]
    known = {row.pk for row in rows}
    rows += [one.row for one in outcomes or () if one.answered and one.row.pk not in known]
    return draft_note([Question(row.title, row.excerpt) for row in rows], answer)


def _unit(visit: Visit, post: Any) -> str:
    """The name of the topic in which the post stands; "" where the forum has none."""
    return next((topic.title for topic in get_forum_host().topics(visit.course_key) if topic.id == post.topic_id), "")
