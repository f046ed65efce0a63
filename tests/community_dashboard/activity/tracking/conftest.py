"""A Redis of our own for the tests that need one."""

import pytest

from community_dashboard.activity.tracking import delivery
from community_dashboard.activity.tracking.tasks import drain_tracking
from community_dashboard.activity.tracking.waiting import WaitingList
from tests.servers import running_redis


@pytest.fixture(autouse=True)
def _heard_again():
    """No test keeps silent because of what failed in another."""
    delivery.silence.__init__()
    yield
    delivery.silence.__init__()


@pytest.fixture(scope="session")
def redis_address(tmp_path_factory):
    """Where a Redis of this test run listens."""
    for port in running_redis(str(tmp_path_factory.mktemp("redis"))):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def asked(monkeypatch):
    """How workers were asked to come: seconds from then. None comes by itself."""
    asked = []
    monkeypatch.setattr(drain_tracking, "apply_async", lambda countdown, **how: asked.append(countdown))
    return asked


@pytest.fixture
def waiting(redis_address, settings, asked, monkeypatch):
    """The site's list, empty. A request waits for it as long as a busy machine may need."""
    import redis

    monkeypatch.setattr(delivery, "PATIENCE", 5.0)
    redis.Redis.from_url(redis_address).flushall()
    settings.COMMUNITY_TRACKING_REDIS_URL = redis_address
    return WaitingList(redis_address, timeout=5)
