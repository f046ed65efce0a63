"""One step along a name of the platform: an attribute that is taken, a call. Nothing of the platform is run by it.

Whether a call would be accepted is asked of the signature. What comes out is known where a class is called, where a
function says so in its annotation, and for rows (see `rows`); everywhere else the walk ends, which is no miss.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import typing
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.db.models import Model

from community_dashboard.operations.uses import Call


class EndOfWalk(Exception):  # noqa: N818 - nothing is wrong
    """From here on it depends on what the platform gives back when it really runs."""


class MissedError(Exception):
    """The platform does not have, or does not take, what we ask."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words


@dataclass(frozen=True)
class Made:
    """An object of a class; the object itself is not in hand."""

    of: type


@dataclass(frozen=True)
class Method:
    """A function of a class, to be called on an object of it."""

    function: Any


def attribute(value: Any, name: str, words: str) -> Any:
    """The attribute; `words` say what it is taken of. MissedError, EndOfWalk."""
    if isinstance(value, Method):
        raise EndOfWalk
    if isinstance(value, Made):
        return _attribute_of_object(value.of, name)
    try:
        return getattr(value, name)
    except AttributeError as error:
        if inspect.ismodule(value):
            try:
                return import_module(f"{value.__name__}.{name}")
            except ImportError:
                pass
        raise MissedError("attribute", f"{words} has no “{name}”") from error
    except Exception as error:  # a property that needs more than there is now
        raise EndOfWalk from error


def _attribute_of_object(cls: type, name: str) -> Any:
    try:
        found = inspect.getattr_static(cls, name)
    except AttributeError as error:
        if name in _set_by_itself(cls):
            raise EndOfWalk from error
        raise MissedError("attribute", f"an object of {cls.__name__} has no “{name}”") from error
    if inspect.isfunction(found):
        return Method(found)
    if isinstance(found, classmethod | staticmethod):
        return getattr(cls, name)
    raise EndOfWalk


@lru_cache(maxsize=256)
def _set_by_itself(cls: type) -> Any:
    """Names that objects of a class give themselves, read from its source. Any name where that cannot be known."""
    names: set[str] = set()
    for part in cls.__mro__[:-1]:
        if part in Model.__mro__:  # gives its objects what is found on the class
            continue
        if "__getattr__" in vars(part) or "__getattribute__" in vars(part):
            return _Everything()
        names |= set(getattr(part, "__annotations__", {})) | set(getattr(part, "__slots__", ()))
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(part)))
        except (OSError, TypeError, SyntaxError):
            return _Everything()
        by_name = any(isinstance(node, ast.Name) and node.id == "setattr" for node in ast.walk(tree))
        if by_name and not issubclass(cls, Model):  # a model sets its fields so
            return _Everything()
        names |= {
            node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
    return names


class _Everything:
    def __contains__(self, name: str) -> bool:
        return True


def called(value: Any, call: Call, words: str) -> Any:
    """What a call gives. MissedError if the signature does not take what we pass; EndOfWalk."""
    function, bound_here = (value.function, 1) if isinstance(value, Method) else (value, 0)
    if not callable(function):
        raise MissedError("parameters", f"{words} cannot be called")
    binds(function, call, words, before=bound_here)
    if isinstance(function, type):
        return Made(function)
    return Made(_announced(function))


def binds(function: Any, call: Call, words: str, *, before: int = 0) -> None:
    """MissedError if the function does not take the parameters; `before` of them come before those of the call."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # written in C, says nothing of its parameters
        return
    bind = signature.bind_partial if call.open_ended else signature.bind
    try:
        bind(*[object()] * (before + call.positional), **dict.fromkeys(call.keywords, object()))
    except TypeError as error:
        raise MissedError(
            "parameters", f"{words} does not take what we pass ({error}); it takes {signature}"
        ) from error


def _announced(function: Any) -> type:
    """The class that a function says it gives."""
    try:
        answer = typing.get_type_hints(function).get("return")
    except Exception as error:  # names for type checkers alone
        raise EndOfWalk from error
    if not isinstance(answer, type) or answer.__module__ == "builtins":
        raise EndOfWalk
    return answer
