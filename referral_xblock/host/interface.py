"""The verbs that we ask of the platform."""

from __future__ import annotations

from typing import Any, Protocol

from referral_xblock.data import Course, Enrolment, Person, Role, Unit


class Host(Protocol):
    """Everything the XBlock package and the dashboard need from the platform in common.

    `course_key` and `usage_key` are opaque keys; `user` is a row of AUTH_USER_MODEL or an anonymous user; addresses that
    come back are absolute unless said otherwise. A verb that cannot answer returns None or an empty value, never raises.
    """

    def course(self, course_key: Any) -> Course | None:
        """The course as an outsider may know it; None if there is no such course."""

    def course_picture(self, course_key: Any) -> bytes | None:
        """The course's picture as bytes for drawing a card; None if it has none that can be read here."""

    def unit(self, usage_key: Any) -> Unit | None:
        """The unit that holds this block, with the address a learner opens; None if it is gone or not in a course."""

    def block_titles(self, usage_keys: list[str]) -> dict[str, str]:
        """Readable titles ("Unit 3: Who visits a flower") of the units that hold these blocks; unknown ones are left out."""

    def join_url(self, course_key: Any, next_url: str, *, signed_in: bool) -> str:
        """Where the platform registers and enrols (or only enrols, if signed in) and then goes to `next_url`."""

    def sign_in_url(self, next_url: str) -> str:
        """The platform's sign-in page that returns to `next_url` (a path on this host)."""

    def enrolment(self, user: Any, course_key: Any) -> Enrolment | None:
        """The person's enrolment, active or not; None if there never was one."""

    def enrolments(self, user_ids: list[int], course_key: Any) -> dict[int, Enrolment]:
        """The same for many people in a bounded number of queries."""

    def roles(self, user: Any, course_key: Any) -> frozenset[Role]:
        """What the person is in this course; empty for strangers and anonymous visitors. Global staff have COURSE_STAFF too."""

    def people(self, user_ids: list[int]) -> dict[int, Person]:
        """Who these people are, in one query. The caller must have checked that the reader may know."""

    def courses_led_by(self, user: Any) -> list[str]:
        """Keys of the courses in which the person is course staff or moderator, for the dashboard's course chooser."""

    def has_passed(self, user: Any, course_key: Any) -> bool:
        """Whether the person passes the course at present, or has its certificate; False where nothing is graded."""

    def completion_share(self, user: Any, course_key: Any) -> float:
        """How much of the course's completable blocks the person has completed, 0 to 1."""

    def base_template(self) -> str:
        """The Django template that our full pages extend; it has the blocks title, head, content and scripts."""

    def signed_in_request(self) -> Any | None:
        """The web request in which this code runs (so that a listener can read its cookie), or None in a worker."""
