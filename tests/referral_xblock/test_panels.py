"""What others put into the block and into a person's own page."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from referral_xblock.panels import Place, Viewing, draw_panels, register_panel, remove_panel

VIEWING = Viewing(
    user_id=1,
    course_key=CourseKey.from_string("course-v1:Test+Panels+2026"),
    place=Place.UNIT,
    now=datetime(2026, 9, 7, tzinfo=UTC),
)


@pytest.fixture
def register():
    names = []

    def add(name, draw, **options):
        names.append(name)
        register_panel(name, draw, **options)

    yield add
    for name in names:
        remove_panel(name)


@pytest.mark.django_db
def test_panels_stand_in_their_order_and_empty_ones_are_left_out(register):
    before = draw_panels(VIEWING)
    register("test b", lambda viewing: "b", order=7001)
    register("test a", lambda viewing: "a", order=7001)
    register("test first", lambda viewing: f"first in {viewing.course_key}", order=7000)
    register("test nothing", lambda viewing: "")
    assert draw_panels(VIEWING) == [*before, "first in course-v1:Test+Panels+2026", "a", "b"]


@pytest.mark.django_db
def test_a_panel_stands_only_in_its_places(register):
    before = draw_panels(VIEWING)
    register("test me", lambda viewing: "me", places={Place.ME})
    assert draw_panels(VIEWING) == before


@pytest.mark.django_db
def test_a_panel_registered_twice_stands_once(register):
    before = draw_panels(VIEWING)
    register("test one", lambda viewing: "old", order=7000)
    register("test one", lambda viewing: "new", order=7000)
    assert draw_panels(VIEWING) == [*before, "new"]


@pytest.mark.django_db
def test_a_broken_panel_is_left_out_and_spoils_nothing(register, caplog):
    def ask_what_is_not_there(viewing):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM no_such_table")

    get_user_model().objects.create(username="before")
    register("test broken", ask_what_is_not_there, order=7000)
    register("test whole", lambda viewing: str(get_user_model().objects.count()), order=7001)
    assert draw_panels(VIEWING)[-1] == "1"
    assert "test broken" in caplog.text


@pytest.mark.django_db
def test_a_panel_costs_nothing_but_what_it_asks(register):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            draw_panels(VIEWING)
        return len(asked)

    draw_panels(VIEWING)  # fills the caches
    before = cost()
    register("test silent", lambda viewing: "")
    assert cost() == before
