"""Ten threads of chen's and one of bo's in the forum and its projection, a queue that chen's stand in, and jobs over them."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.bulk import actions
from community_dashboard.moderation.bulk.scopes import Kind, Scope
from community_dashboard.moderation.data import Choice, Finding, Reason
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.queue.actions import set_findings


@pytest.fixture
def moment():
    """A minute after everything was written."""
    return timezone.now() + timedelta(minutes=1)


@pytest.fixture
def posted(cast, course_key):
    """`posted(3)` posts so many threads of chen's, projects them, has them reported, and answers with their PostRefs."""

    def post(number, *, by=cast.chen, where=course_key, queued=True):
        host, refs = get_host(), []
        for count in range(number):
            title, body = f"Offer {count}", f"Buy honey number {count} of me."
            refs.append(host.start_thread(by=by, course_key=where, topic_id="course", title=title, body=body).ref)
        now = timezone.now()
        project(course_key=where, refs=refs, now=now)
        for ref in refs if queued else ():
            found = [Finding(Reason.REPORTED, "reported", 20, now, {"reports": 1})]
            set_findings(course_key=where, ref=ref, source="reports", findings=found, now=now)
        return refs

    return post


@pytest.fixture
def begin(cast, course_key, moment):
    """`begin(refs)` hides these posts in bo's name; every argument of `actions.begin` may be given."""

    def one(refs=(), **given):
        named = {
            "by": cast.bo,
            "course_key": course_key,
            "choice": Choice.HIDE,
            "scope": Scope(Kind.SELECTION, refs=tuple(refs)),
            "token": secrets.token_hex(16),
            "seen_at": moment,
            "now": timezone.now(),
            "reason": "Advertising",
        }
        return actions.begin(**named | given)

    return one


@pytest.fixture
def body_of(cast, course_key):
    """What a learner reads in the forum."""

    def read(ref, *, by=cast.chen, where=course_key):
        return get_host().read_post(by=by, course_key=where, ref=ref).body

    return read
