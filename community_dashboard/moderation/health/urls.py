"""Addresses of the health page, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.health import views

pages = [
    path("health/", views.health, name="moderation_health"),
    path("health/targets/", views.targets, name="moderation_targets"),
]
