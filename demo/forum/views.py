"""The forum of a course as its learners see it: read, ask, answer and report. In the LMS that is the discussions MFE."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.errors import ForumError, GoneError
from demo.campus.addresses import with_wish
from demo.campus.queries import roles
from demo.courseware.queries import course as find_course
from demo.forum.forms import AnswerForm, ThreadForm
from demo.forum.queries import threads_for

PAGE_SIZE = 25
View = Callable[..., HttpResponse]


def for_learners(view: View) -> View:
    """Hands the host and the course on to those who are in the course; visitors sign in, others find nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, course_key: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(with_wish("campus:login", {"next": request.path}))
        course = find_course(course_key)
        if course is None or not roles(request.user, course_key):
            raise Http404
        return view(request, course, **named)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def threads(request: HttpRequest, course: Any) -> HttpResponse:
    """The newest threads, and the form for another."""
    host = _host()
    form = ThreadForm(request.POST or None, topics=host.topics(course.course_key), initial={"topic": "course"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = host.start_thread(
                by=request.user,
                course_key=course.course_key,
                topic_id=said["topic"],
                title=said["title"],
                body=said["body"],
                thread_type=said["kind"],
            )
        except ForumError as error:
            form.add_error(None, str(error.sentence))
        else:
            return redirect("campus_forum:thread", course_key=course.course_key, thread_id=made.thread_id)
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
    found, more = threads_for(request.user, course.course_key, page=number, size=PAGE_SIZE)
    context = {"course": course, "threads": found, "page": number, "more": more, "form": form}
    return render(request, "demo/forum/threads.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def thread(request: HttpRequest, course: Any, thread_id: int) -> HttpResponse:
    """One thread with its answers, and the form for another."""
    host, ref = _host(), PostRef(PostKind.THREAD, str(thread_id))
    form = AnswerForm(request.POST or None)
    named = {"by": request.user, "course_key": course.course_key}
    try:
        if request.method == "POST" and form.is_valid():
            try:
                host.reply(thread_id=ref.id, body=form.cleaned_data["body"], **named)
            except GoneError:
                raise
            except ForumError as error:
                form.add_error(None, str(error.sentence))
            else:
                return redirect(request.path)
        asked = host.read_post(ref=ref, **named)
        answers = host.list_comments(thread_id=ref.id, page_size=100, **named).posts
        replies = [
            reply
            for answer in answers
            if answer.comments
            for reply in host.list_comments(thread_id=ref.id, parent_id=answer.ref.id, page_size=100, **named).posts
        ]
    except ForumError as error:
        raise Http404 from error
    below = [(answer, [reply for reply in replies if reply.parent_id == answer.ref.id]) for answer in answers]
    context = {"course": course, "thread": asked, "answers": below, "form": form}
    return render(request, "demo/forum/thread.html", context, status=400 if form.errors else 200)


@require_POST
@for_learners
def report(request: HttpRequest, course: Any, kind: str, post_id: int) -> HttpResponse:
    """Tells the moderators of a post."""
    if kind not in {one.value for one in PostKind}:
        raise Http404
    ref = PostRef(PostKind(kind), str(post_id))
    try:
        post = _host().flag_post(by=request.user, course_key=course.course_key, ref=ref)
    except ForumError as error:
        raise Http404 from error
    messages.success(request, _("The moderators will look at it. Thank you."))
    return redirect("campus_forum:thread", course_key=course.course_key, thread_id=post.thread_id)


def _host() -> Any:
    from community_dashboard.host.chosen import get_host

    return get_host()
