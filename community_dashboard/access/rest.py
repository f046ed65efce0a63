"""The same door for REST: 401 for who is not signed in, 403 for who may not, by session or JWT."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import NoCourseError, RefusedError, Visit, enter

try:
    from edx_rest_framework_extensions.auth.jwt.authentication import JwtAuthentication
except ImportError:
    JwtAuthentication = None


class BySession(SessionAuthentication):
    """The session of the site. Names itself in the answer, so that DRF says 401 and not 403 to who is not signed in."""

    def authenticate_header(self, request: Request) -> str:
        """What stands in WWW-Authenticate."""
        return "Session"


AUTHENTICATION: list[type[BaseAuthentication]] = [way for way in (JwtAuthentication, BySession) if way is not None]


class Description(AutoSchema):
    """What the OpenAPI document says of a view, from the view's own attributes.

    drf-spectacular's decorator would take the site's DEFAULT_SCHEMA_CLASS, which need not be drf-spectacular's.
    """

    def get_operation_id(self) -> str:
        """The view's `operation`."""
        return self.view.operation

    def get_override_parameters(self) -> list[Any]:
        """The view's `parameters`."""
        return self.view.parameters

    def get_response_serializers(self) -> type[Serializer]:
        """The view's `shape`."""
        return self.view.shape


class SignedInView(APIView):
    """Answers in JSON to whoever is signed in. Everything is said here, whatever the site's own REST settings are."""

    authentication_classes = AUTHENTICATION
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]
    schema: Description | None = Description()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing of it stays in a cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class CourseView(SignedInView):
    """Answers in one course to those who have `capability`; `self.visit` is known in the handlers."""

    capability: Capability
    operation: str
    parameters: list[OpenApiParameter]
    shape: type[Serializer]
    visit: Visit

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Checks the right; the answer is the same whether or not the course exists."""
        super().initial(request, *args, **kwargs)
        try:
            self.visit = enter(request.user, kwargs["course"], self.capability)
        except RefusedError as error:
            raise PermissionDenied from error
        except NoCourseError as error:
            raise NotFound from error
