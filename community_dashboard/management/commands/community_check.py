"""`manage.py lms community_check`: is everything that we need in its place here, and if not, what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.operations import contract
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Severity
from community_dashboard.operations.report import Check, Group, count, report
from referral_xblock.api import get_host

COULD_NOT_RUN = 2
CONTRACT: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("Contract of the hosts", (contract.check_referral_contract, contract.check_dashboard_contract)),
)


class Command(BaseCommand):
    help = (
        "Looks whether everything that the referral block and the community dashboard need from this platform is in its "
        "place, and says what to do about what is not. Changes nothing. "
        "Exit status: 0 nothing is wrong (there may be warnings), 1 errors were found, 2 it could not run."
    )
    # Ours are part of the report, with everything else; they must not stop it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--course", metavar="KEY", help="also look at this course: its forum, the acting account's role"
        )
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument(
            "--contract",
            action="store_true",
            help="also try the verbs of both hosts, in --course or in a course of this site; reads only",
        )
        parser.add_argument(
            "--write",
            action="store_true",
            help="with --contract and --course: also enrol an account made for it, and take it all back; refuses a course that "
            "has learners",
        )
        parser.add_argument("--seconds", type=float, default=3.0, help="how long to wait for a Celery worker (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the report and ends with its status."""
        groups = report(self._circumstances(options), CONTRACT if options["contract"] else ())
        errors = count(groups, Severity.ERROR)
        status = 1 if errors else 0
        if options["json"]:
            findings = [{"group": group.title, **asdict(finding)} for group in groups for finding in group.findings]
            self.stdout.write(json.dumps({"status": status, "findings": findings}, indent=2, ensure_ascii=False))
        else:
            for line in _lines(groups):
                self.stdout.write(line)
        if status:
            sys.exit(status)

    def _circumstances(self, options: dict[str, Any]) -> Circumstances:
        """What was asked for. CommandError with status 2 if it cannot be done."""
        if getattr(settings, "SERVICE_VARIANT", "lms") == "cms":
            raise _refusal("This looks at the LMS. Please run it there: manage.py lms community_check")
        if options["write"] and not (options["contract"] and options["course"]):
            raise _refusal("--write needs --contract, and --course with a course that nobody but its team is in.")
        course_key = _course(options["course"]) if options["course"] else None
        if options["contract"] and course_key is None:
            course_key = _some_course()
        return Circumstances(course_key, options["seconds"], options["write"])


def _course(text: str) -> CourseKey:
    try:
        course_key = CourseKey.from_string(text)
        known = get_host().course(course_key) is not None
    except InvalidKeyError as error:
        raise _refusal(f"“{text}” is not a course key.") from error
    except Exception as error:  # the report cannot be made for a course about which the platform raises
        raise _refusal(f"The platform could not be asked for {text} ({type(error).__name__}: {error}).") from error
    if not known:
        raise _refusal(f"There is no course {text} here.")
    return course_key


def _some_course() -> CourseKey:
    try:
        course_key = contract.a_course_with_people()
    except Exception as error:
        raise _refusal(f"No course could be looked for ({type(error).__name__}: {error}).") from error
    if course_key is None:
        raise _refusal("No course was found to try the hosts in. Please name one: --course <key>")
    return course_key


def _refusal(words: str) -> CommandError:
    return CommandError(words, returncode=COULD_NOT_RUN)


def _lines(groups: list[Group]) -> Iterator[str]:
    for group in groups:
        yield group.title
        if not group.findings:
            yield "  as it should be"
        for finding in group.findings:
            yield f"  {finding.severity:<8}{finding.sentence} [{finding.id}]"
            if finding.severity is not Severity.NOTE:
                yield f"          {finding.hint}"
        yield ""
    counts = ((count(groups, severity), severity) for severity in Severity)
    yield ", ".join(f"{number} {severity}{'' if number == 1 else 's'}" for number, severity in counts)
