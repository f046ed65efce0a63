"""Gathers the addresses of engagement's folders: `pages` below …/courses/<course_key>/learners/, `api` below /api/v1/."""

from django.urls import URLPattern

from community_dashboard.engagement.digest import urls as digest
from community_dashboard.engagement.learners import urls as learners
from community_dashboard.engagement.presence import urls as presence
from community_dashboard.engagement.risk import urls as risk
from community_dashboard.engagement.segments import urls as segments
from community_dashboard.engagement.trends import urls as trends

# One line for each folder.
pages: list[URLPattern] = [*digest.pages, *learners.pages, *presence.pages, *risk.pages, *segments.pages, *trends.pages]
api: list[URLPattern] = [*learners.api]
# Addresses below /community/ itself.
site: list[URLPattern] = [*digest.site]
