"""Addresses of the list, its files and one learner, below …/learners/, and of the list by REST."""

from django.urls import path

from community_dashboard.engagement.learners import rest, views

pages = [
    path("", views.learners, name="learners"),
    path("search/", views.search, name="learners_search"),
    path("learners.<slug:ending>", views.learners_file, name="learners_file"),
    path("unit/", views.to_unit, name="learners_unit"),
    path("post/<slug:kind>/<slug:post_id>/", views.post, name="learners_post"),
    path("person/<str:person>/", views.learner, name="learner"),
    path("person/<str:person>/notes/", views.note, name="learner_note"),
    path("person/<str:person>/notes/<int:note_id>/remove/", views.unnote, name="learner_unnote"),
    path("person/<str:person>/tags/", views.tag, name="learner_tag"),
    path("person/<str:person>/tags/remove/", views.untag, name="learner_untag"),
]
api = [
    path("courses/<str:course>/learners/", rest.LearnersView.as_view(), name="api_learners"),
]
