"""The choosers as a form that is sent by GET."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.groups import modes
from community_dashboard.engagement.choosing.choice import USUAL_DAYS, Choice
from community_dashboard.engagement.segments.queries import segments_of
from community_dashboard.host.chosen import get_host

DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
OTHER_DAY = _("Please choose a day between 2000 and 2100.")
LONGEST = 1100  # days of a period: three years


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        validators=DAYS,
        error_messages={"min_value": OTHER_DAY, "max_value": OTHER_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _one_of(label: Any, no_such: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=label, error_messages={"invalid_choice": no_such})


class ChoiceForm(forms.Form):
    """Period, cohort, track and segment. A page may add fields of its own in a form that inherits this one.

    A chooser with nothing to choose is not shown, and still says so when the address asks for something.
    Five queries at most: the cohorts, the tracks, the segments.
    """

    start = _day(_("From"))
    end = _day(_("Until"))
    cohort = _one_of(_("Cohort"), _("There is no such cohort in this course."))
    mode = _one_of(_("Track"), _("There is no such track in this course."))
    segment = _one_of(_("Segment"), _("There is no such segment in this course."))
    joined = forms.BooleanField(required=False, label=_("Only who enrolled in these days"))

    def __init__(self, *args: Any, course_key: CourseKey, now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now = now or timezone.now()
        self.today = now.astimezone(UTC).date()
        cohorts = [(str(cohort.id), cohort.name) for cohort in get_host().cohorts(course_key)]
        self._offer("cohort", _("Any cohort"), cohorts)
        self._offer("mode", _("Any track"), [(mode, mode.capitalize()) for mode in modes(course_key) if mode], least=2)
        self._offer("segment", _("Everybody"), [(one.key, one.name) for one in segments_of(course_key, now=now)])
        if not self.is_bound or not self.data:
            # What is shown unless somebody chose stands in the boxes.
            usual = Choice.usual(self.today)
            self.data, self.is_bound = {"start": usual.start, "end": usual.end}, True

    def _offer(self, name: str, whichever: Any, choices: list[tuple[str, str]], *, least: int = 1) -> None:
        self.fields[name].choices = [("", whichever), *choices]
        if len(choices) < least and not self.data.get(name):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Fills in the day that was left open."""
        cleaned = super().clean() or {}
        if "start" in self.errors or "end" in self.errors:
            return cleaned
        end = min(cleaned.get("end") or self.today, self.today)
        start = cleaned.get("start") or end - timedelta(days=USUAL_DAYS - 1)
        if start > self.today:
            self.add_error("start", _("This day is still to come."))
        elif start > end:
            self.add_error("end", _("The last day lies before the first."))
        elif (end - start).days >= LONGEST:
            self.add_error("start", _("Please choose three years at most."))
        return cleaned | {"start": start, "end": end}

    def _post_clean(self) -> None:
        """Ties each box to its error for who cannot see it, and puts the cursor into the first wrong one."""
        wrong = [field for field in self.visible_fields() if field.name in self.errors]
        for field in wrong:
            described = {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
            field.field.widget.attrs |= described | ({"autofocus": True} if field is wrong[0] else {})

    @property
    def stray_errors(self) -> list[str]:
        """What is wrong in the address and in no field that can be seen."""
        return [str(error) for field in self.hidden_fields() for error in field.errors]

    def choice(self) -> Choice:
        """The choice of a valid form."""
        values = self.cleaned_data
        return Choice(
            start=values["start"],
            end=values["end"],
            cohort=int(values["cohort"] or 0),
            mode=values["mode"],
            segment=values["segment"],
            joined=values["joined"],
        )
