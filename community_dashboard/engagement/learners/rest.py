"""The list of learners by REST."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter

from django.conf import settings
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community_dashboard.access.rest import CourseView
from community_dashboard.access.roles import Capability
from community_dashboard.activity.rollup import people
from community_dashboard.engagement.learners.forms import DAMAGED, WishForm
from community_dashboard.engagement.learners.records import READ, cohort_names, record_maker
from community_dashboard.engagement.learners.wishes import find
from referral_xblock.api import seconds_to_wait


class LearnerSerializer(serializers.Serializer):
    """One learner. Shares are of 1, and null where nobody knows."""

    user_id = serializers.IntegerField()
    username = serializers.CharField(allow_null=True, help_text="Null for who may not have names in files.")
    name = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(), allow_null=True)
    cohort = serializers.CharField(allow_blank=True)
    mode = serializers.CharField(allow_blank=True)
    enrolled = serializers.BooleanField()
    team = serializers.BooleanField()
    finished = serializers.BooleanField()
    enrolled_at = serializers.DateTimeField(allow_null=True)
    left_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)
    passed_at = serializers.DateTimeField(allow_null=True)
    certified_at = serializers.DateTimeField(allow_null=True)
    days = serializers.IntegerField(help_text="Days with learning.")
    days_7 = serializers.IntegerField(help_text="Of the last seven days, those with learning.")
    completed = serializers.IntegerField()
    watched = serializers.IntegerField(help_text="About: some may be lost on the way.")
    tried = serializers.IntegerField(help_text="About, as well.")
    opened = serializers.IntegerField(help_text="About, as well.")
    posts = serializers.IntegerField()
    answers = serializers.IntegerField()
    invited = serializers.IntegerField()
    progress = serializers.FloatField(allow_null=True)
    grade = serializers.FloatField(allow_null=True)
    risk = serializers.FloatField(allow_null=True, help_text="Chance of dropping out.")


class LearnersPageSerializer(serializers.Serializer):
    """Some learners, and where the next are."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    results = LearnerSerializer(many=True)


class LearnersView(CourseView):
    """…/learners/"""

    capability = Capability.FILES
    operation = "learners"
    parameters = [
        OpenApiParameter("course", str, OpenApiParameter.PATH, description="Course key, with + or %2B."),
        OpenApiParameter("who", str, enum=["now", "left", "all", "team"]),
        OpenApiParameter("cohort", int, description="Number of a cohort."),
        OpenApiParameter("mode", str, description="Slug of a track."),
        OpenApiParameter("segment", str, description="Key of a segment."),
        OpenApiParameter("tag", str, description="A tag of the team."),
        OpenApiParameter("joined", bool, description="Only who enrolled from “start” to “end”."),
        OpenApiParameter("start", OpenApiTypes.DATE, description="First day (UTC)."),
        OpenApiParameter("end", OpenApiTypes.DATE, description="Last day (UTC), included."),
        OpenApiParameter("sort", str, enum=list(people.SORTS)),
        OpenApiParameter("up", bool, description="The least, or the longest ago, first."),
        OpenApiParameter("after", str, description="From “next”: where the page before ended."),
    ]
    shape = LearnersPageSerializer

    def get(self, request: Request, course: str) -> Response:
        """The same people, order and figures as on the page of learners; 429 for whoever reads too many pages."""
        key, now = self.visit.course_key, timezone.now()
        form = WishForm(request.query_params, course_key=key, now=now)
        if not form.is_valid():
            raise ValidationError(form.errors)
        most, window = settings.COMMUNITY_LEARNER_PAGES_PER_TEN_MINUTES, timedelta(minutes=10)
        if wait := seconds_to_wait("learner-pages", request.user.id, most=most, window=window, now=now):
            raise Throttled(wait=wait)
        wish = form.wish()
        chosen = find(wish, key, now=now).chosen
        try:
            page = people.page(
                key,
                chosen,
                sort=wish.sort,
                descending=not wish.up,
                after=wish.after,
                size=settings.COMMUNITY_PAGE_SIZE,
                now=now,
            )
        except people.BadCursorError as error:
            raise ValidationError({"after": [DAMAGED]}) from error
        identity = Capability.IDENTITY in self.visit.may
        persons = [row.person for row in page.rows]
        make, columns = record_maker(key, persons, cohorts=cohort_names(key), identity=identity), attrgetter(*READ)
        nameless = dict.fromkeys(("username", "name", "email", "tags"))
        results = [nameless | make(columns(row)) | {"user_id": row.person} for row in page.rows]
        query = wish.query(key, after=page.next) if page.next else ""
        answer = {
            "count": people.count(key, chosen, now=now),
            "next": request.build_absolute_uri(f"{request.path}?{query}") if query else None,
            "results": results,
        }
        return Response(LearnersPageSerializer(answer).data)
