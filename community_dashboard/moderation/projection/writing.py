"""Statements that make many rows, or write over those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from django.db import connection
from django.db.models import DateTimeField
from django.db.models.constants import OnConflict

from community_dashboard.moderation.projection.models import ForumPost

BATCH = 500


def upsert(rows: Iterable[ForumPost], fields: Sequence[str]) -> None:
    """Makes these rows; of posts that have one already, only these fields are written. One statement for 500 rows."""
    told = connection.features.supports_update_conflicts_with_target  # MySQL finds the key itself
    ForumPost.objects.bulk_create(
        list(rows),
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=list(fields),
        unique_fields=["kind", "post_id"] if told else None,
    )


def insert_new(rows: Iterable[ForumPost]) -> None:
    """Makes these rows, except of posts that have one already. A fraction of the work of `bulk_create`."""
    fields = [field for field in ForumPost._meta.concrete_fields if not field.primary_key]
    operations = connection.ops
    columns = ", ".join(operations.quote_name(field.column) for field in fields)
    statement = (
        f"{operations.insert_statement(on_conflict=OnConflict.IGNORE)} {operations.quote_name(ForumPost._meta.db_table)} "
        f"({columns}) VALUES ({', '.join(['%s'] * len(fields))}) "
        f"{operations.on_conflict_suffix_sql(fields, OnConflict.IGNORE, (), ())}"
    ).rstrip()
    values_of = attrgetter(*(field.attname for field in fields))
    moments = [place for place, field in enumerate(fields) if isinstance(field, DateTimeField)]
    key = next(place for place, field in enumerate(fields) if field.attname == "course_key")

    def prepared(row: ForumPost) -> list[object]:
        values = list(values_of(row))
        values[key] = str(values[key])
        for place in moments:
            values[place] = operations.adapt_datetimefield_value(values[place])
        return values

    with connection.cursor() as cursor:
        cursor.executemany(statement, [prepared(row) for row in rows])
