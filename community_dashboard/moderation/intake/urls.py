"""Addresses of what people tell intake, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.intake import views

pages = [path("item/<slug:kind>/<slug:post_id>/urgent/", views.urgent, name="moderation_urgent")]
api: list = []
