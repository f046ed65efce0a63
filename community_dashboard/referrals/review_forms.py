"""What the buttons of the fraud review send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import opened
from referral_xblock.api import LONGEST_REASON, Decision

WHOLE = "-all"  # the end of a button's value that means the whole group
DAMAGED = _("This form is damaged or was made for another course. Please open the page again.")


class PagesForm(forms.Form):
    """Which page of who waits, and from where on the log."""

    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class DecisionForm(forms.Form):
    """A decision on the ticked friends of one inviter, or on all of them who wait."""

    do = forms.ChoiceField(
        choices=[(one.value + end, "") for one in Decision for end in ("", WHOLE)],
        error_messages={"invalid_choice": DAMAGED, "required": DAMAGED},
    )
    inviter = forms.CharField(max_length=500, error_messages={"required": DAMAGED})
    latest = forms.IntegerField(min_value=1, max_value=2**62, error_messages={"required": DAMAGED})
    people = forms.IntegerField(min_value=1, error_messages={"required": DAMAGED})
    journey = forms.MultipleChoiceField(required=False)
    why = forms.CharField(required=False, max_length=LONGEST_REASON)

    def __init__(self, data: Any, *, course_key: CourseKey) -> None:
        super().__init__(data)
        self.course_key = course_key
        ticked = [text for text in data.getlist("journey") if text.isascii() and text.isdecimal() and len(text) < 19]
        self.fields["journey"].choices = [(text, text) for text in ticked]

    def clean_inviter(self) -> int:
        try:
            return opened(self.cleaned_data["inviter"], self.course_key)
        except ValueError as error:
            raise forms.ValidationError(DAMAGED) from error

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if "do" in cleaned and not cleaned["do"].endswith(WHOLE) and not cleaned.get("journey"):
            raise forms.ValidationError(_("Please tick at least one friend, or decide on all of them."))
        return cleaned

    @property
    def decision(self) -> Decision:
        """What is decided, of a valid form."""
        return Decision(self.cleaned_data["do"].removesuffix(WHOLE))

    @property
    def whole_group(self) -> bool:
        """Whether it is for everybody who waits."""
        return self.cleaned_data["do"].endswith(WHOLE)

    @property
    def journey_ids(self) -> list[int]:
        """The ticked ones."""
        return [int(text) for text in self.cleaned_data["journey"]]
