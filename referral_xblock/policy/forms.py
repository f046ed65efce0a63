"""The form at …/growth/settings/, and the check of an imported file: the same rules for both."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from referral_xblock.policy import fraud_words, mail_words, together_words
from referral_xblock.policy.lines import ChannelsField, DomainsField, NetworksField
from referral_xblock.policy.models import CoursePolicy
from referral_xblock.policy.reward_fields import FIELDS as REWARD_FIELDS
from referral_xblock.policy.reward_fields import RewardRules


class PolicyForm(RewardRules):
    """Every rule of the course, with what it does in words."""

    allowed_domains = DomainsField(
        required=False,
        label=_("E-mail domains"),
        help_text=_("One per line. Only used for a course that is not for everybody; sub-domains are included."),
    )
    trusted_domains = DomainsField(
        required=False,
        label=_("E-mail domains that are never throw-away"),
        help_text=_("One per line, for example of your school; sub-domains are included."),
    )
    trusted_networks = NetworksField(
        required=False,
        label=_("Networks in which devices and speed say nothing"),
        help_text=_("One per line, for example of your campus: 192.0.2.0/24. It holds for clicks from now on."),
    )
    banned_channels = ChannelsField(
        required=False,
        label=_("Channels that do not count"),
        help_text=_("One per line, for example reddit. What comes by them is not credited."),
    )
    banned_domains = DomainsField(
        required=False,
        label=_("E-mail domains that do not count"),
        help_text=_("One per line; sub-domains are included. Who has such an address is not credited."),
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
            "prompts",
            "reminders",
            *mail_words.FIELDS,
            *fraud_words.FIELDS,
            *together_words.FIELDS,
            *REWARD_FIELDS,
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
            "prompts": _("Ask learners to invite after a good moment"),
            "reminders": _("Tell inviters by mail of friends who have not yet begun"),
            **mail_words.LABELS,
            **fraud_words.LABELS,
            **together_words.LABELS,
        }
        help_texts = {
            "paused": _("Links then answer with a page that says so and leads to the course."),
            "window_days": _("Between 1 and 365. A later enrolment is nobody’s."),
            "cookie": _("Without a cookie, a visitor who leaves the path to registration must type the code."),
            "link_lifetime_days": _("0: links do not expire. Links that exist keep their date."),
            "link_cap": _("0: no cap. Links that exist keep theirs."),
            "completion_share": _("Used where the course is not graded."),
            "reminders": _(
                "To the inviter only, with the number of friends who let their progress be seen; never to the friends. Each mail "
                "stops with one press."
            ),
            "prompts": _(
                "After a passed unit, an answer in the forum or a certificate; never after a failure or before a deadline, "
                "and once in seven days at most. Everybody can say “not now” or “never”."
            ),
            **mail_words.HELP,
            **fraud_words.HELP,
            **together_words.HELP,
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
