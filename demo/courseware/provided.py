"""What a block may ask of the platform: the services of the LMS that mean something here, under the LMS's names."""

from __future__ import annotations

from typing import Any

from completion.services import CompletionService
from django.conf import settings
from django.utils import formats, translation
from django.utils.crypto import salted_hmac
from opaque_keys.edx.keys import CourseKey
from xblock.reference.user_service import UserService, XBlockUser

from demo.courseware.cleaning import point_to_files
from demo.courseware.models import Course
from referral_xblock.data import Enrolment, Role
from referral_xblock.host.chosen import get_host

__all__ = ["CompletionService", "CourseUser", "Enrolments", "Links", "Settings", "Translations"]


class Translations:
    """`i18n`: the catalogues of Django, in which an installed block's own catalogue is one of many."""

    gettext = ugettext = staticmethod(translation.gettext)
    ngettext = ungettext = staticmethod(translation.ngettext)
    pgettext = staticmethod(translation.pgettext)
    npgettext = staticmethod(translation.npgettext)

    def strftime(self, moment: Any, wanted: str) -> str:
        """A date in the reader's language; `wanted` is the name of one of Django's formats, such as DATE_FORMAT."""
        return formats.date_format(moment, wanted)

    def get_javascript_i18n_catalog_url(self, block: Any) -> None:
        """No block here brings a catalogue for its scripts; the LMS answers None as well then."""
        return None


class CourseUser(UserService):
    """`user`: who looks at the block, with the attributes that the LMS gives."""

    def __init__(self, user: Any, course_key: CourseKey, roles: frozenset[Role]) -> None:
        super().__init__()
        self._user = user
        self._course_key = course_key
        self._roles = roles

    def get_current_user(self) -> XBlockUser:
        """The person; without name and address if nobody is signed in. No query."""
        signed_in = self._user.is_authenticated
        staff = Role.COURSE_STAFF in self._roles
        person = XBlockUser(is_current_user=True)
        person.emails = [self._user.email] if signed_in else []
        person.full_name = self._user.get_full_name() if signed_in else None
        person.opt_attrs = {
            "edx-platform.is_authenticated": signed_in,
            "edx-platform.user_id": self._user.pk if signed_in else None,
            "edx-platform.username": self._user.username if signed_in else None,
            "edx-platform.anonymous_user_id": self._anonymous_id() if signed_in else None,
            "edx-platform.user_is_staff": staff,
            "edx-platform.user_is_global_staff": Role.GLOBAL_STAFF in self._roles,
            "edx-platform.user_is_beta_tester": False,
            "edx-platform.user_role": "staff" if staff else "student",
            "edx-platform.request_country_code": None,
            "edx-platform.user_preferences": {"pref-lang": translation.get_language()},
        }
        return person

    def _anonymous_id(self) -> str:
        return salted_hmac("courseware.anonymous", f"{self._course_key}/{self._user.pk}").hexdigest()[:32]


class Settings:
    """`settings`: what the site has set for a block, in XBLOCK_SETTINGS."""

    def get_settings_bucket(self, block: Any, default: Any = None) -> Any:
        """The settings under the block's own key, or `default`."""
        bucket = getattr(settings, "XBLOCK_SETTINGS", {})
        name = getattr(block, "block_settings_key", getattr(block, "unmixed_class", type(block)).__name__)
        return bucket.get(name, {} if default is None else default)


class Enrolments:
    """`enrollments`: whether somebody learns in the course."""

    def get_active_enrollments_by_course_and_user(self, course_id: Any, user_id: int) -> Enrolment | None:
        """The enrolment if it is active."""
        enrolment = get_host().enrolments([user_id], course_id).get(user_id)
        return enrolment if enrolment and enrolment.active else None


class Links:
    """`replace_urls`: Studio's own way of writing addresses, turned into addresses of this host."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """The text with its `/static/…` links pointing to the course's files."""
        return point_to_files(text, self._course.course_key, self._course.files)
