"""The ledger and what is computed from it."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Touch(models.Model):
    """An account came by a link. Append-only; what was true at that moment is kept with it.

    `token` is "click:<id>" or "code:<user>:<link>": unique, so that a click binds at most one account.

    .. pii: Links a user to the link that brought them.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    accounts_in = {"token": r"^code:(\d+):"}  # how a number of an account stands in a text; for where_is_user

    token = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    link = models.ForeignKey("referral_xblock.Link", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4)  # "link" or "code"
    happened_at = models.DateTimeField()  # of the click, or when the code was typed
    bound_at = models.DateTimeField()
    same_browser = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)  # of the course, when bound
    admitted = models.BooleanField(default=True)  # belonged to the audience, when bound

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["user", "course_key"], name="touch_user_course")]


class Event(models.Model):
    """What the platform said of a person. Append-only; the same event delivered twice is one row.

    .. pii: Links a user to a course and a moment.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    accounts_in = {"event_id": r"^[\w@]+:(\d+)(?::|$)"}

    event_id = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course = models.CharField(max_length=255, blank=True)  # "" for what belongs to no course, such as registering
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    by_other = models.BooleanField(default=False)  # done in somebody else's request: staff enrolling a learner

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["user", "course"], name="event_user_course")]


class Journey(models.Model):
    """How far one invited person came in one course, and who is credited.

    .. pii: Links an invited user to the inviter.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    first_link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    last_link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=20, blank=True)
    signs = models.JSONField(default=list)  # of `signs.Sign`, the heaviest first
    score = models.PositiveIntegerField(default=0)  # the sum of their weights
    clicked_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)  # only a registration that followed the click
    enrolled_at = models.DateTimeField(null=True)
    unenrolled_at = models.DateTimeField(null=True)  # and not enrolled again since
    active_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)  # no longer passing

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="journey_user_course")]
        indexes = [
            models.Index(fields=["course_key", "status", "enrolled_at"], name="journey_course_status"),
            models.Index(fields=["course_key", "status", "id"], name="journey_course_list"),
            models.Index(fields=["inviter", "course_key"], name="journey_inviter_course"),
        ]


class Waiting(models.Model):
    """Work that a request left for a worker: bind what a browser brought along, then compute the journey anew.

    Written together with what it follows from and deleted when it is done, so that neither a broker that is down nor a
    worker that dies can lose it. Without clicks there is only the journey to compute.

    .. pii: Links a user to clicks, and to keyed hashes of the inviters whose own browser was used; minutes as a rule.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    clicks = models.JSONField(default=list)  # numbers of clicks, as the cookie had them
    tells = models.CharField(max_length=7, blank=True)
    marks = models.JSONField(default=list)  # of `links.visitors.browser_mark`
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # how often it has failed

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["tries", "id"], name="waiting_tries")]


class RepairPass(models.Model):
    """How far a pass of the repair over all invited people has come: one row for the site, one for each course asked for.

    .. no_pii:
    """

    course = models.CharField(max_length=255, blank=True, unique=True)  # "" for the whole site
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # last sign of life of who is at it; None: nobody is
    ended_at = models.DateTimeField(null=True)
    touch = models.BigIntegerField(default=0)  # done up to this touch
    people = models.PositiveIntegerField(default=0)  # looked at
    changed = models.PositiveIntegerField(default=0)  # journeys

    class Meta:
        app_label = "referral_xblock"


class Unjudged(models.Model):
    """The friends of this inviter are to be looked at again. Append-only; deleted when it is done.

    .. pii: Links an inviter to a course; minutes as a rule.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    around = models.BooleanField(default=False)  # and those of who invited them: something has changed there

    class Meta:
        app_label = "referral_xblock"


class Review(models.Model):
    """Somebody of the course's team decided on one or more arrivals at once. Never deleted; undone at most.

    .. pii: Links members of the course's team to a decision; the reason is their own text.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    decision = models.CharField(max_length=7)  # of `data.Decision`
    people = models.PositiveIntegerField()
    why = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["course_key", "id"], name="review_course_list")]


class Reviewed(models.Model):
    """One of the people on whose arrival a review decided. The latest review that is not undone holds.

    .. pii: Links an invited user to a decision.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="reviewed_once")]
        indexes = [models.Index(fields=["user", "course_key"], name="reviewed_user_course")]
