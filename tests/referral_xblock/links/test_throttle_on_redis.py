"""The throttle and the caches behave on a shared Redis as they do in one process: a site's workers share them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from referral_xblock.host.throttle import seconds_to_wait
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported, policy_of
from tests.servers import REDIS, needs, running_redis

pytestmark = [pytest.mark.redis, needs(REDIS, "redis-server")]


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    yield from running_redis(str(tmp_path_factory.mktemp("redis")))


@pytest.fixture(autouse=True)
def on_redis(port, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    }
    cache.clear()


def test_beacons_are_counted_across_processes():
    minute = {"most": 3, "window": timedelta(minutes=1), "now": datetime(2027, 1, 1, 10, tzinfo=UTC)}
    assert [seconds_to_wait("beacons", "visitor", **minute) for _beacon in range(5)] == [0, 0, 0, 60, 60]
    assert seconds_to_wait("beacons", "somebody-else", **minute) == 0


@pytest.mark.django_db(transaction=True)
def test_a_changed_policy_holds_for_every_process_at_once(cast, course_key, now):
    assert policy_of(course_key).window_days == 30
    save_policy(course_key=course_key, values=exported(course_key) | {"window_days": 9}, actor=cast.ada, now=now)
    assert policy_of(course_key).window_days == 9
