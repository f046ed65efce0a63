"""The form at …/growth/settings/, and the check of an imported file: the same rules for both."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from referral_xblock.policy.models import CoursePolicy

DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$")


class DomainsField(forms.CharField):
    """E-mail domains, one per line; a list of lower-case names inside."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        if isinstance(value, list | tuple):
            value = "\n".join(str(item) for item in value)
        return [name.strip().lstrip("@").lower() for name in re.split(r"[\s,;]+", value or "") if name.strip()]

    def validate(self, value):
        super().validate(value)
        for name in value:
            if not DOMAIN.match(name):
                raise forms.ValidationError(
                    _("“%(name)s” is not a domain name such as univ.example."), params={"name": name}
                )


class PolicyForm(forms.ModelForm):
    """Every rule of the course, with what it does in words."""

    allowed_domains = DomainsField(
        required=False,
        label=_("E-mail domains"),
        help_text=_("One per line. Only used for a course that is not for everybody; sub-domains are included."),
    )

    class Meta:
        model = CoursePolicy
        fields = (
            "paused",
            "window_days",
            "credit",
            "code_grace_days",
            "cookie",
            "link_kind",
            "link_lifetime_days",
            "link_cap",
            "audience",
            "allowed_domains",
            "completion_share",
        )
        labels = {
            "paused": _("Pause all invitations of this course"),
            "window_days": _("Days from click to enrolment"),
            "credit": _("Who is credited when several people invited"),
            "code_grace_days": _("Days after enrolling in which a code can be typed"),
            "cookie": _("Cookie in the visitor's browser"),
            "link_kind": _("Where new links lead"),
            "link_lifetime_days": _("Days until a new link expires"),
            "link_cap": _("Accounts that one link may bring"),
            "audience": _("Who may be invited"),
            "completion_share": _("Per cent of the course that means completed"),
        }
        help_texts = {
            "paused": _("Links then answer with a page that says so and leads to the course."),
            "window_days": _("Between 1 and 365. A later enrolment is nobody's."),
            "cookie": _("Without a cookie, a visitor who leaves the path to registration must type the code."),
            "link_lifetime_days": _("0: links do not expire. Links that exist keep their date."),
            "link_cap": _("0: no cap. Links that exist keep theirs."),
            "completion_share": _("Used where the course is not graded."),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("audience") == "domains" and not cleaned.get("allowed_domains"):
            self.add_error("allowed_domains", _("Name at least one domain, or let everybody be invited."))
        return cleaned
