"""The Django app of the courses; makes the built-in blocks known to everything that looks blocks up by name."""

from django.apps import AppConfig


class CoursewareConfig(AppConfig):
    """Courses, units and the blocks in them."""

    name = "demo.courseware"
    label = "courseware"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the built-in blocks, so that edx-completion finds `problem` as it does in the LMS."""
        from demo.courseware.blocks import register_built_in

        register_built_in()
