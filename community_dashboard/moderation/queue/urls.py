"""Addresses of the list. The course stands in an address as `<str:course>`; the door of each page reads it."""

from django.urls import path

from community_dashboard.moderation.queue import views

pages = [
    path("", views.queue, name="moderation"),
    path("item/<slug:kind>/<slug:post_id>/hold/", views.hold, name="moderation_hold"),
    path("filling/", views.filling, name="moderation_filling"),
    path("news/", views.news, name="moderation_news"),
    path("let-go/", views.let_go, name="moderation_let_go"),
    path("filters/", views.keep_filter, name="moderation_keep_filter"),
    path("filters/<int:number>/remove/", views.remove_filter, name="moderation_remove_filter"),
    path("keys/", views.keep_keys, name="moderation_keep_keys"),
]
api: list = []
