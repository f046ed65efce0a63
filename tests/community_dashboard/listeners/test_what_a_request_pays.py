"""What the listeners of both packages add to the two requests that everybody makes."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, STUDENT_REGISTRATION_COMPLETED

from community_dashboard.models import Activity
from tests.community_dashboard.listeners.telling import enrolment_data, user_data

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 8


def told(signal, **arguments):
    """The statements of every receiver of this event in a request of the LMS, transaction and savepoints included."""
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        signal.send_event(**arguments)
    return [query["sql"] for query in statements.captured_queries]


def test_an_enrolment_costs_at_most_eight_statements(cast, course_key, now):
    data = enrolment_data(cast.dara, course_key, created=now)
    statements = told(COURSE_ENROLLMENT_CREATED, time=now, enrollment=data)
    assert Activity.objects.filter(kind="enrolled", user=cast.dara).exists()
    assert len(statements) <= MOST, "\n".join(statements)


def test_a_registration_costs_at_most_eight_statements(cast, now):
    statements = told(STUDENT_REGISTRATION_COMPLETED, time=now, user=user_data(cast.dara))
    assert Activity.objects.filter(kind="registered", user=cast.dara).exists()
    assert len(statements) <= MOST, "\n".join(statements)


def test_our_part_of_an_enrolment_is_one_statement_in_a_savepoint(cast, course_key, now):
    data = enrolment_data(cast.dara, course_key, created=now)
    statements = told(COURSE_ENROLLMENT_CREATED, time=now, enrollment=data)
    ours = [position for position, sql in enumerate(statements) if "community_dashboard_" in sql]
    assert len(ours) == 1
    assert "SAVEPOINT" in statements[ours[0] - 1]
    assert "RELEASE" in statements[ours[0] + 1]


def test_the_forums_busiest_table_is_not_asked_for_every_save(cast, course_key):
    """A thread is saved for every answer to it: that must cost nothing."""
    from forum import api
    from forum.backends.mysql.models import CommentThread

    api.create_thread("Bees", "Why so many?", str(course_key), str(cast.chen.id))
    thread = CommentThread.objects.get()
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        thread.save()
    assert [query["sql"] for query in statements.captured_queries if "community_dashboard" in query["sql"]] == []
