"""What every page of the demo says around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info


def describe_page(request: HttpRequest) -> dict[str, Any]:
    """Template context: the platform's name, the languages on offer in their own names. No query."""
    return {
        "platform_name": settings.PLATFORM_NAME,
        "languages_offered": [get_language_info(code) for code in settings.LANGUAGES_OFFERED],
    }
