"""Addresses of an open post and of what is decided about it, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.decisions import views

pages = [
    path("item/<slug:kind>/<slug:post_id>/", views.item, name="moderation_item"),
    path("item/<slug:kind>/<slug:post_id>/decide/", views.decide_item, name="moderation_decide"),
    path("decisions/<int:number>/undo/", views.undo_decision, name="moderation_undo"),
]
api: list = []
