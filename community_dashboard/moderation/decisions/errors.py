"""Why a decision was not made: each error has a sentence for the person who pressed the button."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from community_dashboard.sentences import SentenceError


class DecisionError(SentenceError):
    """Nothing was changed by it."""

    sentence: Any = _("This could not be done.")


class NotAllowedError(DecisionError):
    """The account may not decide this here, or not about this person."""

    sentence = _("This account may not do this here. It needs a role in the course's forum.")


class TooLateError(DecisionError):
    """Somebody else decided first. `name` is theirs, "" where it is no longer known."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        sentence = (
            _("%(name)s has decided on this already. Nothing was done twice.") % {"name": name}
            if name
            else _("Somebody has decided on this already. Nothing was done twice.")
        )
        super().__init__(sentence)


class GoneError(DecisionError):
    """The post is not there any more, or never was in this course."""

    sentence = _("This post is no longer there.")


class NoAuthorError(DecisionError):
    """Nobody stands behind the post any more."""

    sentence = _("The author of this post has left the platform.")


class ChangedError(DecisionError):
    """The text in the forum is not the one that was decided on. Nothing was overwritten."""

    sentence = _("The text was changed in the forum meanwhile. Nothing was overwritten; please look at it again.")


class BadFieldError(DecisionError):
    """Something that the choice needs is missing or wrong. `field` names it."""

    def __init__(self, field: str, sentence: Any) -> None:
        self.field = field
        super().__init__(sentence)


class ForumFailedError(DecisionError):
    """The forum refused or did not answer. Nothing is lost; it may be tried again."""

    sentence = _("The forum does not answer at the moment. Nothing is lost: please try again.")


class NoWayBackError(DecisionError):
    """The decision cannot be undone; the sentence says why."""

    sentence = _("This can no longer be undone.")
