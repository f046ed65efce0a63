"""What "finished" means in a course: passing or a certificate; where nothing is graded, so much of it completed."""

from __future__ import annotations

from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from referral_xblock.api import policy_of, seen_course

WHOLE = 1000  # thousandths


@dataclass(frozen=True)
class Rule:
    """How much of one course is enough."""

    blocks: int  # that can be completed
    graded: bool
    share: int  # per cent of the blocks

    def progress(self, completed: int) -> int:
        """So many blocks as thousandths of the course, -1 for a course without any."""
        return min(WHOLE, completed * WHOLE // self.blocks) if self.blocks else -1

    def enough(self, completed: int) -> bool:
        """Whether so many blocks are what the course's policy asks where nothing is graded."""
        return not self.graded and self.blocks > 0 and completed * 100 >= self.share * self.blocks


def rule_of(course_key: CourseKey) -> Rule:
    """The rule of this course as the platform and the course's policy have it now. A few queries of the host."""
    blocks = sum(len(unit.blocks) for unit in get_host().outline(course_key))
    course = seen_course(course_key)
    return Rule(blocks, bool(course and course.graded), policy_of(course_key).completion_share)
