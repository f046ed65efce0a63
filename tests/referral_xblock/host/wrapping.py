"""A host that lacks something, or answers something else: the demo's, with some verbs replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from demo.host import DemoHost


class Wrapping:
    """Every verb of the demo's host but those that are given here."""

    def __init__(self, **verbs: Callable[..., Any]) -> None:
        self.demo = DemoHost()
        self.verbs = verbs

    def __getattr__(self, name: str) -> Any:
        return self.verbs[name] if name in self.verbs else getattr(self.demo, name)
