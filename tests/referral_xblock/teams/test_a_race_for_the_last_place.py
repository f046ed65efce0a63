"""Many press "join" at the same moment: as many get in as fit, and each once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from referral_xblock.models import Membership
from referral_xblock.teams.actions import create_team, join_team
from referral_xblock.teams.queries import find_team
from tests.referral_xblock.teams.people import learner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="an SQLite database in memory has one connection")
@pytest.mark.usefixtures("open_teams")
def test_as_many_get_in_as_fit(cast, course_key, now):
    code = create_team(user=cast.chen, course_key=course_key, name="The Hive", now=now)
    crowd = [learner(f"crowd{number}", course_key) for number in range(6)]
    start = Barrier(2 * len(crowd))

    def press(user):
        start.wait()
        try:
            for _attempt in range(5):
                try:
                    join_team(user=user, code=code, now=now)
                except OperationalError:  # the database chose this one to wait; a browser would ask again
                    continue
                return True
        except ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2 * len(crowd)) as pool:
        list(pool.map(press, [*crowd, *crowd]))
    assert find_team(code).members == 3
    assert Membership.objects.values("user").distinct().count() == Membership.objects.count() == 3


@pytest.mark.usefixtures("open_teams")
def test_the_limit_holds_in_the_statement_itself(cast, course_key, now, monkeypatch):
    """Who saw a free place a moment ago does not get one that is gone."""
    from referral_xblock.teams import actions

    code = create_team(user=cast.chen, course_key=course_key, name="The Hive", now=now)
    seen_before = find_team(code)
    for number in range(2):
        join_team(user=learner(f"crowd{number}", course_key), code=code, now=now)
    monkeypatch.setattr(actions, "find_team", lambda _code: seen_before)
    with pytest.raises(ValidationError, match="full"):
        join_team(user=cast.bo, code=code, now=now)
    assert find_team(code).members == 3
