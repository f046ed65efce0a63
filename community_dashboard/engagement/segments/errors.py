"""Why something was not done to a segment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community_dashboard.sentences import SentenceError


class NotAllowedError(SentenceError):
    """The account may not change the segments of this course."""

    sentence = _("You may not change the segments of this course.")


class ChangedError(SentenceError):
    """Somebody else changed it meanwhile. Nothing was written."""

    sentence = _("Somebody else changed this segment meanwhile. Open the page anew to see it; yours is below.")


class NotThereError(SentenceError):
    """The course has no such segment."""

    sentence = _("This segment is not there any more.")


class UnsoundError(SentenceError):
    """The name or the definition cannot be kept."""

    sentence = _("This segment cannot be kept as it stands.")
