"""Addresses of jobs, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.bulk import views

pages = [
    path("bulk/", views.bulk, name="bulk"),
    path("bulk/<int:job_id>/", views.job, name="bulk_job"),
    path("bulk/<int:job_id>/stop/", views.change_job, {"what": "stop"}, name="stop_bulk_job"),
    path("bulk/<int:job_id>/go-on/", views.change_job, {"what": "go-on"}, name="continue_bulk_job"),
    path("bulk/<int:job_id>/undo/", views.change_job, {"what": "undo"}, name="undo_bulk_job"),
]
