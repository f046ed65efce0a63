"""A plugin that fails does not stop the platform; what it breaks without a savepoint is lost without a word, as in the LMS."""

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, STUDENT_REGISTRATION_COMPLETED

from demo.campus import queries
from demo.campus.models import Profile

FORM = {"name": "Eli Nassar", "email": "eli@example.org", "username": "eli", "password": "meadow-and-hive-7"}

pytestmark = pytest.mark.django_db(transaction=True)


def fail_in_python(**_):
    raise RuntimeError("a mistake in a plugin")


def fail_in_its_own_savepoint(**_):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


def fail_without_a_savepoint(**_):
    chen = get_user_model().objects.get(username="chen")
    Profile.objects.create(user=chen, name="a second profile")  # forbidden: one per account


@pytest.fixture
def connected():
    """Connects receivers and takes them away again."""
    pairs = []

    def connect(signal, receiver):
        signal.connect(receiver)
        pairs.append((signal, receiver))

    yield connect
    for signal, receiver in pairs:
        signal.disconnect(receiver)


@pytest.mark.parametrize("failure", [fail_in_python, fail_in_its_own_savepoint])
def test_an_enrolment_outlives_a_broken_receiver(cast, course_key, client_of, connected, failure):
    connected(COURSE_ENROLLMENT_CREATED, failure)
    answer = client_of(cast.dara).post(f"/courses/{course_key}/enrol")
    assert answer.status_code == 303
    assert queries.is_enrolled(cast.dara, course_key)


@pytest.mark.parametrize("failure", [fail_in_python, fail_in_its_own_savepoint])
def test_a_registration_outlives_a_broken_receiver(client, connected, failure):
    connected(STUDENT_REGISTRATION_COMPLETED, failure)
    assert client.post("/register", FORM).status_code == 302
    assert get_user_model().objects.filter(username="eli").exists()


def test_a_database_error_without_a_savepoint_undoes_the_enrolment_silently(cast, course_key, client_of, connected):
    connected(COURSE_ENROLLMENT_CREATED, fail_without_a_savepoint)
    answer = client_of(cast.dara).post(f"/courses/{course_key}/enrol")
    assert answer.status_code == 303
    assert not queries.is_enrolled(cast.dara, course_key)
    with pytest.raises(DatabaseError):
        fail_without_a_savepoint()
