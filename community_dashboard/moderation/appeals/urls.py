"""Addresses of appeals: below …/moderation/, and the author's own below /community/."""

from django.urls import path

from community_dashboard.moderation.appeals import views

pages = [
    path("appeals/", views.appeals, name="moderation_appeals"),
    path("appeals/<int:appeal_id>/", views.rule, name="moderation_rule"),
]
own = [path("me/appeals/<str:course>/<int:decision_id>/", views.my_appeal, name="my_appeal")]
api: list = []
