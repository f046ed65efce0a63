"""What is sent to the list and to the page of one learner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import unveiled
from community_dashboard.activity.rollup.people import SORTS
from community_dashboard.engagement.choosing.forms import ChoiceForm
from community_dashboard.engagement.learners.columns import COLUMNS
from community_dashboard.engagement.learners.models import LONGEST_LABEL, LONGEST_NOTE
from community_dashboard.engagement.learners.queries import labels_of
from community_dashboard.engagement.learners.wishes import ALL, LEFT, NOW, SORT, TEAM, Wish, in_order

DAMAGED = _("This address is damaged or was made for another course. Please open the list again.")
# The choosers after the first, in the order in which they are read, and what each says when nothing is chosen.
CHOOSERS = {
    "cohort": (_("from"), _("any cohort")),
    "mode": (_("on"), _("any track")),
    "segment": (_("in"), _("any segment")),
    "tag": (_("with"), _("any tag or none")),
}


class WishForm(ChoiceForm):
    """The filter of the list, sent by GET. One query more than the choosers: the tags."""

    who = forms.ChoiceField(
        required=False,
        label=_("Show"),
        choices=[
            (NOW, _("learners in the course now")),
            (LEFT, _("learners who left")),
            (ALL, _("everybody, the team too")),
            (TEAM, _("the course team")),
        ],
        error_messages={"invalid_choice": _("There is no such group of people.")},
    )
    tag = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("Nobody has this tag.")})
    found = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in SORTS],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The list cannot be ordered like this.")},
    )
    up = forms.BooleanField(required=False, widget=forms.HiddenInput)
    columns = forms.MultipleChoiceField(
        required=False,
        label=_("Columns"),
        choices=[(column.key, column.title) for column in COLUMNS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such column.")},
    )
    after = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, course_key: CourseKey, **kwargs: Any) -> None:
        super().__init__(*args, course_key=course_key, **kwargs)
        self.course_key = course_key
        labels = [(label, label) for label, _times in labels_of(course_key)]
        self._offer("tag", "", labels)
        for name, (label, whichever) in CHOOSERS.items():
            self.fields[name].label = label
            self.fields[name].choices = [("", whichever), *self.fields[name].choices[1:]]
        for name in ("start", "end", "joined"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_found(self) -> str:
        return self._unveiled("found")

    def clean_after(self) -> str | None:
        return self._unveiled("after") or None

    def wish(self) -> Wish:
        """The wish of a valid form."""
        values = self.cleaned_data
        return Wish(
            choice=self.choice(),
            who=values["who"],
            tag=values["tag"],
            search=values["found"],
            sort=values["sort"] or SORT,
            up=values["up"],
            columns=in_order(values["columns"]),
            after=values["after"],
        )

    @property
    def stray_errors(self) -> list[str]:
        """What is wrong in the address and in no chooser that can be seen."""
        return super().stray_errors + [str(error) for error in self["columns"].errors]

    @property
    def sentence(self) -> list[forms.BoundField]:
        """The choosers that have something to choose."""
        return [self[name] for name in ("who", *CHOOSERS) if not self[name].is_hidden]

    def _unveiled(self, name: str) -> str:
        text = self.cleaned_data[name]
        try:
            return unveiled(text, self.course_key) if text else ""
        except ValueError as error:
            raise forms.ValidationError(DAMAGED) from error


class SearchForm(forms.Form):
    """What is looked for. Sent by POST: a name or an address stands in no address of a page."""

    text = forms.CharField(required=False, max_length=100)
    query = forms.CharField(required=False, max_length=4000)


class NoteForm(forms.Form):
    """A note about a learner."""

    text = forms.CharField(
        max_length=LONGEST_NOTE, strip=True, label=_("Note"), widget=forms.Textarea(attrs={"rows": 3})
    )


class TagForm(forms.Form):
    """A label for a learner."""

    label = forms.CharField(max_length=LONGEST_LABEL, strip=True, label=_("Tag"))
