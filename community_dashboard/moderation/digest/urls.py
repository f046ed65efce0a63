"""The address that stops a digest, below /community/."""

from django.urls import path

from community_dashboard.moderation.digest import views

site = [path("digest/<slug:key>/", views.stop_digest, name="stop_digest")]
