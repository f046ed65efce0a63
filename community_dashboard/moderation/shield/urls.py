"""Addresses of the rules, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.shield import views

pages = [path("rules/", views.rules, name="moderation_rules")]
