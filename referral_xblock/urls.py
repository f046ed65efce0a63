"""Gathers this package's addresses. The code may be anything without a slash: an unknown one answers in words."""

from django.urls import path, re_path

from referral_xblock.journey import views as journey
from referral_xblock.links import views as links
from referral_xblock.sharing import views as sharing

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
    path("community/me/", journey.me, name="me"),
    path("community/me/name/", journey.name_me, name="name_me"),
    path("community/me/telling/", journey.tell, name="tell"),
    path("community/me/code/", journey.enter_code, name="enter_code"),
]
