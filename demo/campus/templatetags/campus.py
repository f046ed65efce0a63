"""What every page of a course shows above its content."""

from typing import Any

from django import template
from django.template import Context

from demo.campus.navigation import course_tabs

register = template.Library()


@register.inclusion_tag("demo/campus/tabs.html", takes_context=True, name="course_tabs")
def draw_course_tabs(context: Context, course_key: Any) -> dict[str, Any]:
    """The bar of a course, for those who have more than the course itself to open."""
    request = context["request"]
    return {"tabs": course_tabs(request.user, course_key), "here": request.path}
