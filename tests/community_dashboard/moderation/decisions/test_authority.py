"""The table of who may decide what about whom, every role by every choice by every target, against the rules said in words."""

from itertools import product

import pytest

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import (
    HELPERS_LONGEST_SILENCE,
    TABLE,
    Part,
    Refusal,
    longest_silence,
    may,
    why_not,
)

TA, GROUP, MOD = Part.COMMUNITY_TA, Part.GROUP_MODERATOR, Part.MODERATOR
HELPERS = {TA, GROUP}
TOP = {Part.ADMINISTRATOR, Part.COURSE_STAFF, Part.GLOBAL_STAFF}
ACTING = {TA, GROUP, MOD, Part.ADMINISTRATOR, Part.GLOBAL_STAFF}

# Written out by hand, and not with the table's own words.
ORDER = {"close", "reopen", "endorse", "unendorse", "pin", "unpin", "move", "reply", "assign", "snooze"}
JUDGE_POST = {"approve", "restore"}
TEXT = {"hide", "edit", "delete"}
PERSON = {"hold", "warn", "note", "silence", "lift", "ban"}
NOT_ON_ONESELF = JUDGE_POST | PERSON | {"hide"}


def expected(choice: str, actor: Part, target: Part, same_group: bool, own: bool) -> bool:
    """What product.md and this issue say, rule after rule."""
    if actor not in ACTING:
        return False  # course staff and learners have no hands in the forum
    if actor is GROUP and not same_group:
        return False
    if choice == "ban" and actor in HELPERS:
        return False
    if own:
        return choice not in NOT_ON_ONESELF
    if choice in ORDER | JUDGE_POST:
        return True
    protected = {
        TA: {MOD} | TOP,
        GROUP: {MOD} | TOP,
        MOD: TOP,
        Part.ADMINISTRATOR: set(),
        Part.GLOBAL_STAFF: set(),
    }[actor]
    if choice in TEXT:
        return target not in protected
    equals = {TA: HELPERS, GROUP: HELPERS, MOD: {MOD}, Part.ADMINISTRATOR: TOP, Part.GLOBAL_STAFF: TOP}[actor]
    return target not in protected | equals


def test_every_role_by_every_choice_by_every_target():
    wrong = [
        case
        for case in product([choice.value for choice in Choice], Part, Part, [False, True], [False, True])
        if may(Choice(case[0]), {case[1]}, {case[2]}, same_group=case[3], own=case[4]) != expected(*case)
    ]
    assert wrong == []


def test_every_choice_is_in_the_table_and_in_one_of_the_kinds():
    kinds = [ORDER, JUDGE_POST, TEXT, PERSON]
    assert sorted(choice for kind in kinds for choice in kind) == sorted(choice.value for choice in Choice)
    assert set(TABLE) == set(Choice)


@pytest.mark.parametrize("actor", list(Part))
@pytest.mark.parametrize("target", [Part.ADMINISTRATOR, Part.COURSE_STAFF, Part.GLOBAL_STAFF])
def test_nobody_bans_an_administrator_or_the_team(actor, target):
    assert not may(Choice.BAN, {actor}, {target, Part.LEARNER}, same_group=True)


def test_of_several_parts_the_highest_protects_and_the_best_acts():
    assert not may(Choice.BAN, {MOD}, {Part.LEARNER, Part.COURSE_STAFF})
    assert may(Choice.HIDE, {GROUP, TA}, {Part.LEARNER})  # as a Community TA in every cohort
    assert may(Choice.BAN, {TA, MOD}, {TA})


def test_course_staff_act_with_the_rank_of_their_forum_role():
    assert why_not(Choice.APPROVE, {Part.COURSE_STAFF}, {Part.LEARNER}) is Refusal.NO_ROLE
    assert may(Choice.BAN, {Part.COURSE_STAFF, MOD}, {Part.LEARNER})
    assert not may(Choice.WARN, {Part.COURSE_STAFF, TA}, {MOD})


def test_the_reasons_of_a_refusal():
    learner = {Part.LEARNER}
    assert why_not(Choice.BAN, {TA}, learner) is Refusal.NOT_THIS_ROLE
    assert why_not(Choice.HIDE, {GROUP}, learner) is Refusal.OTHER_COHORT
    assert why_not(Choice.APPROVE, {MOD}, {MOD}, own=True) is Refusal.OWN
    assert why_not(Choice.SILENCE, {MOD}, {MOD}) is Refusal.PROTECTED
    assert why_not(Choice.SILENCE, {MOD}, learner) is None


def test_helpers_silence_for_two_weeks_at_most():
    assert longest_silence({TA}) == longest_silence({GROUP}) == HELPERS_LONGEST_SILENCE
    assert longest_silence({MOD}) is None and longest_silence({TA, Part.ADMINISTRATOR}) is None
