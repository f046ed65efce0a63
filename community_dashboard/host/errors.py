"""What can go wrong when a moderator acts in a forum: five kinds, each with a sentence for the person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from community_dashboard.sentences import SentenceError


class ForumError(SentenceError):
    """The act was not done."""

    sentence: Any = _("The forum could not do this.")


class NotAllowedError(ForumError):
    """The account lacks the right, or the post is closed to this act. Trying again does not help."""

    sentence = _("This account may not do this here. It needs a role in the course's forum.")


class GoneError(ForumError):
    """The post, topic or course is not there (any more)."""

    sentence = _("This post is no longer there.")


class DisabledError(ForumError):
    """The course has no forum, or none of the platform's own."""

    sentence = _("This course has no forum.")


class BadValueError(ForumError):
    """A text, reason or topic that the forum does not take. Nothing was changed."""

    sentence = _("The forum does not accept this.")


class UnavailableError(ForumError):
    """The forum did not answer, or answered with an error of its own. Trying again later may help."""

    sentence = _("The forum does not answer at the moment.")
