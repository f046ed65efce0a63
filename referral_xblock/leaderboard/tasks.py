"""What runs on the LMS's workers. Each task may come twice, late, or be killed half-way: what it does is repeatable."""

from celery import shared_task
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from referral_xblock.leaderboard import computing
from referral_xblock.policy.queries import courses_that_learn_together
from referral_xblock.teams.absence import put_out_absent

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="referral_xblock.recompute_standing", **SAFE)
def recompute_standing(course: str, user_id: int) -> None:
    """The points of one person and their teams, after a journey changed."""
    computing.recompute([user_id], CourseKey.from_string(course), now=timezone.now())


@shared_task(name="referral_xblock.recompute_team_standings", **SAFE)
def recompute_team_standings(course: str, team_ids: list[int]) -> None:
    """The points of these teams, after they were left, closed or merged."""
    computing.recompute_teams(team_ids, CourseKey.from_string(course), now=timezone.now())


@shared_task(name="referral_xblock.recompute_course_standings", **SAFE)
def recompute_course_standings(course: str) -> None:
    """Everybody of one course: what time brings, and what was missed."""
    course_key = CourseKey.from_string(course)
    put_out_absent(course_key, now=timezone.now())
    computing.recompute_course(course_key, clock=timezone.now)


@shared_task(name="referral_xblock.recompute_standings", **SAFE)
def recompute_standings() -> None:
    """One task for each course that has teams, buddies or a leaderboard. Sent once an hour."""
    for course in courses_that_learn_together():
        recompute_course_standings.delay(str(course))
