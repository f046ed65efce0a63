"""What a site has set, held against our defaults: a value of another kind, out of range, or under a name we do not know.

The kind is that of the default, so that a setting cannot be added without its check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils.module_loading import import_string

KINDS = {
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    tuple: "a list",
    dict: "a dictionary",
}


@dataclass(frozen=True)
class Misfit:
    """One setting that makes no sense."""

    name: str
    kind: str  # "kind", "range" or "unknown"
    sentence: str
    hint: str


def defaults_of(plugin_settings: Callable[[Any], None], prefix: str) -> dict[str, Any]:
    """Every setting of ours with its default, as our own settings file gives it to a site that has set nothing."""
    bare = SimpleNamespace()
    plugin_settings(bare)
    return {name: value for name, value in vars(bare).items() if name.startswith(prefix)}


def misfits(
    settings: Any, defaults: Mapping[str, Any], prefix: str, ranges: Mapping[str, tuple[float, float]]
) -> list[Misfit]:
    """What is wrong with the site's settings of this prefix. `ranges` names those that may not be any number from 0 on.

    A text may be empty only where the default is.
    """
    found = []
    for name, default in defaults.items():
        value = getattr(settings, name, default)
        if not _is_like(value, default):
            hint = f"Set it to {KINDS[type(default)]}, as the default {default!r} is, or leave it out."
            found.append(Misfit(name, "kind", f"{name} is {value!r}, which is not {KINDS[type(default)]}.", hint))
        elif isinstance(default, int | float) and not isinstance(default, bool):
            least, most = ranges.get(name, (0, float("inf")))
            if not least <= value <= most:
                limits = f"at least {least}" + (f" and at most {most}" if most < float("inf") else "")
                found.append(
                    Misfit(name, "range", f"{name} is {value}.", f"It has to be {limits}; the default is {default}.")
                )
        elif isinstance(default, str) and default and not value.strip():
            found.append(Misfit(name, "range", f"{name} is empty.", f"Leave it out to have the default, {default!r}."))
    return found + _unknown(_names(settings, prefix), defaults)


def is_studio(settings: Any) -> bool:
    """Whether this process is Studio, as the platform's own settings say."""
    return getattr(settings, "SERVICE_VARIANT", "lms") == "cms"


def problem_of_class(dotted_path: Any) -> str:
    """Why the class of this path cannot be had, "" if it can. Imports it."""
    if not isinstance(dotted_path, str):
        return "it is not the dotted path of a class"
    try:
        found = import_string(dotted_path)
    except ImportError as error:
        return str(error)
    except Exception as error:  # whatever a module of the site's own does when it is imported
        return f"{type(error).__name__}: {error}"
    return "" if isinstance(found, type) else "it names something that is not a class"


def problem_of_font(path: str) -> str:
    """Why this is no font that Pillow reads, "" if it is one. Reads four bytes."""
    try:
        with Path(path).open("rb") as file:
            beginning = file.read(4)
    except OSError as error:
        return error.strerror or str(error)
    return (
        ""
        if beginning in (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
        else "this is not a TrueType or OpenType file"
    )


def _is_like(value: Any, default: Any) -> bool:
    if default is None:
        return True
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    if isinstance(default, list | tuple):
        return isinstance(value, list | tuple)
    return isinstance(value, type(default))


def _names(settings: Any, prefix: str) -> list[str]:
    return sorted(name for name in dir(settings) if name.startswith(prefix))


def _unknown(names: Iterable[str], defaults: Mapping[str, Any]) -> list[Misfit]:
    found = []
    for name in names:
        if name not in defaults:
            close = get_close_matches(name, defaults, n=1)
            hint = f"Did you mean {close[0]}?" if close else "Look for a misspelling, or take it out."
            found.append(Misfit(name, "unknown", f"{name} is not a setting that we know: it does nothing.", hint))
    return found
