"""Addresses of the forum, below a course's own."""

from django.urls import path

from demo.campus import converters  # noqa: F401  (makes <course_key:…> known)
from demo.forum import views

app_name = "campus_forum"
urlpatterns = [
    path("courses/<course_key:course_key>/discussion/", views.threads, name="threads"),
    path("courses/<course_key:course_key>/discussion/<int:thread_id>/", views.thread, name="thread"),
    path("courses/<course_key:course_key>/discussion/<kind>/<int:post_id>/report/", views.report, name="report"),
]
