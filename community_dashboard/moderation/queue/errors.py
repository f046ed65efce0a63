"""What the queue can say instead of doing it, each with a sentence for the person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from community_dashboard.sentences import SentenceError


class QueueError(SentenceError):
    """It was not done."""

    sentence: Any = _("This could not be done.")


class NoItemError(QueueError):
    """The post does not stand in the queue of this course, or not for this reader."""

    sentence = _("This post is not in the queue any more.")


class NotYoursError(QueueError):
    """The account does not moderate this course, or not this cohort."""

    sentence = _("This account may not do this here. It needs a role in the course's forum.")
