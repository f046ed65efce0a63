"""What learners open: units, the handlers of their blocks, the files that blocks and courses bring."""

from __future__ import annotations

import mimetypes
import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.exceptions import DisallowedFileError
from xblock.plugin import PluginMissingError

from demo.courseware import actions, fragments, queries
from demo.courseware.access import may_author, may_learn, roles_in
from demo.courseware.answering import answer
from demo.courseware.runtime import CourseRuntime
from referral_xblock.host.chosen import get_host

INLINE_NAME = re.compile(r"[0-9a-f]{32}\.(js|css)")
# A drawing may hold a script; opened on its own, it must not run here.
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@never_cache
def unit(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """A unit with its blocks. Who may not learn here is shown the course's about page instead, as by the LMS.

    About nine queries and what the blocks ask themselves.
    """
    course = _course(course_key, usage_key)
    place = queries.place(usage_key)
    if place is None:
        raise Http404
    roles = roles_in(request.user, course_key)
    if not may_learn(roles):
        return redirect("campus:course_about", course_key=course_key)
    runtime = CourseRuntime(user=request.user, course=course, roles=roles)
    runtime.tell_opened(usage_key)
    blocks = queries.blocks_of(usage_key)
    runtime.preload([place.unit, *blocks])
    rendered = runtime.get_block(usage_key).render("student_view", {"csrf_token": get_token(request)})
    parts = fragments.take_apart([rendered])
    context = {
        "base_template": get_host().base_template(),
        "course": course,
        "place": place,
        "parts": parts,
        "scripts": [*(fragments.browser_runtime() if parts.has_script else []), *parts.scripts],
        "may_author": may_author(roles),
        "to_read": any(block.completable and block.block_type in ("html", "video") for block in blocks),
    }
    return render(request, "demo/courseware/unit.html", context)


@require_POST
def read(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """“I have read this”: completes the texts and films of the unit for the learner who says so."""
    runtime = _learning_runtime(request, course_key, usage_key)
    blocks = queries.blocks_of(usage_key)
    runtime.preload(blocks)
    if not actions.mark_as_read(runtime=runtime, blocks=blocks):
        raise Http404
    messages.success(request, _("This unit is marked as read."))
    response = redirect("courseware:unit", course_key=course_key, usage_key=usage_key)
    response.status_code = 303
    return response


def handle(
    request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, handler: str, suffix: str = ""
) -> HttpResponse:
    """A handler for the learner who is signed in, and for nobody else; forms and scripts send the CSRF token."""
    return answer(request, _learning_runtime(request, course_key, usage_key), usage_key, handler, suffix)


@csrf_exempt
def handle_noauth(
    request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, handler: str, suffix: str = ""
) -> HttpResponse:
    """A handler for third parties: as nobody, whoever's cookies come along."""
    course = _course(course_key, usage_key)
    runtime = CourseRuntime(user=AnonymousUser(), course=course, roles=frozenset())
    return answer(request, runtime, usage_key, handler, suffix)


@require_safe
@cache_control(max_age=3600)
def resource(request: HttpRequest, block_type: str, uri: str) -> HttpResponse | FileResponse:
    """A file from the public folder of the package that brings a block, and from nowhere else."""
    try:
        opened = XBlock.load_class(block_type).open_local_resource(uri)
    except (PluginMissingError, DisallowedFileError, OSError, ValueError) as error:
        raise Http404 from error
    return _inert(FileResponse(opened, content_type=mimetypes.guess_type(uri)[0] or "application/octet-stream"))


@require_safe
@cache_control(max_age=31_536_000, immutable=True)
def inline(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A script or style that a block brought as text, under the hash of its content."""
    opened = fragments.inline_file(name) if INLINE_NAME.fullmatch(name) else None
    if opened is None:
        raise Http404
    return FileResponse(opened, content_type="text/css" if name.endswith(".css") else "text/javascript")


@require_safe
@cache_control(private=True, max_age=3600)
def file(request: HttpRequest, course_key: CourseKey, name: str) -> HttpResponse:
    """A picture that came with the course, for whoever may learn in it, or for everybody if the course is public."""
    course = queries.course(course_key)
    if course is None or not (course.open_to_public or may_learn(roles_in(request.user, course_key))):
        raise Http404
    found = queries.stored_file(course, name)
    if found is None:
        raise Http404
    return _inert(HttpResponse(found[0], content_type=found[1]))


def _course(course_key: CourseKey, usage_key: UsageKey) -> Any:
    course = queries.course(course_key) if usage_key.context_key == course_key else None
    if course is None:
        raise Http404
    return course


def _learning_runtime(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> CourseRuntime:
    """The runtime for a learner; 403 for everybody else, whether or not there is such a course."""
    roles = roles_in(request.user, course_key)
    if not may_learn(roles):
        raise PermissionDenied
    return CourseRuntime(user=request.user, course=_course(course_key, usage_key), roles=roles)


def _inert(response: Any) -> Any:
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
