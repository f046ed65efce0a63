"""Every place in which an account still stands: read off the tables of both packages as Django knows them.

Looked at are references to accounts, whole numbers whose column speaks of a person, and every text and JSON column: for the
number of the account as a model says that it writes it (`accounts_in`, a pattern whose group is the number; else "u17" or
"…:17:…"), and for every name by which the person is known, as whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CharField, Field, IntegerField, JSONField, Model, Q, TextField
from opaque_keys.edx.django.models import OpaqueKeyField

PACKAGES = ("referral_xblock", "community_dashboard")
OF_A_PERSON = {"user", "owner", "actor", "author", "person", "learner", "inviter", "member", "account"}
SHORTEST = 3  # characters of a name that is looked for
KEPT = re.compile(r"\.\. pii_retirement:\s*retained")


@dataclass(frozen=True)
class Standing:
    """In so many rows of one column. `kept` on purpose, as the model's annotation says."""

    table: str
    column: str
    rows: int
    kept: bool


def find_account(user_id: int, *, names: Iterable[str]) -> Iterator[Standing]:
    """Where the account stands, column by column. Reads every row whose text holds the number or a name: for an operator.

    One query for each column.
    """
    known = {name.strip() for name in names if len(name.strip()) >= SHORTEST}
    for label in PACKAGES:
        if not apps.is_installed(label):
            continue
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            kept = bool(KEPT.search(model.__doc__ or ""))
            for field in model._meta.local_concrete_fields:
                rows = _count(model, field, user_id, known)
                if rows:
                    yield Standing(model._meta.label, field.name, rows, kept)


def _count(model: type[Model], field: Field, user_id: int, names: set[str]) -> int:
    if field.is_relation:
        is_account = field.related_model is get_user_model()
        return model.objects.filter(**{field.attname: user_id}).count() if is_account else 0
    if isinstance(field, OpaqueKeyField) or field.primary_key:
        return 0
    if isinstance(field, IntegerField):
        speaks = _speaks_of_a_person(field.name)
        return model.objects.filter(**{field.name: user_id}).count() if speaks else 0
    if isinstance(field, JSONField):
        values = model.objects.values_list(field.name, flat=True)
        return sum(_in_json(value, user_id, names) for value in values.iterator())
    if isinstance(field, CharField | TextField):
        might = Q(**{f"{field.name}__contains": str(user_id)})
        for name in names:
            might |= Q(**{f"{field.name}__icontains": name})
        pattern = getattr(model, "accounts_in", {}).get(field.name)
        values = model.objects.filter(might).values_list(field.name, flat=True)
        return sum(_in_text(value, user_id, names, pattern) for value in values.iterator())
    return 0


def _in_text(text: str, user_id: int, names: set[str], pattern: str | None = None) -> bool:
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in names):
        return True
    if pattern is not None:
        found = re.search(pattern, text)
        return found is not None and found[1] == str(user_id)
    return bool(re.search(rf"(?<!\w)u{user_id}(?!\w)|(?<=:){user_id}(?=:|$)", text))


def _in_json(value: Any, user_id: int, names: set[str], speaks: bool = False) -> bool:
    """`speaks`: the value stands under a name that speaks of a person."""
    if isinstance(value, dict):
        return any(
            _in_text(key, user_id, names) or _in_json(inner, user_id, names, _speaks_of_a_person(key))
            for key, inner in value.items()
        )
    if isinstance(value, list):
        return any(_in_json(inner, user_id, names, speaks) for inner in value)
    if isinstance(value, str):
        return _in_text(value, user_id, names) or (speaks and value == str(user_id))
    return speaks and value == user_id and not isinstance(value, bool)


def _speaks_of_a_person(name: str) -> bool:
    return bool(OF_A_PERSON.intersection(re.split(r"[_\W]+", name.lower())))
