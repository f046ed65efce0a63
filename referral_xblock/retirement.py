"""The platform retires a person: nothing may stay from which they can be found, and every count of a course stays right.

The platform says so three times, in two requests of its pipeline; only the mailings' signal brings the e-mail address as it
was. Each time everything is done, because rows may have been added meanwhile; where nothing is left, nothing happens.
A step that fails leaves the others be. It is raised in the end, here alone in this package: the platform then answers
its pipeline with 500, and the pipeline comes again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import get_host
from referral_xblock.consent import retirement as consent
from referral_xblock.consent.stubs import new_stub
from referral_xblock.journey import retirement as journey
from referral_xblock.leaderboard import retirement as leaderboard
from referral_xblock.links import retirement as links
from referral_xblock.policy import retirement as policy
from referral_xblock.prompts import retirement as prompts
from referral_xblock.rewards import retirement as rewards
from referral_xblock.sharing import retirement as sharing
from referral_xblock.teams import retirement as teams

log = logging.getLogger(__name__)


class RetirementError(Exception):
    """Some of it could not be done; the rest is done. It may be tried again at any time."""


def retire_misc(user: Any, **kwargs: Any) -> None:
    """USER_RETIRE_LMS_MISC: the account still has its username."""
    retire(user)


def retire_mailings(email: str, user: Any, **kwargs: Any) -> None:
    """USER_RETIRE_MAILINGS: sent just after, with the address as it was."""
    retire(user, email=email)


def retire_critical(user: Any, **kwargs: Any) -> None:
    """USER_RETIRE_LMS_CRITICAL: the last chance, in a later request."""
    retire(user)


def retire(user: Any, *, email: str = "") -> None:
    """Removes the person from all tables of this package. Repeatable. RetirementError if a step failed.

    Each course is one transaction, and so is what belongs to no course. About forty statements for each course in which
    the person invited, shared or came by a link, 12 if there is none.
    """
    names = {user.username, user.email, email, user.get_full_name()}
    names |= {person.name for person in get_host().people([user.id]).values()}
    failed: list[str] = []
    for course_key in sorted(_courses_of(user.id), key=str):
        _try(failed, str(course_key), partial(_retire_in_course, user.id, course_key, names))
    if not failed:  # what a course could not take over yet is kept for the next time
        _try(failed, "journeys", partial(journey.forget, user.id))
        _try(failed, "choices", partial(consent.forget, user.id))
    _try(failed, "rules", partial(policy.forget, user.id))
    if email:
        _try(failed, "mailbox", partial(_forget_mailbox, email))
    _try(failed, "decisions", partial(journey.forget_decisions, user.id))
    _try(failed, "prompts", partial(prompts.forget, user.id))
    _try(failed, "rewards", partial(rewards.forget, user.id))
    _try(failed, "leaderboard", partial(leaderboard.forget, user.id))
    if failed:
        raise RetirementError(f"Referrals: not everything could be retired yet ({', '.join(failed)}).")


def _courses_of(user_id: int) -> set[CourseKey]:
    domains = (links, sharing, journey, rewards, teams)
    return {course_key for domain in domains for course_key in domain.courses_of(user_id)}


def _retire_in_course(user_id: int, course_key: CourseKey, names: set[str]) -> None:
    stub_id = new_stub()
    touched = journey.touched_links(user_id, course_key)
    links.move(user_id, course_key, stub_id=stub_id, names=names, touched_links=touched)
    sharing.move(user_id, course_key, stub_id=stub_id)
    consent.move(user_id, course_key, stub_id=stub_id)
    journey.move(user_id, course_key, stub_id=stub_id)
    rewards.move(user_id, course_key, stub_id=stub_id)
    teams.move(user_id, course_key, stub_id=stub_id, names=names, now=timezone.now())


def _forget_mailbox(email: str) -> None:
    """Whoever invited this address: nobody can tell any more, and nobody writes to it again."""
    sharing.forget_mailbox(email)
    consent.never_write_to(email, now=timezone.now())


def _try(failed: list[str], step: str, work: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            work()
    except Exception:
        log.exception("Retiring an account: the step “%s” failed.", step)
        failed.append(step)
