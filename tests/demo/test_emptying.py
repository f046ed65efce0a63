"""After a test that commits, the database is as Django itself would leave it (tests/emptying.py)."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from tests import emptying

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


def rows():
    """How many there are in every table that has any."""
    counts = {model._meta.db_table: model.objects.count() for model in apps.get_models(include_auto_created=True)}
    return {table: number for table, number in counts.items() if number}


def test_what_was_committed_is_gone_and_the_rest_is_as_in_a_new_database(cast):
    assert rows().keys() > {*emptying.KEPT, get_user_model()._meta.db_table}
    emptying._empty(None)
    left = rows()
    assert left.keys() == {*emptying.KEPT, "waffle_switch"}
    call_command("flush", verbosity=0, interactive=False, database=connection.alias)
    assert rows() == left
