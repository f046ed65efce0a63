"""Addresses of the weekly digest: below …/learners/, and below /community/ itself."""

from django.urls import URLPattern, path

from community_dashboard.engagement.digest import views

pages = [path("digest/", views.learner_digest, name="learner_digest")]
site = [path("digest/weekly/<slug:digest_key>/", views.stop_weekly_digest, name="stop_weekly_digest")]
api: list[URLPattern] = []
