"""What stands in the addresses of growth pages, and the small forms of its settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from community_dashboard.referrals.words import REASONS, network_choices
from referral_xblock.api import Reason, Selection, week_start

COURSE = "course"  # the placement "" in an address
DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))


@dataclass(frozen=True)
class Filter:
    """What a list shows. Empty: all."""

    start: date | None = None
    end: date | None = None
    network: str = ""
    placement: str = ""  # "course" for the course as a whole
    week: str = ""
    reason: str = ""
    inviter: int | None = None
    after: int | None = None
    page: int | None = None

    @property
    def selection(self) -> Selection:
        """The same for the queries."""
        placement = {"": None, COURSE: ""}.get(self.placement, self.placement)
        chosen = Selection(start=self.start, end=self.end, network=self.network or None, placement=placement)
        return chosen.in_week(self.week) if self.week else chosen

    def query(self, **changed: object) -> str:
        """The address's query: this filter with some of it changed, from its first page."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values |= {"after": None, "page": None} | changed
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        validators=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class PeriodForm(forms.Form):
    """Two days, both included."""

    start = _day(_("From"))
    end = _day(_("Until"))

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start > end:
            self.add_error("end", _("The last day lies before the first."))
        return cleaned


class FilterForm(PeriodForm):
    """Everything a list can be asked for."""

    network = forms.ChoiceField(required=False, label=_("Network"))
    placement = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    week = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    reason = forms.ChoiceField(required=False, label=_("Reason"))
    inviter = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [("", _("Any network")), *network_choices()]
        self.fields["reason"].choices = [("", _("Any reason")), *((r.value, REASONS[r]) for r in Reason if r.value)]

    def clean_week(self) -> str:
        week = self.cleaned_data["week"]
        if week:
            try:
                for validate in DAYS:
                    validate(week_start(week))
            except ValueError as error:
                raise forms.ValidationError(_("A week looks like 2026-W09.")) from error
        return week

    def filter(self) -> Filter:
        """The filter of a valid form."""
        return Filter(**self.cleaned_data)


class TeamLinkForm(forms.Form):
    """A link with a word of its own."""

    code = forms.CharField(max_length=64, label=_("Word in the address"), help_text=_("For example “bees-in-spring”."))
    expires = _day(_("Last day"))
    cap = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        label=_("Accounts it may bring"),
        help_text=_("Empty: no cap."),
    )


class TeamLinkChangeForm(forms.Form):
    """What can be changed of it."""

    paused = forms.BooleanField(required=False, label=_("Paused"))
    expires = _day(_("Last day"))
    cap = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("Accounts it may bring"))


class ImportForm(forms.Form):
    """A file that …/growth/settings/ wrote, here or in another course."""

    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}))
