"""What the page of one reply to many is sent."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.answers.queries import MOST_OPEN


class AnswerForm(forms.Form):
    """The ticked posts, "thread:12" each, the reply, and when the page was made."""

    body = forms.CharField(
        max_length=10_000,
        strip=True,
        error_messages={"required": _("Write the reply first."), "max_length": _("This reply is too long.")},
    )
    seen = forms.CharField(max_length=40)
    post = forms.CharField(required=False)

    def clean_seen(self) -> datetime:
        """A moment with its time zone."""
        try:
            moment = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("Load this page again, and send it once more."))
        return moment

    def clean_post(self) -> list[PostRef]:
        """The posts, at least one."""
        refs = [ref for value in self.data.getlist("post") if (ref := read_ref(value))]
        if not refs:
            raise forms.ValidationError(_("Tick at least one thread."))
        if len(refs) > MOST_OPEN + 1:
            raise forms.ValidationError(_("Answer at most %(most)s threads at once.") % {"most": MOST_OPEN + 1})
        return refs


def read_ref(value: str) -> PostRef | None:
    """The post that a form names as "kind:id"; None for what is none."""
    kind, _colon, post_id = value.partition(":")
    if kind in set(PostKind) and 0 < len(post_id) <= 64:
        return PostRef(PostKind(kind), post_id)
    return None
