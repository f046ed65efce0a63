"""Addresses of kept replies, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.replies import views

pages = [
    path("replies/", views.replies, name="moderation_replies"),
    path("replies/<int:number>/drop/", views.drop, name="moderation_drop_reply"),
    path("item/<slug:kind>/<slug:post_id>/words/", views.words, name="moderation_reply_words"),
]
