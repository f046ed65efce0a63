"""What a course means by dropping out, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.engagement.risk.meaning import CHOICES, Means, Policy
from community_dashboard.engagement.risk.words import days

MOST_CAPACITY = 10_000


class PolicyForm(forms.Form):
    """The meaning, the days, and how many people the team can write to."""

    means = forms.ChoiceField(
        label=_("A learner has dropped out"),
        choices=[
            (Means.LEARNING.value, _("after days without any learning")),
            (Means.PROGRESS.value, _("after days without a completed block")),
            (Means.DEADLINE.value, _("when a deadline passes without any work towards it")),
        ],
    )
    days = forms.TypedChoiceField(
        label=_("Days"),
        coerce=int,
        choices=[(number, number) for number in CHOICES],  # in words where it is shown
        help_text=_(
            "The chances look so many days ahead. For deadlines: how long before one the learners are looked at."
        ),
    )
    capacity = forms.IntegerField(
        label=_("People your team can write to in a week"),
        min_value=1,
        max_value=MOST_CAPACITY,
        help_text=_(
            "The list marks how far that goes, and the page about the reckoning says how many of these would be right."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(number, days(number)) for number in CHOICES]

    @classmethod
    def initial_of(cls, policy: Policy) -> dict[str, Any]:
        """What the form shows of what holds now."""
        return {"means": policy.means.value, "days": policy.days, "capacity": policy.capacity}

    @property
    def policy(self) -> Policy:
        """The choice of a valid form."""
        values = self.cleaned_data
        return Policy(Means(values["means"]), values["days"], values["capacity"])


class ListForm(forms.Form):
    """Which learners the list shows, and where it goes on."""

    show = forms.ChoiceField(
        required=False,
        choices=[("all", _("Everybody looked at")), ("high", _("At risk")), ("new", _("Newly at risk"))],
    )
    after = forms.CharField(required=False, max_length=300)
