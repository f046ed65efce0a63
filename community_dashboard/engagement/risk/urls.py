"""Addresses of the people at risk, below …/learners/."""

from django.urls import URLPattern, path

from community_dashboard.engagement.risk import views

pages = [
    path("risk/", views.risk, name="risk"),
    path("risk/model/", views.model, name="risk_model"),
    path("risk/settings/", views.settings, name="risk_settings"),
]
api: list[URLPattern] = []
