"""Gathers this package's addresses. The code may be anything without a slash: an unknown one answers in words."""

from django.urls import path, re_path

from referral_xblock.journey import views as journey
from referral_xblock.journey.saving import save_my_data
from referral_xblock.leaderboard import views as leaderboard
from referral_xblock.links import views as links
from referral_xblock.prompts.views import answer_prompt
from referral_xblock.rewards import views as rewards
from referral_xblock.sharing import invitation_views, mail_choices
from referral_xblock.sharing import views as sharing
from referral_xblock.teams.views import buddies, teams

app_name = "referral_xblock"

CODE = r"^r/(?P<code>[^/]+)"

urlpatterns = [
    path("r/", links.type_code, name="type_code"),
    re_path(CODE + r"/?$", links.invitation, name="invitation"),
    re_path(CODE + r"/seen$", links.seen, name="seen"),
    re_path(CODE + r"/join$", links.join, name="join"),
    re_path(CODE + r"/back$", journey.back, name="back"),
    re_path(CODE + r"/to/(?P<network>[a-z0-9-]+)$", sharing.to, name="to"),
    re_path(CODE + r"/share$", sharing.share, name="share"),
    re_path(CODE + r"/shared$", sharing.shared, name="shared"),
    re_path(CODE + r"/qr\.svg$", sharing.qr, name="qr"),
    re_path(CODE + r"/card\.png$", sharing.card, name="card"),
    path("community/unsubscribe/<str:token>/", mail_choices.unsubscribe, name="unsubscribe"),
    path("community/preferences/<str:token>/", mail_choices.preferences, name="preferences"),
    path("community/join/<str:code>/", teams.join, name="join_team"),
    path("community/teams/<str:course>/", teams.team_page, name="teams"),
    path("community/teams/<str:course>/create/", teams.create, name="create_team"),
    path("community/teams/<str:course>/code/", teams.type_code, name="type_team_code"),
    path("community/teams/<str:course>/leave/", teams.leave, name="leave_team"),
    path("community/buddies/<str:course>/", buddies.buddies_page, name="buddies"),
    path("community/buddies/<str:course>/propose/", buddies.propose, name="propose_buddy"),
    path("community/buddies/<str:course>/<int:pair>/agree/", buddies.agree, name="agree_buddies"),
    path("community/buddies/<str:course>/<int:pair>/end/", buddies.end, name="end_buddies"),
    path("community/leaderboard/<str:course>/", leaderboard.leaderboard, name="leaderboard"),
    path("community/leaderboard/<str:course>/appear/", leaderboard.appear, name="appear"),
    path("community/leaderboard/<str:course>/disappear/", leaderboard.disappear, name="disappear"),
    path("community/me/", journey.me, name="me"),
    path("community/me/invite/<str:course_id>/", invitation_views.invite, name="invite"),
    path("community/me/name/", journey.name_me, name="name_me"),
    path("community/me/data/", save_my_data, name="save_my_data"),
    path("community/me/prompts/", answer_prompt, name="answer_prompt"),
    path("community/me/telling/", journey.tell, name="tell"),
    path("community/me/code/", journey.enter_code, name="enter_code"),
    path("community/badges/keys.json", rewards.key_set, name="badge_keys"),
    re_path(r"^community/badges/keys/(?P<number>[0-9a-f]{32})\.json$", rewards.key, name="badge_key"),
    path("community/badges/issuer.json", rewards.issuer_profile, name="badge_issuer"),
    path("community/badges/revoked/<int:shelf>.json", rewards.revoked, name="revoked_badges"),
    path("community/badges/<uuid:public_id>/", rewards.badge, name="badge"),
    path("community/badges/<uuid:public_id>/picture.png", rewards.drawing, name="badge_picture"),
    path("community/badges/<uuid:public_id>/badge.png", rewards.baked_png, name="badge_png"),
    path("community/badges/<uuid:public_id>/badge.svg", rewards.baked_svg, name="badge_svg"),
    path("community/badges/<uuid:public_id>/credential.jwt", rewards.credential_jwt, name="badge_jwt"),
    path("community/badges/<uuid:public_id>/credential.json", rewards.credential_json, name="badge_json"),
    path("community/badges/<uuid:public_id>/name/", rewards.show_name, name="badge_name"),
]
