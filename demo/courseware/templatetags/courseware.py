"""Template filters of the course pages."""

from django import template
from django.utils.safestring import SafeString

from demo.courseware.cleaning import clean_html

register = template.Library()


@register.filter
def cleaned(html: str) -> SafeString:
    """HTML that people wrote, cleaned where it is shown, so that no template can forget to."""
    return SafeString(clean_html(html))
