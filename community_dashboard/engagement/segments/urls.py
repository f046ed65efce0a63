"""Addresses of segments, below …/learners/."""

from django.urls import URLPattern, path

from community_dashboard.engagement.segments import views

pages = [
    path("segments/", views.segments, name="segments"),
    path("segments/new/", views.new_segment, name="segment_new"),
    path("segments/<slug:segment_key>/", views.segment, name="segment"),
]
api: list[URLPattern] = []
