"""Tries every use of a platform name on the platform itself. What is provided for in our file degrades, the rest is broken.

Nothing is run but what only looks something up, as `get_user_model()`; the rest is asked of signatures and of models.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.urls import get_resolver, reverse
from django.utils.module_loading import import_string

from community_dashboard.operations import rows, walking
from community_dashboard.operations.uses import Attribute, Call, Each, Instance, Step, Use
from community_dashboard.operations.walking import EndOfWalk, Made, MissedError

LOOK_UPS = (import_module, import_string, get_user_model, apps.get_model)
PROVIDED = {
    "import": {"ImportError", "ModuleNotFoundError"},
    "attribute": {"AttributeError"},
    "parameters": {"TypeError"},
    "field": {"FieldError"},
    "address": {"NoReverseMatch"},
}


@dataclass(frozen=True)
class Miss:
    """A use that the platform does not meet."""

    use: Use
    kind: str  # a key of PROVIDED
    words: str  # "common.djangoapps.student.models has no “CourseEnrollment”"
    degrades: bool  # our file provides for it


@dataclass(frozen=True)
class Walks:
    """What came of all uses."""

    uses: int
    names: int
    unfinished: int  # uses of which the end depends on what the platform gives back
    misses: list[Miss]


def resolve(uses: Iterable[Use]) -> Walks:
    """Tries the uses, each miss once. A name that a fallback replaces is no miss, nor is a fallback that is not needed."""
    uses = list(uses)
    problems = {key: _import_problem(*key) for key in dict.fromkeys((use.module, use.name) for use in uses)}
    replaced = {name for use in uses if not problems[use.module, use.name] for name in use.instead_of}
    misses: dict[tuple[str, str], Miss] = {}
    unfinished = 0
    for use in uses:
        key = (use.module, use.name)
        try:
            if not problems[key]:
                _walk(use)
            elif not use.steps and key not in replaced and _is_needed(use, problems):
                raise MissedError("import", problems[key])
        except EndOfWalk:
            unfinished += 1
        except MissedError as missed:
            provided = PROVIDED[missed.kind] | {"Exception", "BaseException"}
            found = Miss(use, missed.kind, missed.words, degrades=bool(provided & use.caught))
            before = misses.get((missed.kind, missed.words))
            if before is None or before.degrades:  # what one place does not provide for is not provided for
                misses[missed.kind, missed.words] = found
    return Walks(len(uses), len(problems), unfinished, list(misses.values()))


def _is_needed(use: Use, problems: dict[tuple[str, str], str]) -> bool:
    return not use.instead_of or any(problems.get(name) for name in use.instead_of)


def _import_problem(module: str, name: str) -> str:
    """What is wrong with the import, "" if nothing is."""
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        return f"There is no module {error.name}" + (
            "" if error.name == module else f", which {module} belongs to or wants"
        )
    except Exception as error:  # a model outside of INSTALLED_APPS, a setting that is not there, …
        return f"{module} cannot be imported ({type(error).__name__}: {error})"
    if name and not hasattr(found, name):
        try:
            import_module(f"{module}.{name}")
        except ImportError:
            return f"{module} has no “{name}”"
    return ""


def _walk(use: Use) -> None:
    """From the name along its steps. EndOfWalk, MissedError."""
    value: Any = import_module(use.module)
    if use.name:
        value = walking.attribute(value, use.name, use.module)
    words = use.name or use.module
    for step in use.steps:
        value = rows.as_rows(_after(value, step, words))
        words += f".{step.name}" if isinstance(step, Attribute) else "(…)" if isinstance(step, Call) else ""


def _after(value: Any, step: Step, words: str) -> Any:
    if isinstance(step, Attribute):
        if isinstance(value, rows.Rows):
            return rows.method(value, step.name, words)
        if isinstance(value, rows.RowsMethod):
            raise EndOfWalk
        if isinstance(value, Made) and issubclass(value.of, Model):
            try:
                return rows.of_object(value.of, step.name)
            except LookupError:
                pass
        return walking.attribute(value, step.name, words)
    if isinstance(step, Call):
        return _called(value, step, words)
    if isinstance(step, Instance) and isinstance(value, type):
        return Made(value)
    if isinstance(step, Each) and isinstance(value, rows.Rows) and not value.plain and value.source.model:
        return Made(value.source.model)
    raise EndOfWalk


def _called(value: Any, call: Call, words: str) -> Any:
    if isinstance(value, rows.RowsMethod):
        return rows.called(value, call, words)
    if isinstance(value, rows.Rows | Made):
        raise EndOfWalk
    if isinstance(value, type) and issubclass(value, Model):
        missing = rows.fields_missing(value, list(call.keywords))
        if missing:
            raise MissedError("field", f"{value.__name__} has no field “{'”, “'.join(missing)}”")
        return Made(value)
    texts = [text for text in call.texts if text is not None]
    if value is reverse and call.texts[:1] != (None,) and texts:
        if not _is_address(texts[0]):
            raise MissedError("address", f"There is no address of the name “{texts[0]}”")
        raise EndOfWalk
    if any(value == look_up for look_up in LOOK_UPS) and len(texts) == call.positional and not call.keywords:
        return _looked_up(value, texts)
    return walking.called(value, call, words)


def _looked_up(look_up: Any, texts: list[str]) -> Any:
    try:
        return look_up(*texts)
    except (ImportError, LookupError) as error:
        raise MissedError("import", str(error)) from error


def _is_address(name: str) -> bool:
    """Whether an address of this name is there, with whatever parameters."""
    *namespaces, last = name.split(":")
    resolver: Any = get_resolver()
    for namespace in namespaces:
        if namespace not in resolver.namespace_dict:
            return False
        resolver = resolver.namespace_dict[namespace][1]
    return last in resolver.reverse_dict
