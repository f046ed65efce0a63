"""Why something was not done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community_dashboard.sentences import SentenceError


class NotAllowedError(SentenceError):
    """The account is not on the team of this course."""

    sentence = _("You may not change the digest of this course.")
