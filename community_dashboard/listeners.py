"""What the platform tells us, written into the record.

The platform connects what `apps.py` names, in the LMS alone. Tables are connected here by name as this module is imported,
which waits for them, and does without a forum where there is none. Every listener works in a savepoint of its own and never
raises: an error of ours, also one of the database, must not stop or undo a registration, an enrolment or a post.
Reconciliation finds what was missed.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity import facts, forum, stages
from community_dashboard.activity.actions import record
from community_dashboard.activity.kinds import Kind
from community_dashboard.moderation.intake.listeners import note_told_post
from community_dashboard.retirement import forget_retired
from referral_xblock.api import get_host, never_in_the_way
from referral_xblock.signals import JOURNEY_CHANGED, LINK_SHARED

__all__ = ["forget_retired", "note_told_post"]  # connected like the listeners, from this module

ISSUED = "downloadable"  # the platform's word for a certificate that can be had

# --- People and courses: events of openedx-events ---------------------------------------------------------------------


@never_in_the_way("Recording a registration")
def on_registration(metadata: Any, user: Any, **kwargs: Any) -> None:
    """Somebody registered."""
    record(activity=facts.registered(user_id=user.id, at=metadata.time))


@never_in_the_way("Recording a sign-in")
def on_sign_in(metadata: Any, user: Any, **kwargs: Any) -> None:
    """Somebody signed in."""
    record(activity=facts.signed_in(event_id=metadata.id, user_id=user.id, at=metadata.time))


@never_in_the_way("Recording an enrolment")
def on_enrolment(metadata: Any, enrollment: Any, **kwargs: Any) -> None:
    """Somebody was enrolled: the platform says so for every return too, with the date of the first time."""
    where = {"user_id": enrollment.user.id, "course_key": enrollment.course.course_key}
    record(activity=facts.enrolled(**where, first_at=enrollment.creation_date))
    if metadata.time - enrollment.creation_date > facts.FIRST_ENROLMENT:
        record(activity=facts.came_back(**where, event_id=metadata.id, at=metadata.time))


@never_in_the_way("Recording an un-enrolment")
def on_unenrolment(metadata: Any, enrollment: Any, **kwargs: Any) -> None:
    """Somebody left the course."""
    where = {"user_id": enrollment.user.id, "course_key": enrollment.course.course_key}
    record(activity=facts.left(**where, event_id=metadata.id, at=metadata.time))


@never_in_the_way("Recording a grade")
def on_grade(metadata: Any, grade: Any, **kwargs: Any) -> None:
    """A course grade was calculated; it says when the learner first passed."""
    where = {"user_id": grade.user_id, "course_key": grade.course.course_key}
    record(activity=facts.graded(**where, at=metadata.time))
    if grade.passed_timestamp:
        record(activity=facts.passed(**where, at=grade.passed_timestamp))


@never_in_the_way("Recording a passing status")
def on_passing_status(metadata: Any, course_passing_status: Any, **kwargs: Any) -> None:
    """Told after every calculation of a grade: only passing is recorded, the first time."""
    status = course_passing_status
    if status.is_passing:
        record(activity=facts.passed(user_id=status.user.id, course_key=status.course.course_key, at=metadata.time))


@never_in_the_way("Recording a passing status")
def on_ccx_passing_status(metadata: Any, course_passing_status: Any, **kwargs: Any) -> None:
    """The same in a custom course, which the event names differently."""
    status = course_passing_status
    if status.is_passing:
        record(activity=facts.passed(user_id=status.user.id, course_key=status.course.ccx_course_key, at=metadata.time))


@never_in_the_way("Recording a certificate")
def on_certificate(metadata: Any, certificate: Any, **kwargs: Any) -> None:
    """A certificate was made, or changed: the first that can be had is recorded."""
    if certificate.current_status == ISSUED:
        where = {"user_id": certificate.user.id, "course_key": certificate.course.course_key}
        record(activity=facts.certified(**where, at=metadata.time))


@never_in_the_way("Recording a revoked certificate")
def on_certificate_revoked(metadata: Any, certificate: Any, **kwargs: Any) -> None:
    """A certificate was taken back."""
    where = {"user_id": certificate.user.id, "course_key": certificate.course.course_key}
    record(activity=facts.revoked(**where, event_id=metadata.id, at=metadata.time))


@receiver(post_save, sender="completion.BlockCompletion", dispatch_uid="community.block_completed")
@never_in_the_way("Recording a completed block")
def on_completion(instance: Any, **kwargs: Any) -> None:
    """A block was completed, in a course or in a library, which is none."""
    if instance.completion > 0 and isinstance(instance.context_key, CourseKey):
        where = {"user_id": instance.user_id, "course_key": instance.context_key}
        record(activity=facts.completed(**where, block_key=instance.block_key, at=instance.created))


# --- Referral: signals of ours, sent after the commit -------------------------------------------------------------------


@receiver(LINK_SHARED, dispatch_uid="community.link_shared")
@never_in_the_way("Recording a share")
def on_share(course_key: Any, user_id: int, channel: str, day: Any, **kwargs: Any) -> None:
    """Somebody shared a link."""
    record(activity=facts.shared(user_id=user_id, course_key=course_key, channel=channel, day=day))


@receiver(JOURNEY_CHANGED, dispatch_uid="community.journey_changed")
@never_in_the_way("Recording a credit")
def on_journey(course_key: Any, user_id: int, **kwargs: Any) -> None:
    """A friend came further, or counts no longer: the ledger is asked what holds now."""
    stages.record_credit(user_id=user_id, course_key=course_key)


# --- The forum: events of openedx-events ------------------------------------------------------------------------------


@never_in_the_way("Recording a thread")
def on_thread(metadata: Any, thread: Any, **kwargs: Any) -> None:
    """A thread was opened."""
    _posted(Kind.POSTED, facts.THREAD, metadata, thread)


@never_in_the_way("Recording an answer")
def on_answer(metadata: Any, thread: Any, **kwargs: Any) -> None:
    """A thread was answered; the event calls the answer a thread too."""
    _posted(Kind.ANSWERED, facts.COMMENT, metadata, thread)


@never_in_the_way("Recording a comment")
def on_comment(metadata: Any, thread: Any, **kwargs: Any) -> None:
    """An answer was commented on."""
    _posted(Kind.COMMENTED, facts.COMMENT, metadata, thread)


def _posted(kind: Kind, post_kind: str, metadata: Any, post: Any) -> None:
    where = {"user_id": post.user.id, "course_key": CourseKey.from_string(str(post.course_id))}
    record(activity=facts.posted(kind=kind, post=(post_kind, str(post.id)), **where, at=metadata.time))


# --- The forum: signals of the platform, sent with `.send`: what raises here is the learner's error page ---------------
# What the forum's tables keep with its exact moment is left to them, unless the post is in MongoDB.


@never_in_the_way("Recording an edit")
def on_edit(user: Any, post: Any, **kwargs: Any) -> None:
    """A post in MongoDB was changed."""
    if forum.lives_in_mongo(post.id):
        record(activity=facts.edited(**_by(user, post), at=timezone.now()))


@never_in_the_way("Recording a deletion")
def on_deletion(user: Any, post: Any, **kwargs: Any) -> None:
    """A post was deleted: the signal knows by whom."""
    record(activity=facts.deleted(**_by(user, post), at=timezone.now()))


@never_in_the_way("Recording a report")
def on_flag(user: Any, post: Any, **kwargs: Any) -> None:
    """A post in MongoDB was reported. `user` may be the forum's own, whose number is a text."""
    if forum.lives_in_mongo(post.id):
        record(activity=facts.flagged(**_by(user, post), at=timezone.now(), often=False))


@never_in_the_way("Recording a vote")
def on_vote(user: Any, post: Any, **kwargs: Any) -> None:
    """Somebody voted or took a vote back, which the signal does not tell apart: the first counts."""
    if forum.lives_in_mongo(post.id):
        record(activity=facts.voted(**_by(user, post), at=timezone.now()))


@never_in_the_way("Recording an endorsement")
def on_endorsement(user: Any, post: Any, **kwargs: Any) -> None:
    """An answer was endorsed."""
    record(activity=facts.endorsed(**_by(user, post), at=timezone.now()))


@never_in_the_way("Recording a follower")
def on_follow(user: Any, post: Any, **kwargs: Any) -> None:
    """A thread is followed."""
    record(activity=facts.followed(**_by(user, post), at=timezone.now()))


def _by(user: Any, post: Any) -> dict[str, Any]:
    # A vote on an answer is told as one on a thread too.
    kind = facts.THREAD if post.type == "thread" else facts.COMMENT
    course_key = CourseKey.from_string(str(post.course_id))
    return {"post": (kind, str(post.id)), "user_id": int(user.id), "course_key": course_key}


# --- The forum: its own tables, where it keeps its posts in this database ----------------------------------------------


@receiver(post_save, sender="forum.CommentThread", dispatch_uid="community.thread_saved")
@receiver(post_save, sender="forum.Comment", dispatch_uid="community.comment_saved")
@never_in_the_way("Recording a post")
def on_post_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """A post was written, or an answer endorsed; a thread is also saved for every answer to it."""
    if created or (instance.endorsed and forum.post_of(instance)[0] == facts.COMMENT):
        _record_found(forum.posts_of([instance]))


@receiver(post_delete, sender="forum.CommentThread", dispatch_uid="community.thread_gone")
@receiver(post_delete, sender="forum.Comment", dispatch_uid="community.comment_gone")
@never_in_the_way("Recording a deleted post")
def on_post_gone(instance: Any, **kwargs: Any) -> None:
    """A post is gone. Without a request to tell by whom, the platform's own signal gets until the commit to say it."""
    course_key = forum.course_of(instance.course_id)
    if course_key is None:
        return
    by = _asking()
    found = [facts.deleted(post=forum.post_of(instance), user_id=by, course_key=course_key, at=timezone.now())]
    if by is None:
        transaction.on_commit(lambda: _record_found(found), robust=True)
    else:
        _record_found(found)


@receiver(post_save, sender="forum.AbuseFlagger", dispatch_uid="community.flag_saved")
@never_in_the_way("Recording a report in the forum")
def on_flag_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """Somebody reported a post."""
    if created:
        _record_found(forum.flags_of([instance]))


@receiver(post_delete, sender="forum.AbuseFlagger", dispatch_uid="community.flag_gone")
@never_in_the_way("Recording a lifted report")
def on_flag_gone(instance: Any, **kwargs: Any) -> None:
    """A report was taken back, or set aside by a moderator."""
    _record_found(forum.lifted_flags_of([instance], by=_asking(), at=timezone.now()))


@receiver(post_save, sender="forum.EditHistory", dispatch_uid="community.edit_saved")
@never_in_the_way("Recording a changed post")
def on_edit_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """A post's text was changed."""
    if created:
        _record_found(forum.edits_of([instance]))


@receiver(post_save, sender="forum.UserVote", dispatch_uid="community.vote_saved")
@never_in_the_way("Recording a vote in the forum")
def on_vote_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """Somebody voted."""
    if created:
        _record_found(forum.votes_of([instance], at=timezone.now()))


@receiver(post_save, sender="forum.Subscription", dispatch_uid="community.subscription_saved")
@never_in_the_way("Recording a follower in the forum")
def on_subscription_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """Somebody follows a thread."""
    if created:
        _record_found(forum.subscriptions_of([instance]))


def _record_found(found: list[facts.NewActivity]) -> None:
    for activity in found:
        record(activity=activity)


def _asking() -> int | None:
    """Who asks for this, None in a worker or for a visitor."""
    request = get_host().signed_in_request()
    user = getattr(request, "user", None)
    return user.id if user is not None and user.is_authenticated else None
