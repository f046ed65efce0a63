"""Addresses of the charts, below …/learners/."""

from django.urls import URLPattern, path

from community_dashboard.engagement.trends import views

pages: list[URLPattern] = [
    path("trends/", views.trends, name="trends"),
    path("trends/<slug:question>/", views.trends, name="trend"),
]
api: list[URLPattern] = []
