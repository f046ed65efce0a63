"""The LMS as the dashboard's host: the only folder of this package that imports edx-platform, each name in the function
that needs it. Names were read in the source of August 2025 (between Teak and Ulmo) and of 2026 (Verawood and master).

What differs by release, and what follows:
- `openedx.core.djangoapps.discussions.config.waffle.is_forum_v2_enabled` is gone with Verawood: every forum is then the
  published app. Before, a course may still be on the old forum service; its posts are reached by the discussion API all
  the same, but not as rows of this database (`forum().in_this_database`).
- `openedx.core.djangoapps.notifications.models.NotificationPreference` (per account) is not in Teak, which has a setting per
  course and person: `updates_by_email` is None there.
- From Verawood on the platform's forum signals are sent after the commit.
- A single comment cannot be asked for in any release; an update without fields answers with it and writes nothing.
"""

from community_dashboard.host.edx_platform.courses import Courses
from community_dashboard.host.edx_platform.deadlines import Deadlines
from community_dashboard.host.edx_platform.forum_acts import ForumActs
from community_dashboard.host.edx_platform.people import People
from community_dashboard.host.edx_platform.standings import Standings
from community_dashboard.host.edx_platform.ways_in import WaysIn


class EdxPlatform(WaysIn, People, Standings, Courses, Deadlines, ForumActs):
    """Answers `community_dashboard.host.interface.Host` in the LMS."""
