"""A few words of each thread, as numbers, so that the threads that may ask the same are found without reading them all."""

from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class ThreadWords(models.Model):
    """The words of one thread: two bytes for each, at most 40. Some 200 bytes with its index.

    .. no_pii: Numbers from which the words cannot be read back.
    """

    course_key = CourseKeyField(max_length=255)
    thread_id = models.CharField(max_length=64)
    words = models.BinaryField(max_length=80)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "thread_id"], name="thread_words_once")]


class WordsPlace(models.Model):
    """Up to which row of the projection the threads of a course have their words.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    reached = models.BigIntegerField(default=0)
    threads = models.PositiveIntegerField(default=0)  # that have words
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
