"""Fields of forms for who cannot see them."""

from __future__ import annotations

from django import forms


def described(form: forms.BaseForm, *, first: bool = True) -> bool:
    """Ties each field to its hint and its error, and puts the cursor into the first wrong one.

    `first`: whether the cursor is still to be put; False where a summary of what is wrong stands above the form, or a form above
    it is wrong. Returns whether it is still to be put after this form.
    """
    for field in form.visible_fields():
        hints = [field.errors and "error", field.help_text and "hint"]
        described_by = " ".join(f"{field.auto_id}_{hint}" for hint in hints if hint)
        attributes: dict[str, str | bool] = {"aria-invalid": "true"} if field.errors else {}
        if field.errors and first:
            attributes["autofocus"] = True
            first = False
        field.field.widget.attrs |= attributes | ({"aria-describedby": described_by} if described_by else {})
    return first
