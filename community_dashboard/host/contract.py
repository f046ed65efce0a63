"""What the dashboard's host promises, as checks that can be run anywhere: `manage.py lms community_check --contract` in an LMS.

Without `write` nothing is changed. With it, `promises/trial.py` lets two accounts made for that moment use the forum, in a
course that nobody but its team is in. The words are for operators and, like Django's own checks, not translated.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from community_dashboard.host.interface import Host
from community_dashboard.host.promises import courses, forum, people
from community_dashboard.host.promises.check import Check, Subject, outcome_of
from community_dashboard.host.promises.trial import try_forum
from referral_xblock.api import Outcome

CHECKS: tuple[Check, ...] = (
    people.a_tab_can_be_made,
    people.a_country_is_two_letters,
    people.the_roster_goes_on,
    people.members_are_found,
    people.members_are_described,
    people.everybody_gets_an_answer,
    people.many_cost_as_one,
    people.standings_make_sense,
    people.profiles_are_texts,
    people.cohorts_agree,
    people.moderators_have_roles,
    people.a_visitor_is_nobody,
    people.what_is_no_course_is_empty,
    people.the_outline_holds_blocks_once,
    courses.the_team_has_its_part,
    courses.deadlines_are_moments,
    courses.own_deadlines_are_those_of_the_calendar,
    courses.updates_have_days,
    forum.the_forum_is_described,
    forum.topics_are_places,
    forum.reasons_have_names,
    forum.a_visitor_may_nothing,
    forum.what_is_gone_has_no_course,
)


def run_contract(host: Host, *, course_key: Any, write: bool = False) -> list[Outcome]:
    """Every check in the order of this file, and with `write` the trial. Never raises; changes nothing that stays.

    Some dozen queries, the trial about two thousand.
    """
    subject = Subject(host, course_key)
    with transaction.atomic():
        outcomes = [outcome_of(check, subject) for check in CHECKS]
        transaction.set_rollback(True)
    return outcomes + (try_forum(host, course_key) if write else [])
