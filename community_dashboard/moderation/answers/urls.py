"""Addresses of one reply to many, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.answers import views

pages = [
    path("item/<slug:kind>/<slug:post_id>/same/", views.same, name="moderation_same"),
    path("item/<slug:kind>/<slug:post_id>/same/note.txt", views.note, name="moderation_note"),
]
api: list = []
