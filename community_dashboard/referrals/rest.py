"""The figures of the growth page by REST."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community_dashboard.access.rest import CourseView, SignedInView
from community_dashboard.access.roles import Capability
from community_dashboard.referrals import lists
from community_dashboard.referrals import serializers as shapes
from community_dashboard.referrals.forms import Filter, FilterForm, PeriodForm
from referral_xblock.api import Status, funnel, growth_summary

COURSE = OpenApiParameter("course", str, OpenApiParameter.PATH, description="Course key, with + or %2B.")
PERIOD = [
    COURSE,
    OpenApiParameter("start", OpenApiTypes.DATE, description="First day (UTC)."),
    OpenApiParameter("end", OpenApiTypes.DATE, description="Last day (UTC), included."),
]
FILTER = [
    *PERIOD,
    OpenApiParameter("network", str, description="Slug of a network or channel."),
    OpenApiParameter("placement", str, description="Usage key of a block, or “course” for the course as a whole."),
    OpenApiParameter("week", str, description="ISO week, such as 2026-W09."),
]


def _checked(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise ValidationError(form.errors)
    return form.cleaned_data


def _usernames(view: CourseView, name: str, rows: list[Any]) -> dict[int, str]:
    if Capability.IDENTITY not in view.visit.may:
        return {}
    return {person.id: person.username for person in lists.people_of(name, rows).values()}


def _next(request: Request, following: dict[str, int]) -> str | None:
    if not following:
        return None
    query = request.query_params.copy()
    for name, value in following.items():
        query[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class FunnelView(CourseView):
    """…/growth/funnel/"""

    capability = Capability.GROWTH
    operation = "growth_funnel"
    parameters = PERIOD
    shape = shapes.FunnelSerializer

    def get(self, request: Request, course: str) -> Response:
        """People per stage, and by network, placement and week."""
        period = _checked(PeriodForm(request.query_params))
        return Response(shapes.FunnelSerializer(funnel(self.visit.course_key, **period)).data)


class SummaryView(CourseView):
    """…/growth/summary/"""

    capability = Capability.GROWTH
    operation = "growth_summary"
    parameters = PERIOD
    shape = shapes.SummarySerializer

    def get(self, request: Request, course: str) -> Response:
        """The k-factor and the enrolments that would not have come, each with its interval."""
        period = _checked(PeriodForm(request.query_params))
        return Response(shapes.SummarySerializer(growth_summary(self.visit.course_key, **period)).data)


class AdvocatesView(CourseView):
    """…/growth/advocates/"""

    capability = Capability.GROWTH
    operation = "growth_advocates"
    parameters = [*FILTER, OpenApiParameter("page", int)]
    shape = shapes.AdvocatesPageSerializer

    def get(self, request: Request, course: str) -> Response:
        """Who brought the most."""
        chosen = Filter(**_checked(FilterForm(request.query_params, course_key=self.visit.course_key)))
        rows, following = lists.page(self.visit.course_key, "advocates", chosen, limit=settings.COMMUNITY_PAGE_SIZE)
        names = _usernames(self, "advocates", rows)
        results = [{**asdict(row), "username": names.get(row.inviter_id)} for row in rows]
        answer = {"next": _next(request, following), "results": results}
        return Response(shapes.AdvocatesPageSerializer(answer).data)


class JourneysView(CourseView):
    """…/growth/journeys/"""

    capability = Capability.GROWTH
    operation = "growth_journeys"
    parameters = [
        *FILTER,
        OpenApiParameter("stage", str, enum=shapes.STAGES, description="Of credited journeys; enrolled if not given."),
        OpenApiParameter("status", str, enum=[status.value for status in Status]),
        OpenApiParameter("reason", str),
        OpenApiParameter("after", int, description="Number of the last journey of the page before."),
    ]
    shape = shapes.JourneysPageSerializer

    def get(self, request: Request, course: str) -> Response:
        """Invited people, newest first."""
        chosen = Filter(**_checked(FilterForm(request.query_params, course_key=self.visit.course_key)))
        name = self._list(request)
        rows, following = lists.page(self.visit.course_key, name, chosen, limit=settings.COMMUNITY_PAGE_SIZE)
        names = _usernames(self, name, rows)
        results = [
            {**asdict(r), "username": names.get(r.user_id), "inviter_username": names.get(r.inviter_id)} for r in rows
        ]
        answer = {"next": _next(request, following), "results": results}
        return Response(shapes.JourneysPageSerializer(answer).data)

    @staticmethod
    def _list(request: Request) -> str:
        """The list that stage and status name."""
        stage, status = request.query_params.get("stage", "enrolled"), request.query_params.get("status", "credited")
        if stage not in shapes.STAGES:
            raise ValidationError({"stage": [f"One of {', '.join(shapes.STAGES)}."]})
        named = {"credited": stage, "held": "held", "not_credited": "not-credited"}
        if status not in named:
            raise ValidationError({"status": [f"One of {', '.join(named)}."]})
        return named[status]


class SchemaView(SignedInView):
    """/community/api/v1/schema/: the OpenAPI document of these addresses alone."""

    schema = None  # does not describe itself
    documented: Sequence[Any] = ()  # the addresses

    def get(self, request: Request) -> Response:
        """The document."""
        document = SchemaGenerator(patterns=list(self.documented)).get_schema(request=request, public=True)
        document["info"] = {"title": "Community and growth", "version": "1"}
        return Response(document)
