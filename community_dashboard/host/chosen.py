"""Finds the host that `settings.COMMUNITY_HOST` names."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from community_dashboard.host.interface import Host


@lru_cache(maxsize=4)
def _load(dotted_path: str) -> Host:
    return cast(Host, import_string(dotted_path)())


def get_host() -> Host:
    """The platform we run on. Cached per dotted path, so a test may override the setting."""
    return _load(settings.COMMUNITY_HOST)
