"""How the verbs answer: empty where the platform cannot, in whole addresses, in parts of a bearable size."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import DatabaseError

log = logging.getLogger(__name__)

BATCH = 500
_said: set[str] = set()


def nothing() -> None:
    """The empty answer of a verb that gives one thing."""


def or_else(empty: Callable[[], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The verb gives `empty()` where the platform raises: a course deleted meanwhile, a name that this release lacks.

    A missing name is logged once for each verb, everything else each time. An error of the database goes on upwards: the
    transaction is broken by it, and an empty answer would hide that.
    """

    def decorate(verb: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(verb)
        def answer(*arguments: Any, **named: Any) -> Any:
            try:
                return verb(*arguments, **named)
            except DatabaseError:
                raise
            except ImportError:
                if verb.__qualname__ not in _said:
                    _said.add(verb.__qualname__)
                    log.warning("This release cannot answer %s.", verb.__qualname__, exc_info=True)
            except Exception:  # whatever the platform raises: a page without one fact is better than none
                log.warning("%s gave no answer.", verb.__qualname__, exc_info=True)
            return empty()

        return answer

    return decorate


def absolute(address: str) -> str:
    """A path of the LMS as an address; what is whole stays, what lacks only the scheme gets it."""
    return urljoin(settings.LMS_ROOT_URL.rstrip("/") + "/", address)


def is_course(key: Any) -> bool:
    """Whether a key names a course, a CCX included: libraries have none of what we ask."""
    return bool(getattr(key, "is_course", False))


def in_parts(user_ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids without repetition in lists of at most 500."""
    wanted = sorted(set(user_ids))
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]
