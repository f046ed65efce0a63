"""The throttle and the caches behave on a shared Redis as they do in one process: a site's workers share them."""

import pytest
import time_machine
from django.core.cache import cache

from referral_xblock.links.throttle import may_send
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


def test_beacons_are_counted_across_processes(settings):
    settings.REFERRAL_BEACONS_PER_MINUTE = 3
    with time_machine.travel("2027-01-01T10:00:00Z", tick=False):
        assert [may_send("visitor") for _beacon in range(5)] == [True, True, True, False, False]
        assert may_send("somebody else")


@pytest.mark.django_db(transaction=True)
def test_a_changed_policy_holds_for_every_process_at_once(cast, course_key, now):
    assert policy_of(course_key).window_days == 30
    save_policy(course_key=course_key, values=exported(course_key) | {"window_days": 9}, actor=cast.ada, now=now)
    assert policy_of(course_key).window_days == 9
