"""Where the fields of blocks live: what authors wrote in `Block.authored`, what learners did in `FieldValue`.

One store serves one request. It remembers what it has read, so that a unit with twenty blocks costs two queries, and it
writes each batch in one statement that cannot make a second row for the same value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from opaque_keys.edx.keys import UsageKey
from xblock.exceptions import InvalidScopeError
from xblock.fields import BlockScope, Scope, UserScope
from xblock.runtime import KeyValueStore

from demo.courseware.models import Block, FieldValue

MISSING = object()
BATCH = 200  # SQLite allows 999 parameters in one statement


class CourseStore(KeyValueStore):
    """The fields of the blocks of one course, for one reader.

    `authoring` is Studio: there the author's fields may be written, and everything that belongs to learners is kept in
    memory only, so that a preview leaves no trace. Elsewhere it is the other way round: writing an author's field
    raises InvalidScopeError, as in the LMS. What somebody who is not signed in does is kept in memory as well.
    """

    def __init__(self, *, authoring: bool = False) -> None:
        self._authoring = authoring
        self._blocks: dict[UsageKey, Block | None] = {}
        self._children: dict[UsageKey, list[UsageKey]] = {}
        self._values: dict[str, Any] = {}
        self._complete: tuple[frozenset[str], str] = (frozenset(), "")  # blocks and person that were read whole

    def preload(self, blocks: Iterable[Block], *, user_key: str) -> None:
        """Reads in one query everything that one person and everybody stored in these blocks.

        `blocks` are whole units, so that their order is also the order of each block's children.
        """
        rows = list(blocks)
        for row in rows:
            self._blocks[row.usage_key] = row
            self._children.setdefault(row.usage_key, [])
            if row.parent in self._children:
                self._children[row.parent].append(row.usage_key)
        ids = [str(row.usage_key) for row in rows]
        self._complete = (frozenset(ids), user_key)
        if not self._authoring:
            for start in range(0, len(ids), BATCH):
                found = FieldValue.objects.filter(
                    scope_id__in=ids[start : start + BATCH], user_key__in={"", user_key}
                ).values_list("digest", "value")
                self._values.update(found)

    def block(self, usage_key: UsageKey) -> Block | None:
        """The row of a block, or None if there is no such block. One query the first time."""
        if usage_key not in self._blocks:
            self._blocks[usage_key] = Block.objects.filter(usage_key=usage_key).first()
        return self._blocks[usage_key]

    def get(self, key: KeyValueStore.Key) -> Any:
        """The stored value; KeyError if there is none."""
        value = self._find(key)
        if value is MISSING:
            raise KeyError(key.field_name)
        return value

    def has(self, key: KeyValueStore.Key) -> bool:
        """Whether a value is stored."""
        return self._find(key) is not MISSING

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        """Stores one value; see set_many."""
        self.set_many({key: value})

    def set_many(self, update_dict: dict[KeyValueStore.Key, Any]) -> None:
        """Stores all the values or none. Two people may do it at once: one row remains, with the later value."""
        self._write_authored({key: value for key, value in update_dict.items() if _is_authored(key)})
        rows = []
        for key, value in update_dict.items():
            if _is_authored(key):
                continue
            digest = _digest(key)
            self._values[digest] = value
            if self._is_kept(key):
                rows.append(
                    FieldValue(
                        digest=digest,
                        scope=_scope_name(key.scope),
                        scope_id=str(key.block_scope_id or ""),
                        user_key=_text(key.user_id),
                        field_name=key.field_name,
                        value=value,
                    )
                )
        if rows:
            # MySQL finds the row by its unique key unasked and refuses to be told; the others want to be told.
            told = connection.features.supports_update_conflicts_with_target
            # Everybody takes the locks in the same order, or two batches with a value in common could block each other.
            rows.sort(key=lambda row: row.digest)
            FieldValue.objects.bulk_create(
                rows, update_conflicts=True, update_fields=["value"], unique_fields=["digest"] if told else None
            )

    def delete(self, key: KeyValueStore.Key) -> None:
        """Forgets a value; KeyError if there is none."""
        if self._find(key) is MISSING:
            raise KeyError(key.field_name)
        if _is_authored(key):
            self._write_authored({key: MISSING})
            return
        self._values[_digest(key)] = MISSING
        if self._is_kept(key):
            FieldValue.objects.filter(digest=_digest(key)).delete()

    def _find(self, key: KeyValueStore.Key) -> Any:
        if key.scope == Scope.children:
            return self._children_of(key.block_scope_id)
        if key.scope == Scope.parent:
            block = self.block(key.block_scope_id)
            return block.parent if block else MISSING
        if _is_authored(key):
            block = self.block(key.block_scope_id)
            return block.authored.get(key.field_name, MISSING) if block else MISSING
        digest = _digest(key)
        if digest not in self._values:
            self._values[digest] = self._read(key, digest)
        return self._values[digest]

    def _read(self, key: KeyValueStore.Key, digest: str) -> Any:
        ids, user_key = self._complete
        known = str(key.block_scope_id) in ids and _text(key.user_id) in ("", user_key)
        if known or not self._is_kept(key):
            return MISSING
        row = FieldValue.objects.filter(digest=digest).only("value").first()
        return MISSING if row is None else row.value

    def _children_of(self, usage_key: UsageKey) -> list[UsageKey]:
        if usage_key not in self._children:
            below = Block.objects.filter(parent=usage_key).order_by("position", "pk")
            self._children[usage_key] = list(below.values_list("usage_key", flat=True))
        return list(self._children[usage_key])

    def _is_kept(self, key: KeyValueStore.Key) -> bool:
        """Whether the value outlives the request."""
        return not self._authoring and not (key.scope.user == UserScope.ONE and key.user_id is None)

    def _write_authored(self, changes: dict[KeyValueStore.Key, Any]) -> None:
        if not changes:
            return
        for key in changes:
            if not self._authoring or key.scope in (Scope.children, Scope.parent):
                raise InvalidScopeError(key.scope)
        with transaction.atomic():
            keys = {key.block_scope_id for key in changes}
            for row in Block.objects.select_for_update().filter(usage_key__in=keys):
                for key, value in changes.items():
                    if key.block_scope_id == row.usage_key:
                        row.authored.pop(key.field_name, None)
                        if value is not MISSING:
                            row.authored[key.field_name] = value
                row.display_name = str(row.authored.get("display_name") or "")[:255]
                row.save(update_fields=["authored", "display_name"])
                self._blocks[row.usage_key] = row


def _is_authored(key: KeyValueStore.Key) -> bool:
    if key.scope in (Scope.children, Scope.parent):
        return True
    return key.scope.user == UserScope.NONE and key.scope.block in (BlockScope.USAGE, BlockScope.DEFINITION)


def _scope_name(scope: Any) -> str:
    return scope.name or f"{scope.user}/{scope.block}"


def _text(user_id: Any) -> str:
    return "" if user_id is None else str(user_id)


def digest_of(*parts: Any) -> str:
    """What makes a row of `FieldValue` the one: the name of the scope, the block, the person, the family, the field."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _digest(key: KeyValueStore.Key) -> str:
    return digest_of(
        _scope_name(key.scope), key.block_scope_id or "", _text(key.user_id), key.block_family, key.field_name
    )
