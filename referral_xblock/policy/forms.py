"""The form at …/growth/settings/, and the check of an imported file: the same rules for both."""

from __future__ import annotations

import re

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from referral_xblock.policy.models import CoursePolicy

MOST_DOMAINS = 200
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
        if len(value) > MOST_DOMAINS:
            raise forms.ValidationError(_("At most %(most)d domains can be named."), params={"most": MOST_DOMAINS})
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
            "cookie": _("Cookie in the visitor’s browser"),
            "link_kind": _("Where new links lead"),
            "link_lifetime_days": _("Days until a new link expires"),
            "link_cap": _("Accounts that one link may bring"),
            "audience": _("Who may be invited"),
            "completion_share": _("Share of the course that counts as completed (%)"),
        }
        help_texts = {
            "paused": _("Links then answer with a page that says so and leads to the course."),
            "window_days": _("Between 1 and 365. A later enrolment is nobody’s."),
            "cookie": _("Without a cookie, a visitor who leaves the path to registration must type the code."),
            "link_lifetime_days": _("0: links do not expire. Links that exist keep their date."),
            "link_cap": _("0: no cap. Links that exist keep theirs."),
            "completion_share": _("Used where the course is not graded."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField):
                self._say_range(name, field)

    def _say_range(self, name, field):
        """Lets the browser know from where to where the model takes this number, and says it in our words."""
        validators = self._meta.model._meta.get_field(name).validators
        least = max((v.limit_value for v in validators if isinstance(v, MinValueValidator)), default=0)
        most = min(v.limit_value for v in validators if isinstance(v, MaxValueValidator))
        words = _("Please enter a number from %(least)s to %(most)s.") % {
            "least": number_format(least, force_grouping=True),
            "most": number_format(most, force_grouping=True),
        }
        field.widget.attrs |= {"min": least, "max": most}
        field.error_messages |= {"min_value": words, "max_value": words}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("audience") == "domains" and not cleaned.get("allowed_domains"):
            self.add_error("allowed_domains", _("Name at least one domain, or let everybody be invited."))
        return cleaned
