"""openedx-completion-aggregator as an installed app that listens to nothing and asks for no LMS when it starts."""

from django.apps import AppConfig


class AggregatorConfig(AppConfig):
    """Its tables alone."""

    name = "completion_aggregator"
