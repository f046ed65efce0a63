"""Gathers the dashboard's addresses; the platform puts them below /community/."""

from django.urls import include, path

from community_dashboard.engagement import urls as engagement
from community_dashboard.moderation import urls as moderation
from community_dashboard.overview.views import overview
from community_dashboard.referrals import urls as growth
from community_dashboard.referrals.rest import SchemaView

app_name = "community_dashboard"
# What the OpenAPI document describes.
documented = [path("community/api/v1/", include([*growth.api, *engagement.api]))]

urlpatterns = [
    path("courses/<str:course>/", overview, name="overview"),
    path("courses/<str:course>/moderation/", include(moderation.pages)),
    path("", include(moderation.own)),
    path("", include(engagement.site)),
    path("courses/<str:course>/growth/", include(growth.pages)),
    path("courses/<str:course>/learners/", include(engagement.pages)),
    path("api/v1/", include(growth.api)),
    path("api/v1/", include(moderation.api)),
    path("api/v1/", include(engagement.api)),
    path("api/v1/schema/", SchemaView.as_view(documented=documented), name="schema"),
]
