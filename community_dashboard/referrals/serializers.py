"""The shapes of the REST answers; the OpenAPI document is made from them."""

from __future__ import annotations

from rest_framework import serializers

from referral_xblock.api import Reason, Stage, Status


class EstimateSerializer(serializers.Serializer):
    """A value and the two ends of its 95 % interval."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class StepSerializer(serializers.Serializer):
    """One stage of the funnel."""

    stage = serializers.CharField()
    people = serializers.IntegerField()
    conversion = serializers.FloatField(allow_null=True, help_text="People for one person of the stage before.")


class ClicksSerializer(serializers.Serializer):
    """Requests for invitation pages by verdict, and the distinct persons."""

    raw = serializers.IntegerField()
    machine = serializers.IntegerField()
    person = serializers.IntegerField()
    unknown = serializers.IntegerField()
    people = serializers.IntegerField()


class PartSerializer(serializers.Serializer):
    """One line of a breakdown."""

    key = serializers.CharField(allow_blank=True)
    people = serializers.DictField(child=serializers.IntegerField(allow_null=True))


class BreakdownsSerializer(serializers.Serializer):
    """The funnel by network, placement and ISO week (UTC)."""

    network = PartSerializer(many=True)
    placement = PartSerializer(many=True)
    week = PartSerializer(many=True)


class UncountedSerializer(serializers.Serializer):
    """People who are held or not credited for one reason."""

    status = serializers.ChoiceField(choices=[status.value for status in Status])
    reason = serializers.CharField(allow_blank=True)
    people = serializers.IntegerField()


class FunnelSerializer(serializers.Serializer):
    """The whole funnel of a period."""

    steps = StepSerializer(many=True)
    clicks = ClicksSerializer()
    showings = serializers.IntegerField()
    shares = serializers.IntegerField()
    left = serializers.IntegerField(help_text="Of the enrolled, who left since.")
    uncounted = UncountedSerializer(many=True)
    breakdowns = BreakdownsSerializer()


class SummarySerializer(serializers.Serializer):
    """The k-factor and the effect of the prompt; an estimate is null where there is nothing to estimate from."""

    enrolments = serializers.IntegerField()
    inviters = serializers.IntegerField()
    k = EstimateSerializer(allow_null=True)
    prompted = serializers.IntegerField()
    held_out = serializers.IntegerField()
    extra = EstimateSerializer(allow_null=True)


class AdvocateSerializer(serializers.Serializer):
    """One inviter. `username` is null for readers who may not have files with names."""

    username = serializers.CharField(allow_null=True)
    enrolled = serializers.IntegerField()
    active = serializers.IntegerField()
    completed = serializers.IntegerField()


class AdvocatesPageSerializer(serializers.Serializer):
    """A page of the ranking; `next` is null on the last."""

    next = serializers.URLField(allow_null=True)
    results = AdvocateSerializer(many=True)


class JourneySerializer(serializers.Serializer):
    """One invited person. The two user names are null for readers who may not have files with names."""

    id = serializers.IntegerField()
    username = serializers.CharField(allow_null=True)
    inviter_username = serializers.CharField(allow_null=True)
    network = serializers.CharField(allow_null=True)
    placement = serializers.CharField(allow_null=True, allow_blank=True)
    status = serializers.ChoiceField(choices=[status.value for status in Status])
    reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_blank=True)
    clicked_at = serializers.DateTimeField(allow_null=True)
    registered_at = serializers.DateTimeField(allow_null=True)
    enrolled_at = serializers.DateTimeField(allow_null=True)
    unenrolled_at = serializers.DateTimeField(allow_null=True)
    active_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    lapsed_at = serializers.DateTimeField(allow_null=True)


class JourneysPageSerializer(serializers.Serializer):
    """A page of journeys, newest first; `next` is null on the last."""

    next = serializers.URLField(allow_null=True)
    results = JourneySerializer(many=True)


STAGES = [stage.value for stage in Stage if stage is not Stage.CLICKED]
