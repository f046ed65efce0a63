"""The verbs that we ask of the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from referral_xblock.data import Course, Enrolment, Person, Role, Unit, UnitState


class Host(Protocol):
    """Everything the XBlock package and the dashboard need from the platform in common.

    `course_key` and `usage_key` are opaque keys; `user` is a row of AUTH_USER_MODEL or an anonymous user; addresses that
    come back are absolute unless said otherwise. A verb that cannot answer returns None or an empty value, never raises,
    whatever key it is given: a course that is gone or not published, a CCX, a library. `contract.py` holds all of this.
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

    def enrolled_ids(self, course_key: Any, *, limit: int) -> list[int]:
        """Ids of at most `limit` people who are in the course now, the team among them."""

    def enrol(self, user: Any, course_key: Any) -> None:
        """Enrols by the platform's own means, with its events; raises what it raises. For the contract's trial alone."""

    def unenrol(self, user: Any, course_key: Any) -> None:
        """Ends an enrolment in the same way. For the contract's trial alone."""

    def roles(self, user: Any, course_key: Any) -> frozenset[Role]:
        """What the person is in this course; empty for strangers and anonymous visitors. Global staff have COURSE_STAFF too.

        Who has not confirmed the own address is a learner at most.
        """

    def roles_of(self, user_ids: list[int], course_key: Any) -> dict[int, frozenset[Role]]:
        """The same for many people in a bounded number of queries, with an entry for everybody who was asked of."""

    def people(self, user_ids: list[int]) -> dict[int, Person]:
        """Who these people are, in one query. The caller must have checked that the reader may know."""

    def languages(self, user_ids: list[int]) -> dict[int, str]:
        """The language each of these people chose ("fr", "pt-br", …), in one query; who chose none is left out."""

    def courses_led_by(self, user: Any) -> list[str]:
        """Keys of the courses in which the person is course staff or moderator, for the dashboard's course chooser."""

    def has_passed(self, user: Any, course_key: Any) -> bool:
        """Whether the person passes the course at present, or has its certificate; False where nothing is graded."""

    def completion_share(self, user: Any, course_key: Any) -> float:
        """How much of the course's completable blocks the person has completed, 0 to 1."""

    def unit_state(self, user: Any, usage_key: Any) -> UnitState:
        """How the person fares in the unit that holds this block: passed when all of it is completed and no question answered
        with less than half of its points; open where that cannot be told."""

    def next_deadline(self, user: Any, course_key: Any, now: datetime) -> datetime | None:
        """The next moment, from now on, at which something of this person in the course is due; None if nothing is known."""

    def rerun_source(self, course_key: Any) -> Any | None:
        """The key of the course of which this one was made as a re-run; None if it was not."""

    def base_template(self) -> str:
        """The Django template that our full pages extend; it has the blocks title, head, content and scripts."""

    def signed_in_request(self) -> Any | None:
        """The web request in which this code runs (so that a listener can read its cookie), or None in a worker."""
