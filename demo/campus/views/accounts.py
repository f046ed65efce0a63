"""Register, activate, sign in, sign out. Each page hands on the wish somebody came with: a course, and where to go next."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout as close_session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from demo.campus import actions, queries
from demo.campus.addresses import is_a_persons_navigation, local_path, path_after_sign_in, wish_of, with_wish
from demo.campus.forms import RegistrationForm, SignInForm


def see_other(address: str) -> HttpResponseRedirect:
    """A 303: whatever was sent, the browser now reads this address."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def page_about_account(request: HttpRequest, name: str, context: dict, status: int = 200) -> HttpResponse:
    """One of the account pages with links to its neighbours that keep the wish."""
    wish = wish_of(request.GET)
    links = {
        "register_url": with_wish("campus:register", wish),
        "login_url": with_wish("campus:login", wish),
        "sso_url": with_wish("campus:sso_start", wish, "university"),
    }
    return render(request, f"demo/campus/{name}.html", context | links, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@transaction.non_atomic_requests
def register(request: HttpRequest) -> HttpResponse:
    """A new account. `course_id`, `enrollment_action` and `next` stay in the address, as in the LMS."""
    destination = path_after_sign_in(wish_of(request.GET))
    if request.user.is_authenticated and request.user.is_active:
        return see_other(destination)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.register(request=request, next_url=destination, now=timezone.now(), **form.cleaned_data)
        except actions.RegistrationRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campus:check_mail")
    return page_about_account(request, "register", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def check_mail(request: HttpRequest) -> HttpResponse:
    """What to do after registering."""
    if not request.user.is_authenticated or request.user.is_active:
        return redirect("campus:front")
    return render(request, "demo/campus/check_mail.html", {"email": request.user.email})


@never_cache
@require_GET
def activate(request: HttpRequest, key: str) -> HttpResponse:
    """The link in the mail, opened on any device: activates once, signs in, goes where its owner wanted to go."""
    activation = queries.activation(key)
    if activation is None:
        return render(request, "demo/campus/unknown_key.html", status=404)
    destination = local_path(request.GET.get("next"), activation.next or "/")
    user = actions.activate(key=key, now=timezone.now())
    if user is None and request.user != activation.user:
        # A link that signed in twice would be a password that lies in a mailbox for ever.
        messages.info(request, _("This account is active already. Please sign in."))
        return see_other(with_wish("campus:login", {"next": destination}))
    if request.user != activation.user:
        actions.sign_in(request=request, user=user, now=timezone.now())
    messages.success(request, _("Your account is active."))
    return see_other(destination)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Sign in with username or e-mail address and password."""
    destination = path_after_sign_in(wish_of(request.GET))
    if request.method == "GET" and request.user.is_authenticated:
        return see_other(destination)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_in(request=request, user=form.user, now=timezone.now())
        return see_other(destination if form.user.is_active else with_wish("campus:check_mail", {}))
    return page_about_account(request, "login", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """GET asks, POST signs out."""
    if request.method == "POST":
        close_session(request)
        return see_other(local_path(request.POST.get("next")))
    return render(request, "demo/campus/logout.html")


@never_cache
@require_GET
def finish_auth(request: HttpRequest) -> HttpResponse:
    """Enrols the person who has just signed in, where that was the wish, and goes to `next`.

    Like the LMS it acts on a GET, but only when the person's browser itself comes here, not for a picture or a frame.
    """
    wish = wish_of(request.GET)
    if not request.user.is_authenticated:
        return see_other(with_wish("campus:login", wish))
    if not request.user.is_active:
        return redirect("campus:check_mail")
    destination = local_path(wish.get("next"))
    if wish.get("enrollment_action") != "enroll" or not is_a_persons_navigation(request):
        return see_other(destination)
    try:
        course_key = CourseKey.from_string(wish.get("course_id", ""))
        actions.enrol(user=request.user, course_key=course_key, by=request.user, now=timezone.now())
    except actions.AlreadyEnrolledError:
        return see_other(destination)
    except InvalidKeyError:
        messages.error(request, _("There is no such course."))
    except actions.EnrolmentRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are enrolled."))
        return see_other(destination)
    return redirect("campus:front")
