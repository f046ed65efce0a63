"""Addresses of the log, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.log import views

pages = [
    path("log/", views.log, name="moderation_log"),
    path("log/log.csv", views.log_file, name="moderation_log_file"),
    path("log/<int:decision_id>/undo/", views.undo_logged, name="moderation_log_undo"),
    path("log/<int:decision_id>/lift/", views.lift, name="moderation_log_lift"),
]
api: list = []
