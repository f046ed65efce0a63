"""The address of the phone page, below …/moderation/."""

from django.urls import path

from community_dashboard.moderation.phone import views

pages = [path("phone/", views.phone, name="moderation_phone")]
