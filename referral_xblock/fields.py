"""Fields that can be read whatever an old export put into them; `presentation.tidy` sorts out what they hold."""

from __future__ import annotations

import json
from typing import Any

from xblock.fields import JSONField, String


class AnyText(String):
    """A text as a rule. Anything else comes back as it is stored instead of a TypeError."""

    def from_json(self, value: Any) -> Any:
        """The stored value."""
        return super().from_json(value) if isinstance(value, bytes | str) else value

    enforce_type = from_json


class AnyValue(JSONField):
    """A list, a mapping or a flag as a rule. Text that is not JSON comes back as text."""

    def from_string(self, serialized: str | None) -> Any:
        """The value of an attribute of the course's XML."""
        try:
            return json.loads(serialized or "null")
        except (ValueError, RecursionError):
            return serialized
