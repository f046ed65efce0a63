"""What stands in the address of the health page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
OTHER_DAY = _("Please choose a day between 2000 and 2100.")
USUAL = timedelta(days=28)
COURSE_HOURS, CLOCK = "course", "clock"
QUESTIONS, EVERY_THREAD = "questions", "threads"


@dataclass(frozen=True)
class Chosen:
    """What the page shows. Days are those of the course's time zone, both included."""

    start: date
    end: date
    posts: str = QUESTIONS
    hours: str = COURSE_HOURS
    topic: str | None = None
    group: int | None = None

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """The first moment and the one after the last."""
        here = ZoneInfo(zone)
        first = datetime.combine(self.start, time(), here)
        return first.astimezone(UTC), datetime.combine(self.end + timedelta(days=1), time(), here).astimezone(UTC)

    def within(self, group: int) -> Chosen:
        """The same for the threads of one cohort."""
        return replace(self, group=group)

    def query(self, **changed: Any) -> str:
        """The query of an address: this choice with some of it changed."""
        values = {
            "start": self.start, "end": self.end, "posts": self.posts, "hours": self.hours, "topic": self.topic,
            "group": self.group,
        } | changed  # fmt: skip
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        validators=DAYS,
        error_messages={"min_value": OTHER_DAY, "max_value": OTHER_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class HealthForm(forms.Form):
    """The filters as sentences. `topics` and `groups` are those of the course, (value, name)."""

    start = _day(_("From"))
    end = _day(_("Until"))
    posts = forms.ChoiceField(
        required=False,
        label=_("Which threads"),
        choices=[(QUESTIONS, _("Questions")), (EVERY_THREAD, _("Every thread"))],
    )
    hours = forms.ChoiceField(
        required=False,
        label=_("Which time"),
        choices=[(COURSE_HOURS, _("In course hours")), (CLOCK, _("By the clock, day and night"))],
    )
    topic = forms.ChoiceField(required=False, label=_("Unit or topic"))
    group = forms.TypedChoiceField(required=False, label=_("Cohort"), coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, topics: list[tuple[str, str]], groups: list[tuple[int, str]], today: date, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["topic"].choices = [("", _("Any unit or topic")), *topics]
        self.fields["group"].choices = [("", _("Any cohort")), *groups]
        if not groups:
            del self.fields["group"]
        if not self.is_bound or not self.data:
            self.data = {**self.usual(), "posts": QUESTIONS, "hours": COURSE_HOURS}
            self.is_bound = True

    def usual(self) -> dict[str, date]:
        """The days that are shown unless somebody chose others."""
        return {"start": self.today - USUAL + timedelta(days=1), "end": self.today}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        usual = self.usual()
        end = cleaned.get("end") or usual["end"]
        start = cleaned.get("start") or min(usual["start"], end - USUAL + timedelta(days=1))
        if start > end:
            self.add_error("end", _("The last day lies before the first."))
        return cleaned | {"start": start, "end": end}

    def chosen(self) -> Chosen:
        """The choice of a valid form."""
        values = self.cleaned_data
        return Chosen(
            values["start"],
            values["end"],
            values["posts"] or QUESTIONS,
            values["hours"] or COURSE_HOURS,
            values["topic"] or None,
            values.get("group"),
        )
