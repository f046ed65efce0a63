"""The write half of the contract: two accounts made for the moment use the forum of a course, and nothing stays.

All of it happens in one transaction that is rolled back, with Django's mail withheld; a worker cannot find the accounts or
their posts, for they are never committed. What goes past the database meanwhile (a tracking log, an event bus, a search
index: the thread is deleted there at the end) is not held back: use a course made for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from community_dashboard.data import Act, PostKind, PostRef
from community_dashboard.host.errors import BadValueError, ForumError, GoneError, NotAllowedError
from community_dashboard.host.interface import Host
from community_dashboard.host.promises.check import BrokenError, expect, outcome_of
from referral_xblock.api import Outcome, Role
from referral_xblock.api import get_host as get_people_host

FEW = 50
TEAM = frozenset(Role) - {Role.LEARNER}


class Trial:
    """A thread's life. The methods named in CHECKS are tried in order; the docstring is the promise."""

    def __init__(self, host: Host, course_key: Any) -> None:
        self.host, self.course_key = host, course_key
        self.learner, moderator = _account(), _account(is_staff=True)
        get_people_host().enrol(self.learner, course_key)
        self.as_moderator = {"by": moderator, "course_key": course_key}
        self.thread_id = self.comment_id = ""

    def is_started(self) -> None:
        """A learner starts a thread in a topic of the course"""
        topic = self.host.topics(self.course_key)[0]
        text = {"topic_id": topic.id, "title": "Contract", "body": "A trial.", "thread_type": "question"}
        post = self.host.start_thread(by=self.learner, course_key=self.course_key, **text)
        self.thread_id = post.thread_id
        expect(
            (post.title, post.body, post.author) == ("Contract", "A trial.", self.learner.username), f"It is {post}."
        )
        found = self.host.course_of_post(post.ref, self.course_key)
        expect(found == str(self.course_key), f"The thread is in {found}.")

    def is_answered(self) -> None:
        """A moderator answers, and the answer is replied to"""
        answer = self.host.reply(**self.as_moderator, thread_id=self.thread_id, body="An answer.")
        self.comment_id = answer.ref.id
        reply = self.host.reply(
            **self.as_moderator, thread_id=self.thread_id, parent_id=self.comment_id, body="A reply."
        )
        expect(reply.parent_id == self.comment_id, f"The reply is {reply}.")
        listed = self.host.list_comments(**self.as_moderator, thread_id=self.thread_id)
        expect([post.body for post in listed.posts] == ["An answer."], f"Listed are {listed.posts}.")
        below = self.host.list_comments(**self.as_moderator, thread_id=self.thread_id, parent_id=self.comment_id)
        expect([post.body for post in below.posts] == ["A reply."], f"Listed below the answer are {below.posts}.")
        seen = self.host.read_post(**self.as_moderator, ref=answer.ref)
        expect(seen.body == "An answer." and Act.ENDORSE in seen.acts, f"The answer is {seen}.")

    def is_listed(self) -> None:
        """The thread is in the list"""
        listed = self.host.list_threads(**self.as_moderator)
        expect(self.thread_id in {post.ref.id for post in listed.posts}, f"Listed are {listed.posts}.")

    def is_guarded(self) -> None:
        """A learner may not moderate"""
        for act in (self.host.pin_thread, self.host.reopen_thread):
            try:
                act(by=self.learner, course_key=self.course_key, thread_id=self.thread_id)
            except NotAllowedError:
                continue
            raise BrokenError(f"A learner may {act.__name__}.")

    def is_edited(self) -> None:
        """A text is changed with a reason, and not without"""
        ref = PostRef(PostKind.THREAD, self.thread_id)
        reason = next(iter(self.host.edit_reasons()))
        post = self.host.edit_post(**self.as_moderator, ref=ref, reason=reason, body="Changed.")
        expect(post.body == "Changed.", f"The thread is {post}.")
        with suppress(BadValueError):
            self.host.edit_post(**self.as_moderator, ref=ref, reason="no-such-reason", body="Again.")
            raise BrokenError("Any reason will do.")
        own = PostRef(PostKind.COMMENT, self.comment_id)
        post = self.host.edit_post(**self.as_moderator, ref=own, reason=reason, body="My own.")
        expect(post.body == "My own.", f"The own answer is {post}.")

    def is_reported(self) -> None:
        """Reports are seen, and taken back all at once"""
        for ref in (PostRef(PostKind.THREAD, self.thread_id), PostRef(PostKind.COMMENT, self.comment_id)):
            self.host.flag_post(by=self.learner, course_key=self.course_key, ref=ref)
            expect(
                self.host.read_post(**self.as_moderator, ref=ref).flagged, f"The report of the {ref.kind} is not seen."
            )
            self.host.clear_flags(**self.as_moderator, ref=ref)
            expect(not self.host.read_post(**self.as_moderator, ref=ref).flagged, f"The {ref.kind} is still reported.")

    def is_marked(self) -> None:
        """An answer is endorsed, a thread pinned and moved"""
        expect(
            self.host.endorse(**self.as_moderator, comment_id=self.comment_id).endorsed, "The answer is not endorsed."
        )
        expect(self.host.pin_thread(**self.as_moderator, thread_id=self.thread_id).pinned, "The thread is not pinned.")
        topic = self.host.topics(self.course_key)[-1]
        post = self.host.move_thread(**self.as_moderator, thread_id=self.thread_id, topic_id=topic.id)
        expect(post.topic_id == topic.id, f"The thread is in {post.topic_id!r}.")

    def is_closed(self) -> None:
        """A closed thread takes no answer until it is opened again"""
        reason = next(iter(self.host.close_reasons()))
        post = self.host.close_thread(**self.as_moderator, thread_id=self.thread_id, reason=reason)
        expect(post.closed and Act.REPLY not in post.acts, f"The thread is {post}.")
        with suppress(NotAllowedError):
            self.host.reply(**self.as_moderator, thread_id=self.thread_id, body="Too late.")
            raise BrokenError("A closed thread was answered.")
        expect(not self.host.reopen_thread(**self.as_moderator, thread_id=self.thread_id).closed, "It is still closed.")

    def is_deleted(self) -> None:
        """What is deleted is gone, with all below it"""
        self.host.delete_post(**self.as_moderator, ref=PostRef(PostKind.THREAD, self.thread_id))
        for ref in (PostRef(PostKind.THREAD, self.thread_id), PostRef(PostKind.COMMENT, self.comment_id)):
            with suppress(GoneError):
                self.host.read_post(**self.as_moderator, ref=ref)
                raise BrokenError(f"The {ref.kind} is still there.")

    CHECKS = (
        is_started, is_answered, is_listed, is_guarded, is_edited, is_reported, is_marked, is_closed, is_deleted,
    )  # fmt: skip


def try_forum(host: Host, course_key: Any) -> list[Outcome]:
    """The trial, or one outcome that says why it was not made. Never raises."""
    outcomes: list[Outcome] = []
    try:
        refused = _refusal(host, course_key)
        if refused is not None:
            return [refused]
        with _mail_withheld(), transaction.atomic():
            transaction.on_commit(lambda: outcomes.append(Outcome("Nothing stays", False, "The trial was committed.")))
            trial = Trial(host, course_key)
            outcomes += [outcome_of(check, trial) for check in trial.CHECKS]
            with suppress(ForumError):  # where a check failed before: a search index does not roll back
                host.delete_post(**trial.as_moderator, ref=PostRef(PostKind.THREAD, trial.thread_id))
            transaction.set_rollback(True)
    except Exception as error:
        outcomes.append(Outcome("The trial can be made", False, f"It raised {type(error).__name__}: {error}"))
    return outcomes


def _refusal(host: Host, course_key: Any) -> Outcome | None:
    """Why the course is none for a trial; None if nobody but the team is in it and it has a forum."""
    name = "The course may be used for a trial"
    inside = get_people_host().enrolled_ids(course_key, limit=FEW)
    roles = get_people_host().roles_of(inside, course_key)
    if len(inside) == FEW or not all(roles.get(user_id, frozenset()) & TEAM for user_id in inside):
        sentence = (
            f"{course_key} has learners, so nothing was tried. Please name a course that nobody but its team is in."
        )
        return Outcome(name, False, sentence)
    forum = host.forum(course_key)
    return None if forum.enabled else Outcome(name, None, str(forum.sentence))


def _account(*, is_staff: bool = False) -> Any:
    """An account with a profile, under an address that belongs to nobody."""
    name = f"contract-{secrets.token_hex(6)}"
    user = get_user_model().objects.create(
        username=name, email=f"{name}@contract.invalid", is_active=True, is_staff=is_staff
    )
    profile: Any = get_user_model()._meta.get_field("profile").related_model
    profile.objects.create(user=user, name="Contract")
    return get_user_model().objects.get(id=user.id)


@contextmanager
def _mail_withheld() -> Iterator[None]:
    """Django's mail goes nowhere in this process."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
