"""What the course team opens: the course with all its blocks, and one page per block to see and change it."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey, UsageKey

from demo.courseware import actions, fragments, queries
from demo.courseware.access import may_author, roles_in
from demo.courseware.answering import answer
from demo.courseware.runtime import CourseRuntime
from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host


@require_safe
@never_cache
def course_outline(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """The whole course with its blocks, and the list of blocks that may be added. Five queries."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    _author(request, course_key)
    context = {
        "base_template": get_host().base_template(),
        "course": _course(course_key),
        "chapters": queries.outline(course_key, with_blocks=True),
        "advanced": actions.ADVANCED,
    }
    return render(request, "demo/courseware/studio_outline.html", context)


@require_safe
@never_cache
def block(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """One block: how it looks to its author, and the form that its package brings."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    roles = _author(request, course_key)
    row = queries.block(usage_key)
    if row is None or row.course_key != course_key or row.unit is None:
        raise Http404
    runtime = CourseRuntime(user=request.user, course=_course(course_key), roles=roles, authoring=True)
    xblock = runtime.get_block(usage_key)
    asked = {"csrf_token": get_token(request)}
    preview = xblock.render("author_view" if hasattr(xblock, "author_view") else "student_view", dict(asked))
    editor = xblock.render("studio_view", dict(asked)) if hasattr(xblock, "studio_view") else None
    parts = fragments.take_apart([preview, *([editor] if editor else [])])
    context = {
        "base_template": get_host().base_template(),
        "course": runtime.course,
        "row": row,
        "unit_title": (queries.unit_of(usage_key) or ("", ""))[1],
        "preview": fragments.take_apart([preview]).body,
        "editor": fragments.take_apart([editor]).body if editor else "",
        "parts": parts,
        "scripts": [*(fragments.browser_runtime() if parts.has_script else []), *parts.scripts],
    }
    return render(request, "demo/courseware/studio_block.html", context)


@require_POST
def add(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Puts a block from the advanced list at the end of a unit and opens its page."""
    _author(request, course_key)
    if usage_key.context_key != course_key:
        raise Http404
    try:
        key = actions.add_block(
            unit=usage_key, block_type=request.POST.get("block_type", ""), block_id=secrets.token_hex(16)
        )
    except ValueError as error:
        raise Http404 from error
    return _see("courseware:studio_block", course_key=course_key, usage_key=key)


@require_POST
def delete(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Takes a block out of its unit."""
    _author(request, course_key)
    if usage_key.context_key != course_key or not actions.delete_block(usage_key=usage_key):
        raise Http404
    messages.success(request, _("The block is deleted."))
    return _see("courseware:studio", course_key=course_key)


def handle(
    request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, handler: str, suffix: str = ""
) -> HttpResponse:
    """A handler of a block in Studio, `submit_studio_edits` above all: the one place where settings can be written."""
    roles = _author(request, course_key)
    if usage_key.context_key != course_key:
        raise Http404
    runtime = CourseRuntime(user=request.user, course=_course(course_key), roles=roles, authoring=True)
    return answer(request, runtime, usage_key, handler, suffix)


def _author(request: HttpRequest, course_key: CourseKey) -> frozenset[Role]:
    """The roles of a member of the course team; 403 for everybody else, whether or not there is such a course."""
    roles = roles_in(request.user, course_key)
    if not may_author(roles):
        raise PermissionDenied
    return roles


def _course(course_key: CourseKey) -> Any:
    course = queries.course(course_key)
    if course is None:
        raise Http404
    return course


def _see(name: str, **arguments: Any) -> HttpResponse:
    response = redirect(name, **arguments)
    response.status_code = 303
    return response
