"""Fields of forms for who cannot see them."""

from __future__ import annotations

from django import forms


def described(form: forms.BaseForm) -> None:
    """Ties each field to its hint and its error, and puts the cursor into the first wrong one."""
    first = True
    for field in form.visible_fields():
        hints = [field.errors and "error", field.help_text and "hint"]
        described_by = " ".join(f"{field.auto_id}_{hint}" for hint in hints if hint)
        wrong = {"aria-invalid": "true"} if field.errors else {}
        if field.errors and first:
            wrong["autofocus"] = "autofocus"
            first = False
        field.field.widget.attrs |= wrong | ({"aria-describedby": described_by} if described_by else {})
