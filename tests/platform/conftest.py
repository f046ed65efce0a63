"""The platform's layers of settings, with the real loader of plugin settings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from edx_django_utils.plugins import add_plugins

Layers = Callable[..., ModuleType]
COMMON, PRODUCTION = "layers_of_common", "layers_of_production"
# Without which some plugins of others do not start.
EMPTY = {"INSTALLED_APPS": [], "FEATURES": {}, "ENV_TOKENS": {}, "LMS_ROOT_URL": "https://lms.example"}


@pytest.fixture
def layers() -> Iterator[Layers]:
    """`layers("lms", common={…}, site={…})` is the production module of a service as the platform builds it.

    First the common module, at whose end every plugin adds its settings; then production, which takes over the very same
    objects, replaces what the site's YAML file names as wholes, and lets every plugin add its settings once more.
    """

    def build(service: str, *, common: dict[str, Any] | None = None, site: dict[str, Any] | None = None) -> ModuleType:
        first = _module(COMMON, {**EMPTY, "SERVICE_VARIANT": service, **(common or {})})
        add_plugins(COMMON, f"{service}.djangoapp", "common")
        second = _module(PRODUCTION, {**_settings_of(first), **(site or {})})
        add_plugins(PRODUCTION, f"{service}.djangoapp", "production")
        return second

    yield build
    for name in (COMMON, PRODUCTION):
        sys.modules.pop(name, None)


def _module(name: str, settings: dict[str, Any]) -> ModuleType:
    module = sys.modules[name] = ModuleType(name)
    vars(module).update(settings)
    return module


def _settings_of(module: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name.isupper()}
