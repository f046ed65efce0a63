"""How many weeks the page of the team shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

USUAL = 12
WEEKS = (4, 8, 12, 26, 52)


class WeeksForm(forms.Form):
    """Read from the address; empty is the usual."""

    weeks = forms.TypedChoiceField(
        label=_("Period"),
        required=False,
        coerce=int,
        empty_value=USUAL,
        choices=[
            (number, ngettext_lazy("the last %(n)s week", "the last %(n)s weeks", "n") % {"n": number})
            for number in WEEKS
        ],
    )
