"""What Studio tells us. Connected in Studio alone, where the platform has the event: from Ulmo on."""

import openedx_events.content_authoring.signals as authoring
from django.utils import timezone

from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.policy.actions import note_rerun


def on_rerun(course, **kwargs):
    """A course was made as a re-run of another. The event names the new one alone; the platform knows the other."""
    with never_in_the_way("Remembering a re-run"):
        note_rerun(course_key=course.course_key, now=timezone.now())


def connect() -> bool:
    """Listens; False where this release has no such event."""
    signal = getattr(authoring, "COURSE_RERUN_COMPLETED", None)
    if signal is None:
        return False
    signal.connect(on_rerun, dispatch_uid="referral.rerun")
    return True
