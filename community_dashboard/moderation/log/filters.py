"""What of the log is wanted, as it stands in an address. Accounts stand there signed for the course, never as a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import opened, sealed
from community_dashboard.data import PostKind
from community_dashboard.moderation.decisions.log_words import DONE
from community_dashboard.moderation.decisions.logbook import LogFilter

PEOPLE, RULES = "people", "rules"
DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
SHOWN = ("by", "choice", "how", "start", "end")
NARROW = ("author", "kind", "post", "decision")  # set by links on the page, not typed


class LogForm(forms.Form):
    """The filter. Valid fields narrow the log; the page says which are not."""

    by = forms.ChoiceField(required=False, label=_("Decided by"))
    choice = forms.ChoiceField(required=False, label=_("What"))
    how = forms.ChoiceField(
        required=False,
        label=_("How"),
        choices=[("", _("by people and by rules")), (PEOPLE, _("by people")), (RULES, _("by rules"))],
    )
    start = forms.DateField(required=False, label=_("From"), validators=DAYS)
    end = forms.DateField(required=False, label=_("Until"), validators=DAYS)
    author = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        required=False, choices=[("", ""), *((kind.value, "") for kind in PostKind)], widget=forms.HiddenInput
    )
    post = forms.RegexField(r"^[\w-]{1,64}$", required=False, widget=forms.HiddenInput)
    decision = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def __init__(
        self,
        data: Any,
        *,
        course_key: CourseKey,
        actors: Sequence[int] = (),
        name: Callable[[int | None], str] | None = None,
    ) -> None:
        """`actors` are those to choose from, named by `name`; without a name the form only checks. No query."""
        super().__init__(data)
        self.course_key = course_key
        chosen = self.data.get("by", "")
        # The same account is sealed differently every second: the one in the address stays as it is there.
        known = {self._opened(chosen): chosen} if chosen else {}
        people = [(known.get(user_id) or sealed(user_id, course_key), name(user_id)) for user_id in actors if name]
        if chosen and chosen not in dict(people):
            people.append((chosen, name(self._opened(chosen)) if name else ""))
        self.fields["by"].choices = [("", _("anybody")), *sorted(people, key=lambda one: str(one[1]).casefold())]
        kinds = sorted(((choice, str(words)) for choice, words in DONE.items()), key=lambda one: one[1].casefold())
        self.fields["choice"].choices = [("", _("everything")), *kinds]
        for end in ("start", "end"):
            self.fields[end].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean_by(self) -> int | None:
        return self._account("by")

    def clean_author(self) -> int | None:
        return self._account("author")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first."))
        return cleaned

    def filter(self) -> LogFilter:
        """The filter of a valid form. Days are those of the site's clock; the last one counts whole."""
        values = self.cleaned_data
        return LogFilter(
            actor=values["by"],
            choice=values["choice"],
            subject=values["author"],
            kind=values["kind"] if values["post"] else "",
            post_id=values["post"] if values["kind"] else "",
            since=_midnight(values["start"]),
            until=_midnight(values["end"] + timedelta(days=1)) if values["end"] else None,
            automatic={PEOPLE: False, RULES: True}.get(values["how"]),
            decision=values["decision"],
        )

    def query(self, **changed: Any) -> str:
        """The query of an address: this filter with some of it changed, from its first page."""
        values = {name: self.data.get(name, "") for name in (*SHOWN, *NARROW)} | changed
        return urlencode({name: value for name, value in values.items() if value not in ("", None)})

    @staticmethod
    def only(**values: Any) -> str:
        """The query of an address with this and nothing else."""
        return urlencode(values)

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return any(self.data.get(name) for name in (*SHOWN, *NARROW))

    def _account(self, name: str) -> int | None:
        text = self.cleaned_data[name]
        found = self._opened(text)
        if text and found is None:
            raise forms.ValidationError(_("This address is damaged. Please open the page again."))
        return found

    def _opened(self, text: str) -> int | None:
        try:
            return opened(text, self.course_key)
        except ValueError:
            return None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=get_current_timezone()).astimezone(UTC) if day else None
