"""The form with which an answer is kept for use again. What is wrong in its fields is said by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.decisions.kept_replies import (
    LONGEST_BODY,
    LONGEST_SHORTCUT,
    LONGEST_TITLE,
    reply_languages,
)


class ReplyForm(forms.Form):
    """`number` and `seen` are those of the reply that is changed; empty for a new one."""

    title = forms.CharField(
        label=_("Name"),
        help_text=_("By this you choose it when you answer."),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_TITLE, "dir": "auto"}),
    )
    shortcut = forms.CharField(
        label=_("Abbreviation"),
        help_text=_("May stay empty. Typed in the list of kept replies, it leads to this one."),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_SHORTCUT, "autocomplete": "off", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Under a post in this language it is offered first."),
        error_messages={"required": _("Please choose a language."), "invalid_choice": _("Please choose a language.")},
    )
    body = forms.CharField(
        label=_("Text"),
        help_text=_(
            "{name} becomes the username of who asked, {unit} the topic, {course} the course, {moderator} your own username. A "
            "brace that is meant as it stands is written twice."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_BODY, "dir": "auto"}),
    )
    number = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["language"].choices = list(reply_languages().items())
        self.fields["language"].initial = get_language()

    def clean_body(self) -> str:
        """With the line breaks of the forum."""
        return self.cleaned_data["body"].replace("\r\n", "\n")


def values_of(reply: Any, *, again: bool = False) -> dict[str, Any]:
    """What the form shows of a kept reply; `again`: to keep as a new one what was just removed."""
    values = {"title": reply.title, "shortcut": reply.shortcut, "language": reply.language, "body": reply.body}
    return values if again else values | {"number": reply.pk, "seen": reply.changed_at.isoformat()}
