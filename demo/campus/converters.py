"""Course keys in addresses: `course-v1:org+number+run`, with the plus signs as they are or as %2B."""

from django.urls import register_converter
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey


class CourseKeyConverter:
    """`<course_key:course_key>` in a path; what is no course key is another address."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> CourseKey:
        """The key; ValueError makes Django try the next pattern."""
        try:
            return CourseKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: CourseKey | str) -> str:
        """The key as text."""
        return str(value)


register_converter(CourseKeyConverter, "course_key")
