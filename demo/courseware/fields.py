"""Columns of keys that tell capital letters from small ones, where the installed opaque-keys can.

Before 4.0 (Teak, Ulmo) such a column has no choice: SQLite tells them apart, MySQL does not.
"""

from __future__ import annotations

import inspect
from typing import Any

from opaque_keys.edx.django import models as keys

HAS_CHOICE = "case_sensitive" in inspect.getsource(keys.OpaqueKeyField.__init__)


class CourseKeyField(keys.CourseKeyField):
    """The key of a course."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **_understood(kwargs))


class UsageKeyField(keys.UsageKeyField):
    """The key of a block."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **_understood(kwargs))


def _understood(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if HAS_CHOICE or name != "case_sensitive"}
