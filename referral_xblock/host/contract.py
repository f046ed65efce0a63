"""What a host promises, as checks that can be run anywhere: `manage.py lms community_check --contract` in an LMS, the suite here.

Without `write` nothing is changed: every check runs in a transaction that is rolled back. With it, `promises/trial.py` enrols an
account that is made for that moment. The words are for operators and, like Django's own checks, not translated.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from referral_xblock.data import Outcome
from referral_xblock.host.interface import Host
from referral_xblock.host.promises import courses, people
from referral_xblock.host.promises.check import Check, Subject, outcome_of
from referral_xblock.host.promises.trial import try_enrolment

CHECKS: tuple[Check, ...] = (
    courses.a_course_is_described,
    courses.a_picture_is_bytes,
    courses.addresses_are_whole,
    courses.addresses_lead_somewhere,
    courses.the_way_back_is_kept,
    people.an_unknown_course_is_empty,
    people.a_library_is_empty,
    people.an_unknown_ccx_is_empty,
    people.a_visitor_is_nobody,
    people.nobody_is_invented,
    people.gone_blocks_are_left_out,
    courses.a_block_is_found,
    people.many_cost_as_one,
    people.roles_agree,
    people.a_learner_is_described,
    courses.pages_have_their_places,
    courses.a_request_is_one,
)


def run_contract(
    host: Host, *, course_key: Any, write: bool = False, learner: Any | None = None, usage_key: Any | None = None
) -> list[Outcome]:
    """Every check in the order of this file, and with `write` the trial. Never raises.

    `learner` is a row of AUTH_USER_MODEL; without one it is somebody who is in the course. `usage_key` is a block of the
    course. Several dozen queries.
    """
    subject = Subject(host, course_key, learner or _somebody_in(host, course_key), usage_key)
    outcomes = [outcome_of(check, subject) for check in CHECKS]
    return outcomes + (try_enrolment(host, course_key) if write else [])


def _somebody_in(host: Host, course_key: Any) -> Any | None:
    try:
        found = host.enrolled_ids(course_key, limit=1)
    except Exception:  # the checks themselves will say so
        return None
    return get_user_model().objects.filter(id__in=found).first()
