"""The shield as a provider for the moderation hook of openedx-forum 0.6."""

import pytest

service = pytest.importorskip("forum.ai_moderation.service")

PATH = "community_dashboard.moderation.shield.provider.ShieldBackend"


@pytest.fixture
def hook(settings):
    settings.AI_MODERATION_BACKEND = PATH
    return service.AIModerationService()


def test_the_hook_takes_it(hook):
    assert type(hook.moderation_backend).__name__ == "ShieldBackend"


def test_spam_is_called_spam_and_says_why(hook):
    answer = hook._classify("Contact the support team on WhatsApp https://wa.me/15550001234 to verify your account")
    assert answer["classification"] in service.SPAM_CLASSIFICATIONS
    assert "contact 40" in answer["reasoning"]
    assert answer["confidence_score"] is None


@pytest.mark.parametrize("text", ["Bonjour à tous", "", "See https://fr.wikipedia.org/wiki/Abeille", None])
def test_honest_texts_are_not(hook, text):
    assert hook._classify(text)["classification"] == service.CLASSIFICATION_NOT_SPAM
