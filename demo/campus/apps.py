"""The app that starts the host: names of the LMS first, then the receivers of the plugins."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

SCORE_CHANGED = "lms.djangoapps.grades.signals.signals.PROBLEM_WEIGHTED_SCORE_CHANGED"


class CampusConfig(AppConfig):
    """Stands before the plugins in INSTALLED_APPS, so that what it puts in place is there when they start."""

    name = "demo.campus"
    label = "campus"
    verbose_name = "Campus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Installs the stubs, the task application and the plugins' receivers."""
        from edx_django_utils.plugins import connect_plugin_receivers

        from demo import workers  # noqa: F401  (becomes the application of every shared task)
        from demo.stubs import install_stubs

        install_stubs()
        from demo.campus.grades import on_score

        import_string(SCORE_CHANGED).connect(on_score, dispatch_uid="campus.grades")
        post_migrate.connect(switch_completion_on, sender=self, dispatch_uid="campus.switch_completion_on")
        connect_plugin_receivers("lms.djangoapp")


def switch_completion_on(using: str, **_: object) -> None:
    """Lets learners complete blocks: an LMS in service has this switch on. Does nothing until waffle has its table."""
    from django.db import connections
    from waffle import get_waffle_switch_model

    switch = get_waffle_switch_model()
    if switch._meta.db_table in connections[using].introspection.table_names():
        switch.objects.using(using).update_or_create(
            name="completion.enable_completion_tracking", defaults={"active": True}
        )
