"""The verbs that the dashboard asks of the platform, beyond those of `referral_xblock.api.Host`.

`course_key` is a CourseKey, `user` and `by` are rows of AUTH_USER_MODEL, "many" are ids of them. For a key that names no
course (a library, a course that is gone) a verb answers empty. What a platform does not have (no cohorts, certificates,
profile, forum) is empty too; only the acts in a forum raise, and only `host.errors.ForumError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from community_dashboard.data import (
    Cohort,
    Due,
    Forum,
    ForumRole,
    LastSeen,
    MailChoice,
    Member,
    OutlineUnit,
    Post,
    PostPage,
    PostRef,
    Profile,
    Standing,
    Topic,
)


class WaysIn(Protocol):
    """How people come to the dashboard."""

    def course_tab_base(self) -> type:
        """The class that a course tab inherits. Built as `Tab(tab_dict)`; gives `name`, `tab_id`, `type`, `link_func`."""

    def country_of(self, request: Any) -> str:
        """The country from which a request comes, two letters; "" where the platform cannot tell. No query."""


class People(Protocol):
    """Who is in a course, and what they told the platform."""

    def roster(self, course_key: Any, *, after: int = 0, limit: int = 500) -> list[Member]:
        """The next enrolments, active or not, whose `row_id` is greater than `after`, in its order. One query."""

    def search_roster(self, course_key: Any, text: str, *, limit: int) -> set[int]:
        """Accounts of enrolments, active or not, whose username, e-mail address or name begins with this text, in large or small
        letters; at most `limit` for each of the three. An empty text finds nobody. Three queries, each along an index.
        """

    def roster_size(self, course_key: Any) -> int:
        """How many people are enrolled now. One query."""

    def cohorts(self, course_key: Any) -> list[Cohort]:
        """The cohorts of the course by name; none where it has none or does not use them. Two queries at most."""

    def cohort_of(self, user: Any, course_key: Any) -> Cohort | None:
        """The cohort of one person, without putting anybody into one. Two queries at most."""

    def cohorts_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, int]:
        """Cohort ids of many; who is in none is left out. One query, and one for every 500 people."""

    def forum_roles_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, frozenset[ForumRole]]:
        """What many are in the course's forum; who is a learner there, or has not confirmed the own address, is left out.

        Two queries for every 500 people at most.
        """

    def moderators(self, course_key: Any) -> list[int]:
        """Everybody who has a role in the course's forum beyond a learner, in order; global staff without one are not among
        them. One query.
        """

    def team(self, course_key: Any) -> list[int]:
        """The course's staff and instructors, also those of its whole organisation, in order; global staff without such a part
        and accounts that are not confirmed are not among them. Five queries at most.
        """

    def profiles(self, user_ids: Iterable[int]) -> dict[int, Profile]:
        """What many told of themselves; who has no profile is left out. Two queries for every 500 people."""

    def profile_fields(self) -> frozenset[str]:
        """Fields of `Profile` that this site lets a course team see of one person. Figures over groups may use all five."""

    def mail_choices(self, user_ids: Iterable[int], course_key: Any) -> dict[int, MailChoice]:
        """What many chose about mail; everybody asked for is in the answer. Two queries for every 500 people."""


class Standings(Protocol):
    """How learners stand. Nothing is calculated anew: these are the platform's own last results."""

    def standings(self, user_ids: Iterable[int], course_key: Any) -> dict[int, Standing]:
        """Grades and certificates of many; everybody asked for is in the answer. Two queries for every 500 people."""

    def last_seen(self, user_ids: Iterable[int], course_key: Any) -> dict[int, LastSeen]:
        """When many were last active; everybody asked for is in the answer. Three queries for every 500 people."""


class Courses(Protocol):
    """What a course is made of."""

    def outline(self, course_key: Any) -> list[OutlineUnit]:
        """The units in the order of reading, also those not open yet or only for some; none for a course that is gone.

        Up to a second for a large course whose structure the platform has not at hand: for tasks, and for pages that keep it.
        """

    def deadlines(self, course_key: Any) -> list[datetime]:
        """The moments, past and to come, at which something is due for all learners, in order; none where due dates depend on
        when somebody enrolled. Kept in the platform's cache; two queries where they are not.
        """

    def own_deadlines(self, user_ids: Iterable[int], course_key: Any) -> dict[int, list[Due]]:
        """When something is due for those of many for whom that is not what `deadlines` says: due dates that count from when
        somebody enrolled, and more time given to a single learner.

        Each as it stood from the beginning and from every change on, in the order of time; who has no own is left out. Few
        queries for the course, and three for every 500 people.
        """

    def updates(self, course_key: Any) -> list[date]:
        """The days of the course's updates that learners can see, in order, one for each; an update whose day the platform
        keeps as words that name none is left out. Few queries.
        """


class ForumReading(Protocol):
    """The forum of a course, as `by` may see it.

    Forums answer slowly (`list_threads` looks at every thread of the course): pages that are opened often read a projection.
    """

    def forum(self, course_key: Any) -> Forum:
        """What kind of forum the course has, with a sentence where there is something to say. Never raises."""

    def topics(self, course_key: Any) -> list[Topic]:
        """Where threads are kept, in the order of the course; none without a forum. Two queries at most."""

    def edit_reasons(self) -> dict[str, str]:
        """Reason codes for editing somebody's text, with their names in the reader's language."""

    def close_reasons(self) -> dict[str, str]:
        """Reason codes for closing a thread, likewise."""

    def keeps_bans(self, course_key: Any) -> bool:
        """Whether the platform itself can ban somebody from this course's forum. No published release can. Few queries."""

    def course_of_post(self, ref: PostRef, course_key: Any) -> str | None:
        """Key of the course the post is in; None if it is gone. `course_key` tells in which store to look. Few queries."""

    def list_threads(
        self,
        *,
        by: Any,
        course_key: Any,
        page: int = 1,
        page_size: int = 20,
        topic_id: str = "",
        author: str = "",
        flagged: bool = False,
        unanswered: bool = False,
    ) -> PostPage:
        """Threads, the last active first. `flagged` needs the right to moderate. Raises ForumError.

        With openedx-forum below 0.6 a list says of no thread that it has an endorsed response; `read_post` does.
        """

    def list_comments(
        self, *, by: Any, course_key: Any, thread_id: str, parent_id: str = "", page: int = 1, page_size: int = 20
    ) -> PostPage:
        """Responses to a thread, or replies to the response `parent_id`, the oldest first. Raises ForumError.

        The forum may note that `by` has read the thread.
        """

    def read_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """One post. Raises ForumError."""


class ForumActs(Protocol):
    """Acts in a forum as the named account `by`, from a web request or from a task alike.

    | verb | who may | fields | what follows |
    |---|---|---|---|
    | start_thread | everybody in the course | topic, title, body, type | FORUM_THREAD_CREATED, thread_created |
    | reply | everybody in the course, while open | body | FORUM_(THREAD_RESPONSE or RESPONSE_COMMENT)_CREATED, comment_created |
    | flag_post | everybody in the course | | thread_flagged, comment_flagged (in the LMS only with the discussions MFE) |
    | edit_post | moderators, while open | body or title, reason | thread_edited, comment_edited |
    | close_thread | moderators | reason | thread_edited |
    | reopen_thread | moderators | | thread_edited |
    | pin_thread | moderators | pinned | none: the post_save of the thread |
    | endorse | moderators, while open | endorsed | comment_edited, and comment_endorsed if now endorsed |
    | move_thread | moderators, while open | topic | thread_edited |
    | clear_flags | moderators | | none: the post_delete of the flags |
    | delete_post | moderators | | thread_deleted, comment_deleted, with what is below it |
    | ban_person, lift_ban | moderators | reason | none |

    Moderators: forum Administrator, Moderator, Community TA, global staff; a Group Moderator in the own cohort. In the LMS the
    account must also be enrolled or on the course's team, and have a profile. Names in small letters are the platform's own
    Django signals (`openedx.core.djangoapps.django_comment_common.signals`: sender, user, post); from Verawood on they are sent
    after the commit. Each verb runs in a savepoint and answers with the post as it is now. Raises ForumError.
    """

    def start_thread(
        self, *, by: Any, course_key: Any, topic_id: str, title: str, body: str, thread_type: str = "discussion"
    ) -> Post:
        """A new thread; `thread_type` is "discussion" or "question"."""

    def reply(self, *, by: Any, course_key: Any, thread_id: str, body: str, parent_id: str = "") -> Post:
        """A response to a thread, or a reply to the response `parent_id`."""

    def edit_post(
        self, *, by: Any, course_key: Any, ref: PostRef, reason: str, body: str | None = None, title: str | None = None
    ) -> Post:
        """Changes a text; `reason` is one of `edit_reasons()` (unused by the forum where `by` wrote the post)."""

    def close_thread(self, *, by: Any, course_key: Any, thread_id: str, reason: str) -> Post:
        """Closes a thread to answers; `reason` is one of `close_reasons()`."""

    def reopen_thread(self, *, by: Any, course_key: Any, thread_id: str) -> Post:
        """Opens it again."""

    def pin_thread(self, *, by: Any, course_key: Any, thread_id: str, pinned: bool = True) -> Post:
        """Puts a thread at the top, or back in its place."""

    def endorse(self, *, by: Any, course_key: Any, comment_id: str, endorsed: bool = True) -> Post:
        """Marks a response as the answer, or no longer."""

    def move_thread(self, *, by: Any, course_key: Any, thread_id: str, topic_id: str) -> Post:
        """Moves a thread to another of `topics()`."""

    def flag_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """Reports a post. The LMS drops a moderator's report of a post that somebody has reported already."""

    def clear_flags(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """Takes back the reports of everybody."""

    def delete_post(self, *, by: Any, course_key: Any, ref: PostRef) -> None:
        """Deletes a post and all below it, for ever."""

    def ban_person(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """The platform's own ban from the course's forum, where `keeps_bans()`; DisabledError elsewhere. Idempotent."""

    def lift_ban(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """Ends it, likewise; nothing happens where there is none."""


class Host(WaysIn, People, Standings, Courses, ForumReading, ForumActs, Protocol):
    """What the dashboard needs of the platform and the XBlock package does not."""
