"""…/learners/: the list, its files, and one learner with the team's notes and tags."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from community_dashboard.access.csv_files import attachment
from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.sealing import opened
from community_dashboard.access.visits import Visit
from community_dashboard.activity.rollup.people import BadCursorError
from community_dashboard.data import PostKind, PostRef
from community_dashboard.engagement.learners import actions
from community_dashboard.engagement.learners.errors import LearnerError, NotInCourseError
from community_dashboard.engagement.learners.exports import FORMATS, file_name
from community_dashboard.engagement.learners.forms import DAMAGED, NoteForm, SearchForm, TagForm, WishForm
from community_dashboard.engagement.learners.one import learner_page, learner_url
from community_dashboard.engagement.learners.page import has_spreadsheets, list_page
from community_dashboard.engagement.learners.posts import post_for
from community_dashboard.engagement.learners.records import records
from community_dashboard.engagement.learners.timeline import older_from
from community_dashboard.host.errors import ForumError
from referral_xblock.api import get_host, seconds_to_wait

DONE = {
    "noted": lambda: _("The note is kept. It stands in the learner’s own data too."),
    "unnoted": lambda: _("The note is removed."),
    "tagged": lambda: _("The tag is given."),
    "untagged": lambda: _("The tag is taken away."),
}


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    where = {"base_template": get_host().base_template(), "visit": visit, "key": str(visit.course_key)}
    return where | {"here": "learners", "at": "learners"} | more


@course_page(Capability.LEARNERS)
@require_safe
def learners(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list of a course's learners."""
    now = timezone.now()
    form = WishForm(request.GET, course_key=visit.course_key, now=now)
    page, wish, stray = None, None, form.stray_errors
    if form.is_valid():
        wish = form.wish()
        try:
            page = list_page(visit.course_key, wish, now=now)
        except BadCursorError:
            stray = [str(DAMAGED)]
    context = _context(
        visit,
        form=form,
        page=page,
        wish=wish,
        stray=stray,
        may_files=Capability.FILES in visit.may,
        may_identity=Capability.IDENTITY in visit.may,
        spreadsheets=has_spreadsheets(),
    )
    return render(request, "community_dashboard/engagement/learners.html", context, status=200 if page else 400)


@course_page(Capability.LEARNERS)
@require_POST
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Leads to the list of those whose username, address or name begins with a text."""
    form = SearchForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    before = WishForm(QueryDict(form.cleaned_data.get("query", "")), course_key=visit.course_key)
    if not before.is_valid():
        before = WishForm(QueryDict(), course_key=visit.course_key)
        before.is_valid()
    query = replace(before.wish(), search=text, after=None).query(visit.course_key)
    path = reverse("community_dashboard:learners", args=[str(visit.course_key)])
    return _to(f"{path}?{query}" if query else path)


@course_page(Capability.FILES)
@require_safe
def learners_file(request: HttpRequest, visit: Visit, ending: str) -> HttpResponseBase:
    """The same people as a file, with names for those who may have them; 429 for whoever saves too many."""
    if ending not in FORMATS or (ending == "xlsx" and not has_spreadsheets()):
        raise Http404
    now = timezone.now()
    form = WishForm(request.GET, course_key=visit.course_key, now=now)
    if not form.is_valid():
        words = "\n".join(error for errors in form.errors.values() for error in errors)
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    most, window = settings.COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES, timedelta(minutes=10)
    if wait := seconds_to_wait("learner-files", request.user.id, most=most, window=window, now=now):
        return _too_many(wait)
    wish, identity, kind = form.wish(), Capability.IDENTITY in visit.may, FORMATS[ending]
    lists = records(visit.course_key, wish, identity=identity, secret=secrets.token_bytes(32), now=now)
    return attachment(
        kind.write(lists, identity=identity),
        name=file_name(visit.course_key, wish, kind.ending),
        content_type=kind.content_type,
    )


def _too_many(wait: int) -> HttpResponse:
    words = ngettext(
        "You have saved many files in a short time. Please try again in %(number)s minute.",
        "You have saved many files in a short time. Please try again in %(number)s minutes.",
        minutes := -(-wait // 60),
    ) % {"number": minutes}
    headers = {"Retry-After": str(wait)}
    return HttpResponse(words, status=429, content_type="text/plain; charset=utf-8", headers=headers)


@course_page(Capability.LEARNERS)
@require_safe
def to_unit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Leads to the unit of a block of this course."""
    try:
        block = UsageKey.from_string(request.GET.get("block", ""))
    except InvalidKeyError as error:
        raise Http404 from error
    unit = get_host().unit(block.map_into_course(visit.course_key))
    if unit is None:
        raise Http404
    return HttpResponseRedirect(unit.url)


@course_page(Capability.LEARNERS)
@require_safe
def post(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """One post of the course's forum, as its reader may see it there."""
    if kind not in set(PostKind) or len(post_id) > 64:
        raise Http404
    context, status = _context(visit), 200
    try:
        context["post"] = post_for(request.user, visit.course_key, PostRef(PostKind(kind), post_id))
    except ForumError as error:
        context["sentence"], status = str(error), 404
    return render(request, "community_dashboard/engagement/post.html", context, status=status)


@course_page(Capability.LEARNERS)
@require_safe
def learner(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """One learner."""
    return _one(request, visit, person)


@course_page(Capability.LEARNERS)
@require_POST
def note(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """Keeps a note."""
    form = NoteForm(request.POST)
    return _act(request, visit, person, "noted", actions.add_note, form, part="notes")


@course_page(Capability.LEARNERS)
@require_POST
def unnote(request: HttpRequest, visit: Visit, person: str, note_id: int) -> HttpResponse:
    """Deletes a note."""
    return _act(request, visit, person, "unnoted", actions.remove_note, part="notes", note_id=note_id)


@course_page(Capability.LEARNERS)
@require_POST
def tag(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """Gives a tag."""
    return _act(request, visit, person, "tagged", actions.add_tag, TagForm(request.POST), part="tags")


@course_page(Capability.LEARNERS)
@require_POST
def untag(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """Takes a tag away."""
    return _act(request, visit, person, "untagged", actions.remove_tag, TagForm(request.POST), part="tags")


def _act(
    request: HttpRequest,
    visit: Visit,
    person: str,
    done: str,
    action: Any,
    form: forms.Form | None = None,
    *,
    part: str,
    **values: Any,
) -> HttpResponse:
    """Does one of the acts of the page and goes back to it, or shows what is wrong."""
    user_id = _opened(person, visit)
    if user_id is None:
        return _nobody(request, visit)
    if form is not None:
        if not form.is_valid():
            return _one(request, visit, person, wrong={part: form}, status=400)
        values |= form.cleaned_data
    try:
        action(by=request.user, course_key=visit.course_key, user_id=user_id, now=timezone.now(), **values)
    except NotInCourseError:
        return _nobody(request, visit)
    except LearnerError as error:
        if form is not None:
            form.add_error(None, str(error))
        return _one(request, visit, person, wrong={part: form}, status=400)
    return _to(learner_url(visit.course_key, person, f"?done={done}#{part}"))


def _one(
    request: HttpRequest,
    visit: Visit,
    person: str,
    *,
    wrong: dict[str, forms.Form | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    user_id = _opened(person, visit)
    try:
        older = older_from(request.GET.get("older", ""))
    except ValueError:
        older, status = None, 400
    page = None if user_id is None else learner_page(visit, user_id, older=older, now=timezone.now())
    if page is None:
        return _nobody(request, visit)
    done = DONE.get(request.GET.get("done", ""))
    context = _context(
        visit,
        page=page,
        person=person,
        older=older,
        stray=str(DAMAGED) if status == 400 and wrong is None else "",
        note_form=(wrong or {}).get("notes") or NoteForm(),
        tag_form=(wrong or {}).get("tags") or TagForm(),
        done=done() if done else "",
    )
    return render(request, "community_dashboard/engagement/learner.html", context, status=status)


def _nobody(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "community_dashboard/engagement/nobody.html", _context(visit), status=404)


def _opened(person: str, visit: Visit) -> int | None:
    try:
        return opened(person, visit.course_key)
    except ValueError:
        return None


def _to(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
