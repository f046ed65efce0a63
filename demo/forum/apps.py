"""The app behind the campus's cohorts and forum."""

from django.apps import AppConfig


class CampusForumConfig(AppConfig):
    """Its label is not "forum": that is the published app's."""

    name = "demo.forum"
    label = "campus_forum"
    verbose_name = "Campus forum"
    default_auto_field = "django.db.models.BigAutoField"
