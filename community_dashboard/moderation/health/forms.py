"""Targets, course hours and holidays as a form: what people type, and what is wrong with it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.clock.targets import MOST_HOURS, Target, TargetKind, Targets
from community_dashboard.moderation.clock.times import FULL_DAY, Calendar, Opening

MOST_HOLIDAYS = 400  # days
OPENING = re.compile(r"^(\d{1,2})(?:[:h.](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:h.](\d{2})?)?$", re.IGNORECASE)
DAYS = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:\s*(?:[-–—]|to|au)\s*(\d{4}-\d{2}-\d{2}))?$")
LABELS = {
    TargetKind.QUESTION: _("Questions: first answer within"),
    TargetKind.URGENT: _("Urgent posts: first answer within"),
    TargetKind.REPORT: _("Reported posts: first look within"),
    TargetKind.ANY: _("Other threads: first answer within"),
}


class HealthSettingsForm(forms.Form):
    """Everything that the clock goes by. A day without hours is closed."""

    share = forms.IntegerField(
        min_value=50,
        max_value=99,
        label=_("How many of a hundred are to be answered in time"),
        help_text=_("The number of moderators is estimated for this."),
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    always = forms.BooleanField(
        required=False, label=_("Every hour of the week counts"), help_text=_("Then the hours below are not used.")
    )
    holidays = forms.CharField(
        required=False,
        label=_("Holidays"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One day, or a first and a last day, on each line: 2026-12-25, or 2026-12-24 – 2027-01-02."),
    )

    field_order = [*(kind.value for kind in LABELS), "share", "zone", "always"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in LABELS.items():
            self.fields[kind.value] = forms.IntegerField(
                min_value=0,
                max_value=MOST_HOURS,
                label=label,
                help_text=gettext("In course hours. 0: nothing is promised."),
            )
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
        holidays = self.fields.pop("holidays")
        for number, name in WEEKDAYS.items():
            self.fields[f"day{number}"] = forms.CharField(required=False, max_length=100, label=capfirst(name))
        self.fields["day0"].help_text = gettext("For example 09:00–12:00, 13:30–17:00. Empty: closed.")
        self.fields["holidays"] = holidays
        self.order_fields([kind.value for kind in LABELS])

    @classmethod
    def initial_of(cls, targets: Targets, calendar: Calendar) -> dict[str, Any]:
        """What the form shows of what holds now."""
        week = calendar.week if not calendar.always_open else ((),) * len(WEEKDAYS)
        return {
            **{kind.value: targets[kind].hours for kind in LABELS},
            "share": targets[TargetKind.QUESTION].share,
            "zone": calendar.zone,
            "always": calendar.week == (FULL_DAY,) * len(WEEKDAYS),
            **{f"day{number}": ", ".join(map(_said, day)) for number, day in enumerate(week)},
            "holidays": "\n".join(_said_days(calendar.holidays)),
        }

    def clean_holidays(self) -> frozenset[date]:
        found: set[date] = set()
        for line in filter(None, (line.strip() for line in self.cleaned_data["holidays"].splitlines())):
            found |= _days_in(line)
            if len(found) > MOST_HOLIDAYS:
                raise forms.ValidationError(
                    gettext("That is more than %(number)s days. Please name the next holidays only.")
                    % {"number": MOST_HOLIDAYS}
                )
        return frozenset(found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week = []
        for number in WEEKDAYS:
            try:
                week.append(openings_in(cleaned.get(f"day{number}", "")))
            except forms.ValidationError as error:
                if not cleaned.get("always"):
                    self.add_error(f"day{number}", error)
        if not cleaned.get("always") and not self.errors and not any(week):
            self.add_error("day0", gettext("Please open at least one hour of the week, or let every hour count."))
        return cleaned | {"week": (FULL_DAY,) * len(WEEKDAYS) if cleaned.get("always") else tuple(week)}

    @property
    def targets(self) -> Targets:
        """The targets of a valid form."""
        values = self.cleaned_data
        return {kind: Target(kind, values[kind.value], values["share"]) for kind in LABELS}

    @property
    def calendar(self) -> Calendar:
        """The hours of a valid form."""
        values = self.cleaned_data
        return Calendar(values["zone"], values["week"], values["holidays"])


def openings_in(text: str) -> tuple[Opening, ...]:
    """The openings of one day, in order. ValidationError with what is wrong."""
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        match = OPENING.match(part)
        if match is None:
            raise forms.ValidationError(
                gettext("“%(part)s” is no time of opening. Please write it like 09:00–12:00.") % {"part": part}
            )
        hour, minute, last_hour, last_minute = (int(number or 0) for number in match.groups())
        start, until = hour * 60 + minute, last_hour * 60 + last_minute
        if minute > 59 or last_minute > 59 or until > 1440:
            raise forms.ValidationError(
                gettext("“%(part)s”: a day ends at 24:00, an hour at 59 minutes.") % {"part": part}
            )
        if until <= start:
            raise forms.ValidationError(gettext("“%(part)s” ends before it begins.") % {"part": part})
        found.append((start, until))
    found.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise forms.ValidationError(gettext("Two of these times overlap."))
    return tuple(found)


def _days_in(line: str) -> set[date]:
    match = DAYS.match(line)
    try:
        first = date.fromisoformat(match.group(1)) if match else None
        last = date.fromisoformat(match.group(2) or match.group(1)) if match else None
    except ValueError:
        first = last = None
    if first is None or last is None:
        raise forms.ValidationError(
            gettext("“%(line)s” is no day. Please write it like 2026-12-25.") % {"line": line[:60]}
        )
    if last < first:
        raise forms.ValidationError(gettext("“%(line)s”: the last day lies before the first.") % {"line": line[:60]})
    if (last - first).days > MOST_HOLIDAYS:
        raise forms.ValidationError(gettext("“%(line)s” is longer than a year.") % {"line": line[:60]})
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def _said(opening: Opening) -> str:
    return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in opening)


def _said_days(holidays: frozenset[date]) -> list[str]:
    """Runs of days as their first and last."""
    runs: list[list[date]] = []
    for day in sorted(holidays):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{run[0]} – {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]


def shown_hours(calendar: Calendar) -> Mapping[str, str]:
    """The hours of the course in words, by day; empty where every moment counts."""
    if calendar.always_open:
        return {}
    return {
        capfirst(WEEKDAYS[number]): ", ".join(map(_said, day)) or gettext("closed")
        for number, day in enumerate(calendar.week)
    }
