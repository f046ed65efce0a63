"""One row per post of the forum, how far courses are filled, and what reconciliation has seen."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class ForumPost(models.Model):
    """One thread or comment of the forum, as it was when it was last read. About 1 KB with its indexes (MariaDB).

    `author` is empty for retired people. `excerpt` is plain text; hostile like every text of people. Of a masked post, title,
    excerpt, language, fingerprint and length stay those of what its author wrote.

    .. pii: Links a user to a post of the forum, with its title and the beginning of its text.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)  # "thread", "comment"
    post_id = models.CharField(max_length=64)
    number = models.BigIntegerField(default=0)  # the id as a number; 0 for posts in MongoDB
    thread_id = models.CharField(max_length=64)  # its own id for a thread
    parent_id = models.CharField(max_length=64, blank=True)  # the response that a reply answers; "" otherwise
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    topic_id = models.CharField(max_length=255, blank=True)  # of a comment: that of its thread
    group_id = models.BigIntegerField(default=0)  # the cohort it is meant for; 0: everybody. Of a comment: its thread's
    thread_type = models.CharField(max_length=16, blank=True)  # "question", "discussion"; of a comment: its thread's
    title = models.CharField(max_length=255, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)  # "fr", "en", "" if nobody can tell
    fingerprint = models.CharField(max_length=32, blank=True)  # the same for the same words, whatever their dress
    mask = models.CharField(max_length=32, blank=True)  # fingerprint of the text that we put in its place; "" if none
    length = models.PositiveIntegerField(default=0)  # characters of the body
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # the forum's own mark of its last change
    edited_at = models.DateTimeField(null=True)  # when its author last changed the text
    gone_at = models.DateTimeField(null=True)  # when we saw that it is no longer in the forum
    closed = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    endorsed = models.BooleanField(default=False)
    by_staff = models.BooleanField(default=False)  # the author is of the team or moderates the forum
    masked = models.BooleanField(default=False)  # the forum shows our text in its place
    reports = models.PositiveIntegerField(default=0)  # that stand
    # When it was last read for moderation to examine; empty: examined since, or there before us.
    unexamined_since = models.DateTimeField(null=True)

    # Of threads, made from the rows of their comments (facts.py).
    answers = models.PositiveIntegerField(default=0)  # comments by others than its author
    first_answer_at = models.DateTimeField(null=True)
    first_staff_answer_at = models.DateTimeField(null=True)
    first_staff_answer_by = models.BigIntegerField(
        default=0
    )  # whose account; 0: nobody's, or somebody's who is retired
    accepted_at = models.DateTimeField(null=True)  # of a comment: when it was endorsed
    last_activity_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)  # since when its author waits for an answer

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["kind", "post_id"], name="forum_post_once")]
        indexes = [
            # Reconciliation counts and compares by this one.
            models.Index(fields=["course_key", "kind", "number", "gone_at"], name="forum_post_number"),
            # The posts of a period. With all that the figures of many thousand threads are made of, so that these are read from
            # the index alone and not from rows that lie far apart.
            models.Index(
                fields=[
                    "course_key",
                    "kind",
                    "created_at",
                    "gone_at",
                    "masked",
                    "by_staff",
                    "thread_type",
                    "topic_id",
                    "group_id",
                    "first_answer_at",
                    "first_staff_answer_at",
                    "first_staff_answer_by",
                ],
                name="forum_post_asked",
            ),
            models.Index(fields=["course_key", "waiting_since"], name="forum_post_waiting"),
            models.Index(fields=["reports", "course_key"], name="forum_post_reports"),
            models.Index(fields=["course_key", "fingerprint"], name="forum_post_same_text"),
            models.Index(fields=["author", "course_key", "created_at", "kind"], name="forum_post_by_author"),
            models.Index(fields=["course_key", "by_staff", "author"], name="forum_post_by_team"),
            models.Index(fields=["thread_id", "author"], name="forum_post_thread"),
            models.Index(fields=["unexamined_since"], name="forum_post_unexamined"),  # all but a few are empty
        ]


class Filling(models.Model):
    """How far the posts of a course that were there before us are read.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    step = models.CharField(max_length=8, blank=True)  # "thread", "comment", "facts", "look"; "" at the end
    reached = models.BigIntegerField(default=0)  # number up to which that step is done
    done = models.BigIntegerField(default=0)  # posts read so far
    total = models.BigIntegerField(default=0)  # posts there were when it began
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # when it last came on
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["finished_at", "seen_at"], name="filling_to_do")]


class SeenChanges(models.Model):
    """Up to when reconciliation has seen all changes of one of the forum's tables.

    .. no_pii:
    """

    kind = models.CharField(max_length=8, unique=True)
    newest = models.BigIntegerField(default=0)  # every post up to this number is known
    seen_until = models.DateTimeField()  # every change before this is known
    began_at = models.DateTimeField(null=True)  # of the look that is under way
    reached = models.BigIntegerField(default=0)  # number up to which it has come

    class Meta:
        app_label = "community_dashboard"
