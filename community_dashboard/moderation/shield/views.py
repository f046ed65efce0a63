"""…/moderation/rules/: the rules that hold posts, readable for every moderator, tried before they are saved."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.data import PostRef
from community_dashboard.form_fields import described
from community_dashboard.moderation.shield.actions import ChangedError, NotAllowedError, may_change, save_rules
from community_dashboard.moderation.shield.forms import RulesForm
from community_dashboard.moderation.shield.queries import KeptRules, recent_traces, rules_of, sight_of
from community_dashboard.moderation.shield.rehearsing import MOST, rehearse_rules
from community_dashboard.moderation.shield.rules import Sign
from community_dashboard.moderation.shield.sentences import POINTS
from community_dashboard.rehearsal.comparison import DAYS, Comparison
from referral_xblock.api import get_host


@course_page(Capability.MODERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows, tries and saves the rules. Who may not change them reads them; a form from them is refused."""
    kept = rules_of(visit.course_key)
    allowed = may_change(request.user, visit.course_key)
    if request.method != "POST":
        form = RulesForm(initial=RulesForm.initial_of(kept.rules, kept.version))
        return _page(request, visit, kept, form, allowed=allowed)
    if not allowed:
        raise PermissionDenied
    form, now = RulesForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, visit, kept, form, allowed=True, status=400)
    if "try" in request.POST:
        tried = rehearse_rules(visit.course_key, form.rules, now=now, url_of=lambda ref: _item_url(visit, ref))
        return _page(request, visit, kept, form, allowed=True, rehearsal=tried)
    try:
        version = form.cleaned_data["version"]
        save_rules(by=request.user, course_key=visit.course_key, rules=form.rules, version=version, now=now)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except ChangedError:
        form.add_error(
            None, _("Somebody else saved other rules meanwhile. Open the page anew to see them; yours are below.")
        )
        return _page(request, visit, kept, form, allowed=True, status=409)
    response = HttpResponseRedirect(
        reverse("community_dashboard:moderation_rules", args=[str(visit.course_key)]) + "?done=saved"
    )
    response.status_code = 303
    return response


def _page(
    request: HttpRequest,
    visit: Visit,
    kept: KeptRules,
    form: RulesForm,
    *,
    allowed: bool,
    rehearsal: Comparison | None = None,
    status: int = 200,
) -> HttpResponse:
    described(form, first=False)
    traces = recent_traces(visit.course_key, since=timezone.now() - timedelta(days=DAYS), limit=MOST)
    seen = Counter(sign for trace in traces for sign in sight_of(trace).signs)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "rules",
        "kept": kept,
        "form": form,
        "allowed": allowed,
        "lines": [
            {"field": field, "points": POINTS[sign], "seen": _seen(sign, seen)}
            for sign, field in form.sign_fields.items()
        ],
        "judged": len(traces),
        "held": sum(trace.hold for trace in traces),
        "days": DAYS,
        "account": settings.COMMUNITY_ACTING_ACCOUNT,
        "rehearsal": rehearsal,
        "done": _("The rules are saved. They hold from now on.") if request.GET.get("done") == "saved" else "",
    }
    return render(request, "community_dashboard/moderation/rules.html", context, status=status)


def _seen(sign: Sign, seen: Counter[Sign]) -> int | None:
    """In how many posts; None for what is only compared with a number."""
    return None if sign in (Sign.SAME_TEXT, Sign.AUTHOR_BURST, Sign.ALERT) else seen[sign]


def _item_url(visit: Visit, ref: PostRef) -> str:
    return reverse("community_dashboard:moderation_item", args=[str(visit.course_key), ref.kind.value, ref.id])
