"""Who is no longer in the course is in no team and no pair of it."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.host.chosen import get_host
from referral_xblock.teams.actions import leave_team
from referral_xblock.teams.buddies import drop_pairs
from referral_xblock.teams.models import FOREVER, BuddyPair, Membership

PAGE = 500


def put_out(*, user_id: int, course_key: CourseKey, now: datetime) -> None:
    """Ends the membership and the pairs of somebody who left the course. Four statements if there was nothing."""
    leave_team(user_id=user_id, course_key=course_key, now=now)
    drop_pairs(user_id=user_id, course_key=course_key)


def put_out_absent(course_key: CourseKey, *, now: datetime) -> int:
    """The same for everybody of the course whose leaving was missed; returns for how many. The host's query for 500 people."""
    done = 0
    for people in _pages(course_key):
        present = {user_id for user_id, one in get_host().enrolments(people, course_key).items() if one.active}
        for user_id in sorted(set(people) - present):
            put_out(user_id=user_id, course_key=course_key, now=now)
            done += 1
    return done


def _pages(course_key: CourseKey):
    members = Membership.objects.filter(course_key=course_key, until=FOREVER)
    after = 0
    while page := list(members.filter(id__gt=after).order_by("id").values_list("id", "user_id")[:PAGE]):
        yield [user_id for _id, user_id in page]
        after = page[-1][0]
    pairs = BuddyPair.objects.filter(course_key=course_key)
    after = 0
    while page := list(pairs.filter(id__gt=after).order_by("id").values_list("id", "inviter_id", "friend_id")[:PAGE]):
        yield list({user_id for _id, *both in page for user_id in both})
        after = page[-1][0]
