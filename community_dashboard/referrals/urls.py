"""Addresses of growth. The course stands in an address as `<str:course>`; the door of each page reads it."""

from django.urls import path

from community_dashboard.referrals import rest
from community_dashboard.referrals.views import growth, review, rewards, settings, teams

pages = [
    path("", growth.growth, name="growth"),
    path("lists/<slug:name>/", growth.list_page, name="list"),
    path("lists/<slug:name>.csv", growth.list_file, name="file"),
    path("review/", review.review, name="review"),
    path("review/<int:review_id>/undo/", review.undo, name="undo_review"),
    path("rewards/", rewards.rewards, name="rewards"),
    path("rewards/<int:reward_id>/", rewards.decide, name="decide_reward"),
    path("rewards/milestones/", rewards.milestones, name="milestones"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<int:team_id>/rename/", teams.rename, name="rename_team"),
    path("teams/<int:team_id>/merge/", teams.merge, name="merge_team"),
    path("teams/<int:team_id>/close/", teams.close, name="close_team"),
    path("settings/", settings.settings, name="growth_settings"),
    path("settings/policy.json", settings.export_policy, name="policy_file"),
    path("settings/import/", settings.import_policy, name="import_policy"),
    path("settings/take-over/", settings.take_over, name="take_over_policy"),
    path("settings/links/", settings.create_link, name="create_link"),
    path("settings/links/<int:link_id>/", settings.alter_link, name="alter_link"),
]
api = [
    path("courses/<str:course>/growth/funnel/", rest.FunnelView.as_view(), name="api_funnel"),
    path("courses/<str:course>/growth/summary/", rest.SummaryView.as_view(), name="api_summary"),
    path("courses/<str:course>/growth/advocates/", rest.AdvocatesView.as_view(), name="api_advocates"),
    path("courses/<str:course>/growth/journeys/", rest.JourneysView.as_view(), name="api_journeys"),
]
