"""What a host promises of the forum, read only. Every check's first line is its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocator

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.errors import ForumError
from community_dashboard.host.promises.check import BrokenError, NotApplicableError, Subject, expect


def the_forum_is_described(subject: Subject) -> str:
    """What is missing about the forum is said in a sentence"""
    host = subject.host
    for key in (CourseKey.from_string("course-v1:NoSuch+Course+Here"), LibraryLocator("NoSuch", "Library"), None):
        forum = host.forum(key)
        expect(bool(forum.sentence) and not forum.enabled, f"Of {key} is said: {forum}.")
    forum = host.forum(subject.course_key)
    whole = forum.enabled and forum.in_this_database
    expect(whole != bool(forum.sentence), f"Said is {forum}.")
    return str(forum.sentence)


def topics_are_places(subject: Subject) -> None:
    """Topics have names, and ids that are there once"""
    _with_forum(subject)
    topics = subject.host.topics(subject.course_key)
    ids = [topic.id for topic in topics]
    expect(bool(topics), "The forum has no topic.")
    expect(len(ids) == len(set(ids)), f"Topics are {ids}.")
    expect(all(topic.id and topic.title for topic in topics), f"Topics are {topics}.")
    nowhere = subject.host.topics(LibraryLocator("NoSuch", "Library"))
    expect(nowhere == [], f"A library has the topics {nowhere}.")


def reasons_have_names(subject: Subject) -> None:
    """There are reasons for editing and for closing, with names"""
    _with_forum(subject)
    for reasons in (subject.host.edit_reasons(), subject.host.close_reasons()):
        expect(bool(reasons) and all(reasons) and all(reasons.values()), f"Reasons are {reasons}.")
        expect(all(isinstance(name, str) for name in reasons.values()), "A name is not yet text.")


def a_visitor_may_nothing(subject: Subject) -> None:
    """A visitor is refused every act, in a sentence"""
    host, thread = subject.host, PostRef(PostKind.THREAD, "1")
    about: dict[str, Any] = {"by": AnonymousUser(), "course_key": subject.course_key}
    reason = next(iter(host.edit_reasons()), "")
    tries: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (host.list_threads, {}),
        (host.list_comments, {"thread_id": "1"}),
        (host.read_post, {"ref": thread}),
        (host.start_thread, {"topic_id": "x", "title": "x", "body": "x"}),
        (host.reply, {"thread_id": "1", "body": "x"}),
        (host.edit_post, {"ref": thread, "reason": reason, "body": "x"}),
        (host.close_thread, {"thread_id": "1", "reason": next(iter(host.close_reasons()), "")}),
        (host.reopen_thread, {"thread_id": "1"}),
        (host.pin_thread, {"thread_id": "1"}),
        (host.endorse, {"comment_id": "1"}),
        (host.move_thread, {"thread_id": "1", "topic_id": "x"}),
        (host.flag_post, {"ref": thread}),
        (host.clear_flags, {"ref": thread}),
        (host.delete_post, {"ref": thread}),
    ]
    for act, more in tries:
        try:
            act(**about, **more)
        except ForumError as refusal:
            expect(bool(str(refusal)), f"{act.__name__} is refused without a word.")
        else:
            raise BrokenError(f"A visitor may {act.__name__}.")


def what_is_gone_has_no_course(subject: Subject) -> None:
    """A post that is not there is in no course"""
    _with_forum(subject)
    for kind in PostKind:
        for wrong in ("2147483647", "", "not-an-id"):
            found = subject.host.course_of_post(PostRef(kind, wrong), subject.course_key)
            expect(found is None, f"The {kind} {wrong!r} is in {found}.")


def _with_forum(subject: Subject) -> None:
    forum = subject.host.forum(subject.course_key)
    if not forum.enabled:
        raise NotApplicableError(str(forum.sentence))
