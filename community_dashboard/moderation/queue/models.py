"""Items of the queue, why they stand there, and what each moderator keeps for the page."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class QueueItem(models.Model):
    """One post that somebody should look at, or that somebody has looked at.

    Lists read this table alone. `order` is the score as it would have been at the epoch: every open item gains the same by
    waiting, so the order never has to be written anew. `reasons` are bits (`reasons.BITS`) of what no decision has answered.
    Without author, post and topic it says nothing of anybody.

    .. pii: Links posts to their authors, and moderators to what they look at.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)  # "thread", "comment"
    post_id = models.CharField(max_length=64)
    thread_id = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    topic_id = models.CharField(max_length=255, blank=True)
    group_id = models.BigIntegerField(default=0)  # the cohort it is meant for; 0: everybody
    author_group = models.BigIntegerField(default=0)  # the author's cohort when the item was last scored; 0: none
    language = models.CharField(max_length=2, blank=True)
    posted_at = models.DateTimeField()
    waits_since = models.DateTimeField()  # the earliest unanswered finding
    reasons = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0)  # without its age
    parts = models.JSONField(default=list)  # of the score, each with its code and facts
    order = models.FloatField(default=0)
    state = models.CharField(max_length=8)  # "open", "snoozed", "done"
    outcome = models.CharField(max_length=8, blank=True)  # of the last decision: "upheld", "cleared"; "": neither
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    snoozed_until = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    claimed_since = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)  # grows with every decision
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["kind", "post_id"], name="queue_one_item_per_post")]
        indexes = [
            # A page of the queue under any filter is found in this index alone, then fifty rows are read.
            models.Index(
                fields=[
                    "course_key",
                    "state",
                    "order",
                    "id",
                    "reasons",
                    "topic_id",
                    "group_id",
                    "author_group",
                    "language",
                    "waits_since",
                    "assigned_to",
                ],
                name="queue_course_order",
            ),
            models.Index(fields=["assigned_to", "course_key", "state", "order", "id"], name="queue_assigned"),
            models.Index(fields=["author", "course_key", "state"], name="queue_author"),
            models.Index(fields=["state", "snoozed_until"], name="queue_snoozed"),
            models.Index(fields=["claimed_by", "claimed_until"], name="queue_claimed"),
            models.Index(fields=["decided_by"], name="queue_decided_by"),
        ]


class QueueFinding(models.Model):
    """One reason why an item stands in the queue, as its source last told it. `facts` fill the sentence named by `code`.

    .. pii: The name of an author, where it looks like that of the course's team.
    .. pii_types: name
    .. pii_retirement: local_api
    """

    item = models.ForeignKey(QueueItem, on_delete=models.CASCADE, related_name="findings", db_index=False)
    source = models.CharField(max_length=16)
    reason = models.CharField(max_length=16)
    code = models.CharField(max_length=48)
    weight = models.FloatField(default=0)
    since = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["item", "source", "reason"], name="queue_finding_once")]


class SavedFilter(models.Model):
    """A filter that a moderator keeps under a name, as it stands in the address.

    .. pii: What a moderator of a course wants to look at, and the name they gave it.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    course_key = CourseKeyField(max_length=255)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["user", "course_key", "name"], name="queue_filter_name")]


class Shortcuts(models.Model):
    """Which keys a moderator uses on the queue, and whether any.

    .. pii: How a person works at the keyboard.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.BooleanField(default=True)
    keys = models.JSONField(default=dict)  # what it does → the key, where it differs from ours

    class Meta:
        app_label = "community_dashboard"
