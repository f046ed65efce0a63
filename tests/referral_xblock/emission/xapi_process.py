"""A process with event-routing-backends: tells every event of ours once and prints, as JSON, what came out as xAPI.

What that plugin asks the LMS for is answered from here: an anonymous number for an account, and a course's name. From our
`emit` on, everything else is the real way: tracker, whitelists, Celery's task, router, transformer.
"""

from __future__ import annotations

import json
import logging
import os
import uuid
from typing import Any

ACCOUNT = 4711
COURSE = "course-v1:Test+Bees101+2026"
VALUES: dict[str, Any] = {
    "link": 12, "channel": "copy", "block": "", "confirmed_by": "beacon", "stage": "enrolled",
    "reached_at": "2026-03-02T09:30:00+00:00", "reward": 3, "side": "inviter", "counts": "active", "number": 2,
    "badge": False, "by_hand": True, "invitation": 9, "decision": 21, "choice": "hide", "kind": "thread",
    "automatic": False, "digest": "moderation",
}  # fmt: skip


def main() -> None:
    """The statements in the order of their events, each with the event's name."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.referral_xblock.emission.xapi_settings"
    logging.disable(logging.NOTSET)
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from event_routing_backends.processors.xapi import transformer
    from opaque_keys.edx.keys import CourseKey

    from community_dashboard.emission.events import EVENTS as OF_THE_DASHBOARD
    from community_dashboard.operations.circumstances import Circumstances
    from community_dashboard.operations.emission import check_events
    from referral_xblock.api import OWN_EVENTS, emit

    def anonymous_number(account: Any, kind: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}-{account}"))

    transformer.get_anonymous_user_id = anonymous_number
    transformer.get_course_from_id = lambda course: {"display_name": f"The course {course}"}
    # Tables without the history of migrations, which takes longer than all the rest.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    statements = _heard("xapi_tracking")
    errors = _heard("event_routing_backends", logging.ERROR) + _heard("referral_xblock", logging.ERROR)
    answer = []
    for event in (*OWN_EVENTS, *OF_THE_DASHBOARD):
        actor = ACCOUNT if event.actor else None
        data = {name: VALUES[name] for name in event.fields}
        emit(event, data, user_id=actor, course_key=CourseKey.from_string(COURSE))
        answer.append([event.name, [json.loads(line) for line in statements]])
        statements.clear()
    found = [[finding.id, finding.sentence] for finding in check_events(Circumstances())]
    allowed = settings.EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS
    router = settings.EVENT_TRACKING_BACKENDS["event_transformer"]["OPTIONS"]["backends"]["xapi"]["OPTIONS"]
    same = router["processors"][0]["OPTIONS"]["whitelist"] is allowed
    twice = len(allowed) - len(set(allowed))
    print(json.dumps({"told": answer, "errors": errors, "found": found, "same": same, "twice": twice}))


def _heard(name: str, level: int = logging.INFO) -> list[str]:
    """What is logged under this name from now on."""
    lines: list[str] = []

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    logger = logging.getLogger(name)
    logger.addHandler(Hearing(level))
    logger.setLevel(level)
    return lines


if __name__ == "__main__":
    main()
