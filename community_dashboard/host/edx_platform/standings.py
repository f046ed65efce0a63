"""How learners stand in a course of the LMS, read from its stored results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Max

from community_dashboard.data import Certificate, LastSeen, Standing
from community_dashboard.host.keys import batches, is_course

# The platform's states of a certificate; those of people who did not pass, or only audit, are none.
CERTIFICATES = {
    "downloadable": Certificate.ISSUED,
    "generating": Certificate.PENDING,
    "requesting": Certificate.PENDING,
    "unverified": Certificate.PENDING,
    "deleted": Certificate.WITHDRAWN,
    "deleting": Certificate.WITHDRAWN,
    "invalidated": Certificate.WITHDRAWN,
    "restricted": Certificate.WITHDRAWN,
    "unavailable": Certificate.WITHDRAWN,
}


class Standings:
    """Grades, certificates and last activity."""

    def standings(self, user_ids: Iterable[int], course_key: Any) -> dict[int, Standing]:
        """From the persistent grades (none where the site keeps none) and certificates. Two queries for every 500 people."""
        from lms.djangoapps.certificates.models import GeneratedCertificate
        from lms.djangoapps.grades.models import PersistentCourseGrade

        found: dict[int, Standing] = {}
        for ids in batches(user_ids):
            if not is_course(course_key):
                found.update(dict.fromkeys(ids, Standing()))
                continue
            issued = GeneratedCertificate.objects.filter(course_id=course_key, user_id__in=ids)
            made = {
                user_id: (status, at)
                for user_id, status, at in issued.values_list("user_id", "status", "modified_date")
            }
            rows = PersistentCourseGrade.objects.filter(course_id=course_key, user_id__in=ids)
            columns = ("user_id", "percent_grade", "letter_grade", "passed_timestamp")
            grades = {user_id: (share, bool(letter), at) for user_id, share, letter, at in rows.values_list(*columns)}
            for user_id in ids:
                share, passed, passed_at = grades.get(user_id, (None, False, None))
                status, made_at = made.get(user_id, ("", None))
                certificate = CERTIFICATES.get(status, Certificate.NONE)
                certified_at = made_at if certificate is Certificate.ISSUED else None
                found[user_id] = Standing(share, passed, passed_at, certificate, certified_at)
        return found

    def last_seen(self, user_ids: Iterable[int], course_key: Any) -> dict[int, LastSeen]:
        """The later of completion and of changed state in the course; the last sign-in. Three queries for every 500 people."""
        from completion.models import BlockCompletion
        from lms.djangoapps.courseware.models import StudentModule

        found: dict[int, LastSeen] = {}
        for ids in batches(user_ids):
            latest: dict[int, datetime] = {}
            if is_course(course_key):
                completed = BlockCompletion.objects.filter(context_key=course_key, user_id__in=ids)
                changed = StudentModule.objects.filter(course_id=course_key, student_id__in=ids)
                for rows, who in ((completed, "user_id"), (changed, "student_id")):
                    for user_id, moment in rows.order_by().values_list(who).annotate(Max("modified")):
                        latest[user_id] = max(moment, latest.get(user_id, moment))
            signed_in = dict(get_user_model().objects.filter(id__in=ids).values_list("id", "last_login"))
            for user_id in ids:
                found[user_id] = LastSeen(in_course=latest.get(user_id), signed_in=signed_in.get(user_id))
        return found
