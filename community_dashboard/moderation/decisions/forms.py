"""What a button of the queue sends: a choice with its fields, the item's version, and which text was seen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.asking import SILENCE_DAYS, SNOOZE_HOURS

LONGEST = 100_000  # characters of a text; the forum's own limits come on top


class DecisionForm(forms.Form):
    """Checks the shape; what a choice needs is checked by the decision itself, with a sentence for each field."""

    choice = forms.ChoiceField(
        choices=[(choice.value, choice.value) for choice in Choice if choice is not Choice.HOLD],
        error_messages={"required": _("Please choose what to do."), "invalid_choice": _("Please choose what to do.")},
    )
    version = forms.IntegerField(min_value=0)
    seen = forms.RegexField(r"^[0-9a-f]{32}$", required=False)
    reason = forms.CharField(max_length=2000, required=False)
    title = forms.CharField(max_length=1000, required=False, strip=False)
    body = forms.CharField(max_length=LONGEST, required=False, strip=False)
    canned = forms.IntegerField(min_value=1, max_value=2**53, required=False)
    filled = forms.CharField(max_length=3, required=False)
    topic_id = forms.CharField(max_length=255, required=False)
    text = forms.CharField(max_length=20_000, required=False)
    to = forms.IntegerField(min_value=1, required=False)
    sure = forms.CharField(max_length=3, required=False)
    days = forms.TypedChoiceField(choices=[(days, days) for days in SILENCE_DAYS], coerce=int, required=False)
    until_day = forms.DateField(
        required=False,
        error_messages={"invalid": _("Please write the day as year-month-day.")},
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))],
    )
    hours = forms.TypedChoiceField(choices=[(hours, hours) for hours in SNOOZE_HOURS], coerce=int, required=False)

    @property
    def decision(self) -> Choice:
        """What was chosen."""
        return Choice(self.cleaned_data["choice"])

    def fields_for(self, now: datetime) -> dict[str, Any]:
        """The fields of this choice alone, as `decide` wants them. Line breaks become those of the forum."""
        values = self.cleaned_data
        fields: dict[str, Any] = {"seen": values["seen"]} if values["seen"] else {}
        for name in FIELDS.get(self.decision, ()):
            value = values[name]
            if name == "until_day":
                if value:  # to the end of that day, where the moderator is
                    fields["until"] = make_aware(datetime.combine(value + timedelta(days=1), time()))
            elif name in ("days", "hours"):
                if value:
                    fields["until"] = now + timedelta(**{name: value})
            elif value not in (None, ""):
                fields[name] = value.replace("\r\n", "\n") if isinstance(value, str) else str(value)
        return fields


# What each choice asks.
FIELDS: dict[Choice, tuple[str, ...]] = {
    Choice.REPLY: ("canned", "filled", "body"),
    Choice.EDIT: ("title", "body"),
    Choice.MOVE: ("topic_id",),
    Choice.SNOOZE: ("hours",),
    Choice.ASSIGN: ("to",),
    Choice.SILENCE: ("days", "until_day"),
    Choice.NOTE: ("text",),
    Choice.DELETE: ("sure",),
}
