"""The shield as a provider for the moderation hook of openedx-forum 0.6 and later; nothing leaves the site.

For `AI_MODERATION_BACKEND = "community_dashboard.moderation.shield.provider.ShieldBackend"`. The hook hands over a text alone, so
what is about the author, the hour and the course's own rules is not judged here: the usual rules look at the text. It only
marks and reports a post; holding it is intake's, which hears of the report. Importable where the forum has the hook.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from forum.ai_moderation.backends.base import CLASSIFICATION_NOT_SPAM, CLASSIFICATION_SPAM, BaseModerationBackend

from community_dashboard.moderation.shield.judging import Facts, judge
from community_dashboard.moderation.shield.rules import Rules


class ShieldBackend(BaseModerationBackend):
    """Classifies a text by the usual rules. No table, no network, about a millisecond."""

    def classify(self, content: str) -> dict[str, Any] | None:
        """The hook's answer. Points are no probability, so there is no confidence."""
        facts = Facts(title="", body=content or "", posted_at=timezone.now(), username="", has_lasted=True)
        verdict = judge(facts, Rules())
        signs = {sign.value: points for sign, points in verdict.signs.items()}
        told = ", ".join(f"{sign} {points}" for sign, points in signs.items()) or "none"
        return {
            "classification": CLASSIFICATION_SPAM if verdict.hold else CLASSIFICATION_NOT_SPAM,
            "reasoning": f"Signs and their points: {told}. Held from {Rules().limit} points on.",
            "confidence_score": None,
            "full_api_response": {"points": verdict.points, "signs": signs},
        }
