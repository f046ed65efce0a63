"""The gate before the forum: a silenced or banned author's post is refused with until when and why.

It stands at the two ways in which people write: as a middleware before the platform's discussion API and its old pages, and as
a rule of `host.forum_rules`, which both hosts ask before they start a thread or reply in somebody's name. The setting
COMMUNITY_POSTING_GATE takes both away; what is posted then is found by `intake` and held.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import NotAllowedError
from community_dashboard.moderation.sanctions.posting import Call, Place, find_call, place_of
from community_dashboard.moderation.sanctions.queries import Sanctioned, sanction_on, sanctions_now
from community_dashboard.moderation.sanctions.words import refusal_of

UNREADABLE = (ValueError, RecursionError, BadRequest, RequestDataTooBig, RawPostDataException, UnreadablePostError)


class PostingGate:
    """The middleware. A request that is no post costs two comparisons of texts and no query; a post one query.

    It works once the view is known, so that whoever has no session (the mobile apps, programs) is recognised as the view itself
    would do it. Only of somebody who is sanctioned anywhere is the request read, and its course looked up (two queries).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.COMMUNITY_POSTING_GATE:
            raise MiddlewareNotUsed("COMMUNITY_POSTING_GATE is off.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """None lets the request through."""
        call = find_call(request.method or "", request.path_info)
        if call is None:
            return None
        sanctions = sanctions_now(_account(request, view), timezone.now())
        if not sanctions:
            return None
        place = place_of(call, {} if call.old else _fields(request))
        sanction = _found(place, sanctions) if place else None
        return _refused(call, sanction) if sanction else None


def refuse_sanctioned(by: Any, course_key: CourseKey) -> None:
    """The rule for the host: raises NotAllowedError with the sentence. One query."""
    if settings.COMMUNITY_POSTING_GATE and by.is_authenticated:
        sanction = sanction_on(by.id, course_key, timezone.now())
        if sanction is not None:
            raise NotAllowedError(refusal_of(sanction))


def _account(request: HttpRequest, view: Callable[..., Any]) -> int | None:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return user.id
    ways = getattr(getattr(view, "cls", None), "authentication_classes", ())
    if "HTTP_AUTHORIZATION" not in request.META or not ways:
        return None
    try:
        found = Request(request, authenticators=[way() for way in ways]).user
    except APIException:  # the view will say so
        return None
    return found.id if found.is_authenticated else None


def _fields(request: HttpRequest) -> Mapping[str, Any]:
    """What a request to the discussion API says; nothing if it is not what that API reads, which then refuses it itself."""
    try:
        found = json.loads(request.body.decode(request.encoding or settings.DEFAULT_CHARSET))
    except UNREADABLE:
        return {}
    return found if isinstance(found, dict) else {}


def _found(place: Place, sanctions: Mapping[CourseKey, Sanctioned]) -> Sanctioned | None:
    if place.course:
        named: str | None = place.course
    else:
        store = next(iter(sanctions))
        named = get_host().course_of_post(PostRef(PostKind(place.kind), place.id), store)
    try:
        return sanctions.get(CourseKey.from_string(named)) if named else None
    except InvalidKeyError:
        return None


def _refused(call: Call, sanction: Sanctioned) -> JsonResponse:
    """In the shape that the caller shows: `errors` with 400 on the old pages, the discussion API's own with 403 elsewhere."""
    sentence = refusal_of(sanction)
    if call.old:
        return JsonResponse({"errors": [sentence]}, status=400)
    return JsonResponse({"developer_message": sentence, "error_code": "sanctioned_by_moderators"}, status=403)
