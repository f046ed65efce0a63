"""The store of fields: exact, one row per value, and nobody's values in anybody else's hands."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import connection, connections
from opaque_keys.edx.keys import CourseKey
from xblock.exceptions import InvalidScopeError
from xblock.fields import Scope
from xblock.runtime import KeyValueStore

from demo.courseware.keyvalue import CourseStore
from demo.courseware.models import Block, FieldValue

pytestmark = pytest.mark.databases

COURSE = CourseKey.from_string("course-v1:Test+Moss+2026")
BLOCK = COURSE.make_usage_key("html", "h1")


def key(scope=Scope.user_state, user=7, block=BLOCK, name="count"):
    """A key as the field data makes it."""
    return KeyValueStore.Key(scope=scope, user_id=user, block_scope_id=block, field_name=name)


KEYS = [
    key(),
    key(user=8),
    key(name="Count"),
    key(block=COURSE.make_usage_key("html", "H1")),
    key(Scope.user_state_summary, user=None),
    key(Scope.preferences, block="html"),
    key(Scope.user_info, block=None),
]


def test_every_scope_person_block_and_field_has_its_own_value(db):
    CourseStore().set_many({stored: number for number, stored in enumerate(KEYS)})
    assert FieldValue.objects.count() == len(KEYS)
    store = CourseStore()
    assert [store.get(stored) for stored in KEYS] == list(range(len(KEYS)))


@pytest.mark.parametrize("value", [None, 0, False, "", [], {}, "é \U0001f41d", {"a": [1, {"b": None}]}, 1.5])
def test_any_value_comes_back_exactly(db, value):
    CourseStore().set(key(), value)
    store = CourseStore()
    assert store.has(key())
    assert store.get(key()) == value
    assert type(store.get(key())) is type(value)


def test_what_is_not_there_is_a_key_error(db):
    store = CourseStore()
    assert not store.has(key())
    with pytest.raises(KeyError):
        store.get(key())
    with pytest.raises(KeyError):
        store.delete(key())


def test_a_deleted_value_is_gone(db):
    store = CourseStore()
    store.set(key(), 1)
    store.delete(key())
    assert not store.has(key())
    assert not CourseStore().has(key())


def test_a_batch_is_one_statement(db, django_assert_num_queries):
    CourseStore().set(key(name="a"), 0)
    with django_assert_num_queries(1):
        CourseStore().set_many({key(name=name): name for name in "abcdefgh"})
    assert CourseStore().get(key(name="a")) == "a"


def test_somebody_who_is_not_signed_in_leaves_nothing(db):
    store = CourseStore()
    store.set(key(user=None), 5)
    assert store.get(key(user=None)) == 5
    assert not FieldValue.objects.exists()
    assert not CourseStore().has(key(user=None))


def test_studio_leaves_no_trace_of_a_learner(db):
    FieldValue.objects.all().delete()
    CourseStore().set(key(), "the learner's")
    studio = CourseStore(authoring=True)
    assert not studio.has(key())
    studio.set_many({key(): "a preview", key(Scope.user_state_summary, user=None): 3})
    assert studio.get(key()) == "a preview"
    assert CourseStore().get(key()) == "the learner's"
    assert FieldValue.objects.count() == 1


def test_only_studio_writes_what_authors_write(moss):
    title = key(Scope.settings, user=None, block=moss.h1, name="display_name")
    with pytest.raises(InvalidScopeError):
        CourseStore().set(title, "Taken over")
    CourseStore(authoring=True).set(title, "New title")
    assert Block.objects.get(usage_key=moss.h1).display_name == "New title"
    assert CourseStore().get(title) == "New title"


def test_a_batch_with_a_forbidden_value_writes_nothing(moss):
    title = key(Scope.settings, user=None, block=moss.h1, name="display_name")
    with pytest.raises(InvalidScopeError):
        CourseStore().set_many({key(block=moss.h1): 1, title: "Taken over"})
    assert not FieldValue.objects.exists()


def test_a_whole_unit_is_read_with_one_query(moss, people, runtime_for, django_assert_num_queries):
    problem = runtime_for(moss.key, people.chen).get_block(moss.p1)
    problem.score = 1.0
    problem.save()
    runtime = runtime_for(moss.key, people.chen)
    rows = list(Block.objects.order_by("position"))
    with django_assert_num_queries(1):
        runtime.preload(rows)
    with django_assert_num_queries(0):
        unit = runtime.get_block(moss.u2)
        assert [child.score for child in unit.get_children()] == [1.0]
        assert runtime.get_block(moss.h1).display_name == "Read"


@pytest.fixture
def shared_database(transactional_db, tmp_path) -> SimpleNamespace:
    """The tests' database where threads can meet: SQLite in a file, or the server that the tests run on."""
    if connection.vendor != "sqlite":
        yield SimpleNamespace(alias="default")
        return
    original = connections["default"]
    original.inc_thread_sharing()
    file = str(tmp_path / "shared.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [file])
    described = connections.databases["default"]
    before = dict(described)
    described.update(NAME=file, TEST={**before.get("TEST", {}), "NAME": file})
    del connections["default"]
    connections["default"] = connections.create_connection("default")
    yield SimpleNamespace(alias="default")
    connections["default"].close()
    described.clear()
    described.update(before)
    connections["default"] = original
    original.dec_thread_sharing()


def test_eight_threads_make_no_twins_and_lose_nothing(shared_database):
    """Everybody writes the same shared value and many of their own, all for the first time, all at once."""
    shared = key(Scope.user_state_summary, user=None, name="last")
    start = threading.Barrier(8)
    failed: list[BaseException] = []

    def learn(person: int) -> None:
        try:
            start.wait()
            for number in range(25):
                own = key(user=person, name=f"n{number}")
                CourseStore().set_many({own: number, shared: person, key(user=person, name="count"): number + 1})
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=learn, args=(person,)) for person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert FieldValue.objects.count() == 8 * 26 + 1
    store = CourseStore()
    for person in range(8):
        assert [store.get(key(user=person, name=f"n{number}")) for number in range(25)] == list(range(25))
        assert store.get(key(user=person, name="count")) == 25
    assert store.get(shared) in range(8)
