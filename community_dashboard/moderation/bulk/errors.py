"""Why a job was not begun, each with a sentence for the person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.decisions.errors import DecisionError


class NotBulkError(DecisionError):
    """The choice is made one by one."""

    sentence = _("This is decided one by one, not for many posts at once.")


class EmptyJobError(DecisionError):
    """No post of this course is meant."""

    sentence = _("No post is meant by this. Nothing was done.")


class NoJobError(DecisionError):
    """There is no such job in this course."""

    sentence = _("There is no such work in this course.")
