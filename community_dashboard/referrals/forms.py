"""What stands in the addresses of growth pages, and the small forms of its settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import opened, sealed
from community_dashboard.referrals.words import REASONS, VERDICTS, network_choices
from referral_xblock.api import Reason, Selection, week_start

COURSE = "course"  # the placement "" in an address
SEALED = ("inviter", "beyond")  # accounts, which never stand in an address by their number
DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
OTHER_DAY = _("Please choose a day between 2000 and 2100.")
OTHER_CAP = _("Please enter a number from 1 to 1,000,000, or nothing.")


@dataclass(frozen=True)
class Filter:
    """What a list shows. Empty: all."""

    start: date | None = None
    end: date | None = None
    network: str = ""
    placement: str = ""  # "course" for the course as a whole
    week: str = ""
    reason: str = ""
    verdict: str = ""
    inviter: int | None = None
    after: int | None = None
    beyond: int | None = None  # `after` of a list whose rows are accounts
    page: int | None = None

    @property
    def selection(self) -> Selection:
        """The same for the queries."""
        placement = {"": None, COURSE: ""}.get(self.placement, self.placement)
        chosen = Selection(start=self.start, end=self.end, network=self.network or None, placement=placement)
        return chosen.in_week(self.week) if self.week else chosen

    @property
    def first(self) -> bool:
        """Whether this is a list's first page."""
        return not (self.after or self.beyond or self.page)

    def query(self, course_key: CourseKey, **changed: Any) -> str:
        """The query of an address in this course: this filter with some of it changed, from its first page."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values |= {"after": None, "beyond": None, "page": None} | changed
        values |= {name: sealed(values[name], course_key) for name in SEALED if values[name]}
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        validators=DAYS,
        error_messages={"min_value": OTHER_DAY, "max_value": OTHER_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _cap() -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        label=_("Accounts it may bring"),
        help_text=_("Empty: no cap."),
        error_messages={"min_value": OTHER_CAP, "max_value": OTHER_CAP},
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


def _choice(label: str, no_such: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=label, error_messages={"invalid_choice": no_such})


class FilterForm(PeriodForm):
    """Everything a list can be asked for; what is not in `shown` stands in the address only."""

    network = _choice(_("Network"), _("There is no such network here."))
    placement = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    week = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    reason = _choice(_("Reason"), _("There is no such reason here."))
    verdict = _choice(_("What it was"), _("Requests are by a person, by a machine or not known."))
    inviter = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    beyond = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, course_key: CourseKey, shown: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course_key = course_key
        self.fields["network"].choices = [("", _("Any network")), *network_choices()]
        self.fields["reason"].choices = [("", _("Any reason")), *((r.value, REASONS[r]) for r in Reason if r.value)]
        self.fields["verdict"].choices = [
            ("", _("Whatever it was")),
            *((v.value, name) for v, name in VERDICTS.items()),
        ]
        for name in {"network", "reason", "verdict"} - set(shown):
            self.fields[name].widget = forms.HiddenInput()

    def clean_week(self) -> str:
        week = self.cleaned_data["week"]
        if week:
            try:
                for validate in DAYS:
                    validate(week_start(week))
            except ValueError as error:
                raise forms.ValidationError(_("A week looks like 2026-W09.")) from error
        return week

    def clean_inviter(self) -> int | None:
        return self._opened("inviter")

    def clean_beyond(self) -> int | None:
        return self._opened("beyond")

    def _opened(self, name: str) -> int | None:
        try:
            return opened(self.cleaned_data[name], self.course_key) if self.cleaned_data[name] else None
        except ValueError as error:
            raise forms.ValidationError(
                _("This address is damaged or was made for another course. Please open the list from its number again.")
            ) from error

    @property
    def stray_errors(self) -> list[str]:
        """What is wrong in the address and in no field that can be seen."""
        return [str(error) for field in self.hidden_fields() for error in field.errors]

    def filter(self) -> Filter:
        """The filter of a valid form."""
        return Filter(**self.cleaned_data)


class TeamLinkForm(forms.Form):
    """A link with a word of its own."""

    code = forms.CharField(max_length=64, label=_("Word in the address"), help_text=_("For example “bees-in-spring”."))
    expires = _day(_("Last day"))
    cap = _cap()


class TeamLinkChangeForm(forms.Form):
    """What can be changed of it."""

    paused = forms.BooleanField(required=False, label=_("Paused"))
    expires = _day(_("Last day"))
    cap = _cap()


class ImportForm(forms.Form):
    """A file that …/growth/settings/ wrote, here or in another course."""

    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}))
