"""What somebody may ask of a job, and how it is refused in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.bulk.scopes import CHOICES, Kind, Scope, read_refs
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.projection.queries import find_post

NAMES = {
    Choice.APPROVE: _("Approve: nothing is wrong with them"),
    Choice.HIDE: _("Hide"),
    Choice.RESTORE: _("Show again"),
    Choice.CLOSE: _("Close the threads"),
    Choice.MOVE: _("Move the threads to another topic"),
    Choice.DELETE: _("Delete for good"),
}


class AskForm(forms.Form):
    """The choice and what it needs. Valid without the tick for deleting, which only `BeginForm` wants."""

    choice = forms.ChoiceField(
        label=_("What to do with all of them"),
        choices=[(choice.value, NAMES[choice]) for choice in CHOICES],
        initial=Choice.HIDE.value,
        error_messages={"required": _("Say what is to be done."), "invalid_choice": _("This is decided one by one.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("The authors read it beside what was done. Needed to hide or delete."),
    )
    close_reason = forms.ChoiceField(label=_("Why they are closed"), required=False)
    topic = forms.ChoiceField(label=_("The topic to move them to"), required=False)

    def __init__(self, *args: Any, course_key: CourseKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = get_host()
        self.fields["close_reason"].choices = [("", "—"), *host.close_reasons().items()]
        self.fields["topic"].choices = [("", "—"), *((topic.id, topic.title) for topic in host.topics(course_key))]

    @property
    def asked(self) -> Choice:
        """The choice; for a valid form."""
        return Choice(self.cleaned_data["choice"])

    @property
    def why(self) -> str:
        """The reason as `decide` takes it."""
        return self.cleaned_data["close_reason" if self.asked is Choice.CLOSE else "reason"]

    @property
    def also(self) -> dict[str, str]:
        """The fields as `decide` takes them."""
        if self.asked is Choice.MOVE:
            return {"topic_id": self.cleaned_data["topic"]}
        return {"sure": "yes"} if self.asked is Choice.DELETE and self.cleaned_data.get("sure") else {}


class BeginForm(AskForm):
    """The same with what must be there before anything is done."""

    seen_at = forms.DateTimeField(widget=forms.HiddenInput)
    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("I know that deleted posts do not come back."), required=False)

    def clean(self) -> dict[str, Any]:
        """Asks for what the choice needs."""
        values = super().clean() or {}
        choice = values.get("choice")
        if choice in (Choice.HIDE, Choice.DELETE) and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why: the authors read it."))
        if choice == Choice.CLOSE and not values.get("close_reason"):
            self.add_error("close_reason", _("Choose why they are closed."))
        if choice == Choice.MOVE and not values.get("topic"):
            self.add_error("topic", _("Choose the topic to move them to."))
        if choice == Choice.DELETE and not values.get("sure"):
            self.add_error("sure", _("Tick this to delete for good."))
        return values


def scope_from(values: QueryDict, course_key: CourseKey) -> Scope | None:
    """On what the page works, from an address or a form: picked posts, everything by the author of a post, or a filter.

    None if nothing is said, or the post has no author any more. An author is named by a post, so that no account's number stands
    in an address. One query for an author.
    """
    picked = read_refs(values.getlist("pick"))
    if picked:
        return Scope(Kind.SELECTION, refs=tuple(picked))
    by_author_of = read_refs([values.get("author_of", "")])
    if by_author_of:
        post = find_post(course_key, by_author_of[0])
        return Scope(Kind.AUTHOR, author_id=post.author_id) if post is not None and post.author_id else None
    if "filter" in values:
        return Scope(Kind.FILTER, query=values["filter"][:500])
    return None
