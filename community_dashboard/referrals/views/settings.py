"""…/growth/settings/: the invitation rules of this course, as a form and as a file, and the links of its team."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.form_fields import described
from community_dashboard.referrals import policy
from community_dashboard.referrals.exports import file_name
from community_dashboard.referrals.forms import Filter, ImportForm, TeamLinkChangeForm, TeamLinkForm
from community_dashboard.referrals.rehearsing import RewardsTried, rehearse_milestones, rehearse_rules
from community_dashboard.rehearsal.comparison import Comparison
from referral_xblock.api import (
    PolicyForm,
    TeamLink,
    absolute,
    change_link,
    copy_policy,
    create_vanity_link,
    exported_policy,
    get_host,
    look_again_at_course,
    other_runs,
    propose_policy,
    rerun_source,
    save_policy,
    share_path,
    team_links,
)

DONE = {  # what was done: the section of the page that says so, and its words
    "policy": ("rules", _("The rules are saved. They hold from now on.")),
    "import": ("file", _("The rules of the file are saved. They hold from now on.")),
    "copy": ("runs", _("The rules of the other run are taken over. They hold from now on.")),
    "link": ("links", _("The link is ready.")),
    "change": ("links", _("The link is changed.")),
}


def _page(
    request: HttpRequest,
    visit: Visit,
    *,
    form: PolicyForm | None = None,
    link_form: TeamLinkForm | None = None,
    import_form: ImportForm | None = None,
    changing: TeamLinkChangeForm | None = None,
    tried: tuple[PolicyForm, Comparison, RewardsTried | None] | None = None,
) -> HttpResponse:
    now = timezone.now()
    wrong = [bound for bound in (form, import_form, changing, link_form) if bound is not None]
    runs = _other_runs(request, visit)
    source = str(rerun_source(visit.course_key)) if runs else ""
    links = [
        {
            "link": link,
            "address": absolute(share_path(link.code)),
            "form": changing if changing is not None and changing.prefix == _prefix(link) else _change_form(link),
        }
        for link in team_links(visit.course_key, now=now)
    ]
    form = form or (tried[0] if tried else None) or PolicyForm(initial=exported_policy(visit.course_key))
    link_form, import_form = link_form or TeamLinkForm(), import_form or ImportForm()
    first = True
    for shown in (form, import_form, *(entry["form"] for entry in links), link_form):
        first = described(shown, first=first)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "settings",
        "form": form,
        "rehearsal": tried[1] if tried else None,
        "rewards_tried": tried[2] if tried else None,
        "link_form": link_form,
        "import_form": import_form,
        "wrong_forms": wrong,
        "links": links,
        "runs": runs,
        "source": source if source in runs else "",
        "done": _done(request, links) if request.method != "POST" else {},
    }
    return render(request, "community_dashboard/settings.html", context, status=400 if wrong else 200)


def _done(request: HttpRequest, links: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page says of what was done before it: {section: words}. A new link is named as it came out."""
    section, words = DONE.get(request.GET.get("done", ""), ("", ""))
    made = [entry["address"] for entry in links if entry["link"].code == request.GET.get("code")]
    return {section: gettext("The link is ready: %(address)s") % {"address": made[0]} if made else words}


def _prefix(link: TeamLink) -> str:
    return f"link{link.id}"


def _change_form(link: TeamLink, values: Any = None) -> TeamLinkChangeForm:
    initial = {
        "paused": link.paused,
        "expires": link.expires_at and link.expires_at.astimezone(UTC).date(),
        "cap": link.cap or None,
    }
    return TeamLinkChangeForm(values, initial=initial, prefix=_prefix(link))


def _end_of(day: date | None) -> datetime | None:
    """The last moment of a day in UTC."""
    return datetime.combine(day, time.max, UTC) if day else None


def _back(visit: Visit, done: str, **more: str) -> HttpResponseRedirect:
    """To the section of the page that says what was done."""
    path = reverse("community_dashboard:growth_settings", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{path}?{urlencode({'done': done, **more})}#{DONE[done][0]}")
    response.status_code = 303
    return response


def _saved(visit: Visit, done: str) -> HttpResponseRedirect:
    """The same after rules were saved; a worker looks at all arrivals of the course by the new ones."""
    look_again_at_course(visit.course_key)
    return _back(visit, done)


@course_page(Capability.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows and saves the rules."""
    if request.method != "POST":
        return _page(request, visit)
    if "try" in request.POST:
        return _tried(request, visit)
    form = save_policy(course_key=visit.course_key, values=request.POST, actor=request.user, now=timezone.now())
    return _saved(visit, "policy") if form.is_valid() else _page(request, visit, form=form)


def _tried(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page with what these rules would have done; nothing is saved."""
    form, proposed = propose_policy(course_key=visit.course_key, values=request.POST, actor=request.user)
    if proposed is None:
        return _page(request, visit, form=form)
    about = {"course_key": visit.course_key, "policy": proposed, "now": timezone.now()}
    rewards = rehearse_milestones(**about) if proposed.milestones else None
    return _page(request, visit, tried=(form, rehearse_rules(**about), rewards))


@course_page(Capability.SETTINGS)
@require_safe
def export_policy(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The rules as a file."""
    response = HttpResponse(policy.written(visit.course_key), content_type="application/json")
    name = file_name(visit.course_key, "settings", Filter()).removesuffix(".csv") + ".json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@course_page(Capability.SETTINGS)
@require_POST
def import_policy(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Saves the rules of a file; values that cannot be had stand in the form, with the reason beside each."""
    uploaded = ImportForm(request.POST, request.FILES)
    if not uploaded.is_valid():
        return _page(request, visit, import_form=uploaded)
    try:
        values = policy.read(uploaded.cleaned_data["file"].read(policy.LARGEST + 1), visit.course_key)
    except ValidationError as error:
        uploaded.add_error("file", error)
        return _page(request, visit, import_form=uploaded)
    form = save_policy(course_key=visit.course_key, values=values, actor=request.user, now=timezone.now())
    return _saved(visit, "import") if form.is_valid() else _page(request, visit, form=form)


@course_page(Capability.SETTINGS)
@require_POST
def take_over(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Copies the rules of another run of this course."""
    run = request.POST.get("run", "")
    if run not in _other_runs(request, visit):
        raise Http404
    copy_policy(course_key=visit.course_key, source=CourseKey.from_string(run), actor=request.user, now=timezone.now())
    return _saved(visit, "copy")


def _other_runs(request: HttpRequest, visit: Visit) -> list[str]:
    return other_runs(visit.course_key, among=get_host().courses_led_by(request.user))


@course_page(Capability.SETTINGS)
@require_POST
def create_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link with a word of its own."""
    form = TeamLinkForm(request.POST)
    if form.is_valid():
        try:
            link = create_vanity_link(
                actor=request.user,
                course_key=visit.course_key,
                code=form.cleaned_data["code"],
                expires_at=_end_of(form.cleaned_data["expires"]),
                cap=form.cleaned_data["cap"] or 0,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("code", error)
        else:
            return _back(visit, "link", code=link.code)
    return _page(request, visit, link_form=form)


@course_page(Capability.SETTINGS)
@require_POST
def alter_link(request: HttpRequest, visit: Visit, link_id: int) -> HttpResponse:
    """Pauses, limits or reopens a link of this course's team."""
    link = next((link for link in team_links(visit.course_key, now=timezone.now()) if link.id == link_id), None)
    if link is None:
        raise Http404
    form = _change_form(link, request.POST)
    if not form.is_valid():
        return _page(request, visit, changing=form)
    change_link(
        actor=request.user,
        link_id=link.id,
        paused=form.cleaned_data["paused"],
        expires_at=_end_of(form.cleaned_data["expires"]),
        cap=form.cleaned_data["cap"] or 0,
    )
    return _back(visit, "change")
