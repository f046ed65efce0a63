"""The address of the team's weeks, below …/learners/."""

from django.urls import URLPattern, path

from community_dashboard.engagement.presence import views

pages = [path("presence/", views.presence, name="presence")]
api: list[URLPattern] = []
