"""What a learner may say in the forum of the campus."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community_dashboard.data import Topic


class ThreadForm(forms.Form):
    """A new thread."""

    topic = forms.ChoiceField(label=_("Where it belongs"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("question", _("A question")), ("discussion", _("Something to talk about"))],
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, topics: list[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(topic.id, topic.title) for topic in topics]


class AnswerForm(forms.Form):
    """An answer to a thread."""

    body = forms.CharField(label=_("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))
