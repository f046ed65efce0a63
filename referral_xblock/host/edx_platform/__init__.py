"""The LMS and Studio as our host: the only folder of this package that imports edx-platform.

Every import stands inside the function that needs it, so that a release that lacks a name loses one answer and not the
site; see `answering.py`. Names were read in the platform's source of the Teak and Ulmo time (August 2025) and of 2026
(Verawood and master). The same in all of them, unless named here:

* `openedx.core.toggles.AUTHZ_COURSE_AUTHORING_FLAG` came with Verawood. Where it is on, a course's team stands in
  openedx-authz and no longer in the table `student_courseaccessrole`; `has_access` and `RoleCache` know both.
* `RoleCache(user).all_roles_set` holds rows of `CourseAccessRole` in Teak and Ulmo, look-alikes with `course_id` as text
  or None from Verawood on.
* `get_link_for_about_page` leads to the catalogue's micro-frontend where a site has one (from Ulmo on), and to a marketing
  address without asking `ENABLE_MKTG_SITE` (from Verawood on).
* `CourseGradeFactory.read` has a parameter `create_if_needed` that no release heeds: it never writes.
* The address named `course_root` is the public about page, not the course's home.
* `lms.djangoapps.courseware.toggles.course_is_invitation_only` holds courses with old keys for closed until 2026.
"""

from referral_xblock.host.edx_platform.courses import Courses
from referral_xblock.host.edx_platform.moments import Moments
from referral_xblock.host.edx_platform.people import People
from referral_xblock.host.edx_platform.progress import Progress
from referral_xblock.host.edx_platform.reruns import Reruns
from referral_xblock.host.edx_platform.site import Site
from referral_xblock.host.edx_platform.units import Units


class EdxPlatform(Courses, Units, People, Progress, Moments, Site, Reruns):
    """Answers `host.interface.Host` in the LMS, and in Studio what is known there."""
