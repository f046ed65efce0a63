"""The list in Redis in which messages wait for a worker. One script for each step, so that no step can be half done.

A worker *takes* messages: they move to a second list, under a number and a lease of a minute. It *removes* them once they are
recorded. Of a worker that was killed the lease ends, and the next gets the same messages again; the first, should it still
live, has an old number and removes nothing. All keys share one hash tag, so that a cluster keeps them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

PREFIX = "{community.tracking}:"
LIST, TAKEN, LEASE, NUMBER, ASKED = (PREFIX + name for name in ("waiting", "taken", "lease", "number", "asked"))
SAID_FOR = 3600  # seconds for which the same fact is not sent again
MOST_IN_AN_HOUR = 600  # different facts of one account: no learner does so much, and a script shall not fill the list
LEASE_SECONDS = 60
ASK_EVERY = 60  # seconds between two times that a worker is asked
KEEP_LOSSES = timedelta(days=14)

PUT = """
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local said = redis.call('INCR', KEYS[3])
if said == 1 then redis.call('EXPIRE', KEYS[3], ARGV[3]) end
if said > tonumber(ARGV[4]) then return 0 end
if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  redis.call('HINCRBY', KEYS[4], ARGV[5], 1)
  redis.call('EXPIRE', KEYS[4], ARGV[6])
  return 0
end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], '1', 'EX', ARGV[3])
if redis.call('SET', KEYS[5], '1', 'EX', ARGV[7], 'NX') then return 1 end
return 0
"""
TAKE = """
if redis.call('EXISTS', KEYS[3]) == 1 then return {'', {}} end
if redis.call('EXISTS', KEYS[2]) == 0 then
  local first = redis.call('LRANGE', KEYS[1], 0, ARGV[1] - 1)
  if #first == 0 then return {'', {}} end
  redis.call('RPUSH', KEYS[2], unpack(first))
  redis.call('LTRIM', KEYS[1], #first, -1)
end
local number = redis.call('INCR', KEYS[4])
redis.call('SET', KEYS[3], number, 'EX', ARGV[2])
return {tostring(number), redis.call('LRANGE', KEYS[2], 0, -1)}
"""
REMOVE = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
"""
RELEASE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1
"""


@dataclass(frozen=True)
class Taken:
    """Messages that are in one worker's hand, under the number of this taking."""

    number: str
    messages: list[bytes]


class WaitingList:
    """The list of one site. Every method raises what redis-py raises if Redis does not answer within `timeout` seconds."""

    def __init__(self, url: str, *, timeout: float) -> None:
        import redis

        self._redis = redis.Redis.from_url(
            url, socket_timeout=timeout, socket_connect_timeout=timeout, retry_on_timeout=False
        )

    def put(self, message: str, *, said: str, account: int, course: str, day: date, most: int) -> bool:
        """Adds a message, unless the same was `said` within an hour. What the list has no room for is counted. One round trip.

        True if no worker was asked within a minute: the caller asks one, to come in a minute.
        """
        keys = [LIST, f"{PREFIX}said:{said}", f"{PREFIX}account:{account}", _losses_of(day), ASKED]
        keep = int(KEEP_LOSSES.total_seconds())
        return bool(self._put(keys, [message, most, SAID_FOR, MOST_IN_AN_HOUR, course, keep, ASK_EVERY]))

    def take(self, *, size: int = 500) -> Taken | None:
        """The next messages, or those of a worker that was killed; None if there are none or another worker has some."""
        number, messages = self._take([LIST, TAKEN, LEASE, NUMBER], [size, LEASE_SECONDS])
        return Taken(number.decode(), messages) if messages else None

    def remove(self, taken: Taken) -> bool:
        """They are recorded. False, and nothing changed, if another worker has them by now."""
        return bool(self._remove([TAKEN, LEASE], [taken.number]))

    def give_back(self, taken: Taken) -> None:
        """They could not be recorded: whoever comes next gets them at once."""
        self._release([LEASE], [taken.number])

    def length(self) -> int:
        """How many messages wait or are in a worker's hand."""
        return self._redis.llen(LIST) + self._redis.llen(TAKEN)

    def overflowed(self, day: date) -> Mapping[str, int]:
        """How many messages about each course the list had no room for on this day; kept for two weeks."""
        return {course.decode(): int(number) for course, number in self._redis.hgetall(_losses_of(day)).items()}

    @cached_property
    def _put(self) -> Any:
        return self._script(PUT)

    @cached_property
    def _take(self) -> Any:
        return self._script(TAKE)

    @cached_property
    def _remove(self) -> Any:
        return self._script(REMOVE)

    @cached_property
    def _release(self) -> Any:
        return self._script(RELEASE)

    def _script(self, text: str) -> Any:
        script = self._redis.register_script(text)
        return lambda keys, arguments: script(keys=keys, args=arguments)


@lru_cache(maxsize=4)
def waiting_list(url: str, *, timeout: float) -> WaitingList:
    """The list behind this address, with connections that are kept."""
    return WaitingList(url, timeout=timeout)


def _losses_of(day: date) -> str:
    return f"{PREFIX}overflowed:{day.isoformat()}"
