"""What the page of the queue sends besides decisions."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.queue.filters import filters_from
from community_dashboard.moderation.queue.keys import DEFAULTS, TwiceError, clean_keys


class SavedFilterForm(forms.Form):
    """A name for the filter that the page shows. The query is brought into our own form."""

    name = forms.CharField(max_length=60, error_messages={"required": _("Give the filter a name.")})
    query = forms.CharField(max_length=2000, required=False, strip=False)

    def clean_query(self) -> str:
        """As `Filters.query` writes it."""
        fields = parse_qs(self.cleaned_data["query"])
        values = {name: found[-1] for name, found in fields.items()}
        query = filters_from(values, fields.get("topic", [])).query()
        if len(query) > 500:
            raise forms.ValidationError(_("This filter is too long to be kept."))
        return query


class LetGoForm(forms.Form):
    """To when the page that goes held its post, as it was told."""

    until = forms.DateTimeField(required=False)


class KeysForm(forms.Form):
    """One field for each key, and whether any acts."""

    on = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for act in DEFAULTS:
            self.fields[f"key_{act}"] = forms.CharField(max_length=1, required=False)

    @property
    def keys(self) -> dict[str, str]:
        """act → key, as typed; what was left empty is ours again."""
        return {act: self.cleaned_data[f"key_{act}"] for act in DEFAULTS}

    def clean(self) -> dict[str, Any]:
        """Each key once."""
        values = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                clean_keys(self.keys)
            except TwiceError as error:
                raise forms.ValidationError(
                    _("The key %(key)s has two meanings."), params={"key": error.key}
                ) from error
        return values
