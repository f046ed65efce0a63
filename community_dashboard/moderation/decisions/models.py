"""The log, the texts that were taken out of the forum, and canned replies."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Decision(models.Model):
    """One decision: who, what, why, before and after.

    Decisions about one thing (the text of a post, whether a thread is closed, the standing of a person …) are a `strand` with
    numbered steps. Both are unique together: of two people who take the same step at once, one was later. A row never leaves
    its strand; when a person is retired, its name is drawn anew and the row keeps neither person nor post.

    .. pii: Who decided what about a post or a person, and why; also words about a person.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    strand = models.CharField(max_length=32)
    step = models.PositiveIntegerField()
    choice = models.CharField(max_length=12)
    state = models.CharField(max_length=8)  # "begun", "done", "failed", "undoing", "undone"
    kind = models.CharField(max_length=8, blank=True)  # "thread", "comment"; "" for a decision about a person alone
    post_id = models.CharField(max_length=64, blank=True)
    thread_id = models.CharField(max_length=64, blank=True)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # the author; null: not known, or retired
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    automatic = models.BooleanField(default=False)  # by a rule, in the name of the acting account
    reason = models.CharField(max_length=500, blank=True)  # a code of the forum, a code of a rule, or words
    note = models.TextField(blank=True)  # words for the team alone
    fields = models.JSONField(default=dict)  # what was asked beyond the choice: topic, day, text …
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    cause = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    undo_until = models.DateTimeField(null=True)  # null: cannot be undone
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["strand", "step"], name="decision_step_once")]
        indexes = [
            models.Index(fields=["course_key", "made_at"], name="decision_course"),
            models.Index(fields=["course_key", "choice", "made_at"], name="decision_course_choice"),
            models.Index(fields=["course_key", "automatic", "choice", "made_at"], name="decision_course_automatic"),
            models.Index(fields=["course_key", "actor", "made_at"], name="decision_course_actor"),
            models.Index(fields=["subject", "course_key", "made_at"], name="decision_subject"),
            models.Index(fields=["actor", "made_at"], name="decision_actor"),
            models.Index(fields=["undone_by"], name="decision_undone_by"),
            models.Index(fields=["kind", "post_id", "made_at"], name="decision_post"),
            models.Index(fields=["state", "made_at"], name="decision_state"),
            models.Index(fields=["cause"], name="decision_cause"),
        ]


class KeptOriginal(models.Model):
    """The text of a post that is masked in the forum, until it is restored there or may no longer be.

    `mask_title` and `mask_body` are what we put in its place: as long as the forum has exactly these, nobody else wrote.

    .. pii: What somebody wrote in a forum, taken out of it by a moderator.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)
    post_id = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    title = models.TextField(blank=True)
    body = models.TextField()
    mask_title = models.CharField(max_length=255, blank=True)
    mask_body = models.CharField(max_length=500)
    masked_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+", db_index=False)  # that masked it
    restored_at = models.DateTimeField(null=True)  # null: the forum has the mask
    delete_after = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["kind", "post_id"], name="kept_original_once")]
        indexes = [
            models.Index(fields=["delete_after"], name="kept_original_delete"),
            models.Index(fields=["author"], name="kept_original_author"),
            models.Index(fields=["decision"], name="kept_original_decision"),
            models.Index(fields=["course_key", "restored_at"], name="kept_original_course"),
        ]


class EarlierText(models.Model):
    """A text as it was before a moderator edited it, for as long as the edit can be undone.

    .. pii: What somebody wrote in a forum before a moderator changed it.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    title = models.TextField(blank=True)
    body = models.TextField()
    delete_after = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            models.Index(fields=["delete_after"], name="earlier_text_delete"),
            models.Index(fields=["author"], name="earlier_text_author"),
        ]


class CannedReply(models.Model):
    """An answer that the moderators of a course keep for use again. `body` has names in braces, see `replies.py`.

    .. pii: Who wrote it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    shortcut = models.CharField(max_length=20, blank=True)  # what is typed to find it
    body = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [
            models.UniqueConstraint(fields=["course_key", "language", "title"], name="canned_reply_title_once")
        ]
        indexes = [models.Index(fields=["author"], name="canned_reply_author")]
