"""Calls a block's handler with a Django request and answers with what it says, as the LMS does."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from opaque_keys.edx.keys import UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import InvalidScopeError, NoSuchHandlerError, NoSuchUsage

from demo.courseware.runtime import CourseRuntime

log = logging.getLogger(__name__)


def answer(
    request: HttpRequest, runtime: CourseRuntime, usage_key: UsageKey, handler: str, suffix: str
) -> HttpResponse:
    """The handler's response. Http404 if there is no such block or handler; 403 if it would write what it may not."""
    try:
        block = runtime.get_block(usage_key)
        response = block.handle(handler, django_to_webob_request(request), suffix)
    except (NoSuchUsage, NoSuchHandlerError) as error:
        raise Http404 from error
    except InvalidScopeError:
        log.warning("Handler %s of %s tried to write what only Studio may write", handler, usage_key)
        return HttpResponse(status=403)
    return webob_to_django_response(response)
