"""How a visitor of the LMS comes to the dashboard, and from where."""

from __future__ import annotations

import logging
from typing import Any

from edx_django_utils.ip import get_safest_client_ip

log = logging.getLogger(__name__)


class WaysIn:
    """The course tab, and the country of a request."""

    def course_tab_base(self) -> type:
        """The platform's own class of tabs."""
        from xmodule.tabs import CourseTab

        return CourseTab

    def country_of(self, request: Any) -> str:
        """From the platform's GeoIP file; "" where there is none. The address is looked up and forgotten. No query."""
        try:
            from openedx.core.djangoapps.geoinfo.api import country_code_from_ip

            return country_code_from_ip(get_safest_client_ip(request)) or ""
        except (ImportError, OSError, ValueError, RuntimeError):  # no such file, not a public address, a broken file
            log.debug("No country for this request.", exc_info=True)
            return ""
