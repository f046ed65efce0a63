"""Rows of a table of the platform: which fields a query names, and what it gives. Query sets are built, never read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import Manager, Model, QuerySet
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ManyToManyDescriptor,
    ReverseManyToOneDescriptor,
    ReverseOneToOneDescriptor,
)

from community_dashboard.operations.uses import Call
from community_dashboard.operations.walking import EndOfWalk, Made, MissedError, binds

BY_KEYWORD = {"filter", "exclude", "get", "aget", "create", "get_or_create", "update_or_create", "update"}
BY_TEXT = {"values", "values_list", "order_by", "only", "defer", "select_related", "distinct", "dates", "datetimes"}
BY_TEXT |= {"earliest", "latest"}
NO_FIELDS = {"defaults", "create_defaults"}
NAMING = {"annotate", "alias"}
STILL_ROWS = (
    BY_TEXT - {"earliest", "latest", "dates", "datetimes"} | NAMING | {"filter", "exclude", "all", "iterator", "none"}
)
STILL_ROWS |= {"reverse", "using", "select_for_update", "prefetch_related"}
ONE_ROW = {"get", "aget", "create", "first", "last", "earliest", "latest"}


@dataclass(frozen=True)
class Rows:
    """A manager or a query set."""

    source: Any
    named: frozenset[str] = frozenset()  # by annotations
    plain: bool = False  # gives values and not objects


@dataclass(frozen=True)
class RowsMethod:
    """A method of rows, not yet called."""

    of: Rows
    name: str


def as_rows(value: Any) -> Any:
    """Managers and query sets as Rows, everything else as it is."""
    return Rows(value) if isinstance(value, Manager | QuerySet) else value


def method(rows: Rows, name: str, words: str) -> RowsMethod:
    """The method of that name. MissedError."""
    if not hasattr(rows.source, name):
        raise MissedError("attribute", f"{words} has no “{name}”")
    return RowsMethod(rows, name)


def called(method: RowsMethod, call: Call, words: str) -> Any:
    """What the method gives. MissedError if it does not take the parameters or names fields that are not there; EndOfWalk."""
    rows, name = method.of, method.name
    binds(getattr(rows.source, name), call, words)
    model = rows.source.model
    if model is None:  # a manager of an abstract model
        raise EndOfWalk
    if name in BY_KEYWORD:
        _check(model, [word for word in (*call.keywords, *call.conditions) if word not in NO_FIELDS], rows)
    if name in BY_TEXT:
        _check(model, [text.lstrip("-+") for text in call.texts if text and text != "?"], rows)
    if name in ONE_ROW and not rows.plain:
        return Made(model)
    if name not in STILL_ROWS:
        raise EndOfWalk
    return replace(
        rows,
        named=rows.named | (set(call.keywords) if name in NAMING | {"values"} else set()),
        plain=rows.plain or name in ("values", "values_list"),
    )


def of_object(model: type[Model], name: str) -> Any:
    """An attribute of a row: the other row behind a foreign key, the rows behind a relation. LookupError if it is neither."""
    found = getattr(model, name, None)
    if isinstance(found, ManyToManyDescriptor):
        return Rows((found.rel.related_model if found.reverse else found.rel.model)._default_manager)
    if isinstance(found, ReverseManyToOneDescriptor):
        return Rows(found.rel.related_model._default_manager)
    if isinstance(found, ForwardManyToOneDescriptor):
        return Made(found.field.related_model)
    if isinstance(found, ReverseOneToOneDescriptor):
        return Made(found.related.related_model)
    raise LookupError(name)


def fields_missing(model: type[Model], paths: list[str], named: frozenset[str] = frozenset()) -> list[str]:
    """Of such paths as "user__profile__name" or "created__gte", those that the model does not know."""
    return [path for path in paths if path.split("__")[0] not in named and not _exists(model, path.split("__"))]


def _exists(model: type[Model], parts: list[str]) -> bool:
    try:
        _path, field, _targets, rest = model._default_manager.all().query.names_to_path(parts, model._meta)
    except (FieldError, FieldDoesNotExist):
        return False
    for number, part in enumerate(rest):
        transform = field.get_transform(part)
        if transform is None:
            return number == len(rest) - 1 and field.get_lookup(part) is not None
    return True


def _check(model: type[Model], paths: list[str], rows: Rows) -> None:
    missing = fields_missing(model, paths, rows.named)
    if missing:
        raise MissedError("field", f"rows of {model.__name__} have no field “{'”, “'.join(missing)}”")
