"""Addresses of the campus. The course pages below a course's own address are shared with `demo.courseware`."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from demo.campus import converters  # noqa: F401  (makes <course_key:…> known)
from demo.campus.views import accounts, courses, front, sso

app_name = "campus"
urlpatterns = [
    path("", front.front, name="front"),
    path("demo/sign-in/", front.be_somebody, name="be_somebody"),
    path("demo/visit/", front.be_a_visitor, name="be_a_visitor"),
    path("demo/outbox/", front.outbox, name="outbox"),
    path("demo/facts.json", front.facts_as_json, name="facts"),
    # No token in this form, so that a page for visitors may carry it and still set no cookie; a language is no secret.
    path("demo/language/", csrf_exempt(set_language), name="language"),
    path("register", accounts.register, name="register"),
    path("register/check-mail", accounts.check_mail, name="check_mail"),
    path("activate/<str:key>", accounts.activate, name="activate"),
    path("login", accounts.login, name="login"),
    path("logout", accounts.logout, name="logout"),
    path("account/finish_auth", accounts.finish_auth, name="finish_auth"),
    path("sso/<slug:provider>/start", sso.start, name="sso_start"),
    path("sso/<slug:provider>/sign-in", sso.provider_page, name="sso_provider"),
    path("sso/<slug:provider>/callback", sso.callback, name="sso_callback"),
    path("courses/<course_key:course_key>/", courses.home, name="course_home"),
    path("courses/<course_key:course_key>/about", courses.about, name="course_about"),
    path("courses/<course_key:course_key>/picture", courses.picture, name="course_picture"),
    path("courses/<course_key:course_key>/enrol", courses.enrol, name="course_enrol"),
    path("courses/<course_key:course_key>/leave", courses.leave, name="course_leave"),
    path("courses/<course_key:course_key>/team/enrol", courses.enrol_somebody, name="course_enrol_somebody"),
]
