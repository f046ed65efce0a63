"""What an author and a moderator write about a decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.appeals.models import LONGEST_ANSWER, LONGEST_APPEAL

DAMAGED = _("This form is damaged. Please open the page again.")


class AppealForm(forms.Form):
    """An author's own words."""

    words = forms.CharField(
        max_length=LONGEST_APPEAL,
        label=_("What should be looked at again, in your own words"),
        error_messages={"required": _("Please write what should be looked at again.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class RulingForm(forms.Form):
    """A moderator's answer. Which button was pressed stands in `do`."""

    do = forms.ChoiceField(
        choices=[("uphold", ""), ("overturn", "")], error_messages={"invalid_choice": DAMAGED, "required": DAMAGED}
    )
    answer = forms.CharField(
        max_length=LONGEST_ANSWER, error_messages={"required": _("Please say why: the author reads it.")}
    )


class PagesForm(forms.Form):
    """Which appeals are shown, from where on."""

    show = forms.ChoiceField(required=False, choices=[("", ""), ("decided", "")])
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62)
