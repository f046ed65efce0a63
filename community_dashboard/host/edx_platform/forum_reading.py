"""The forum of a course of the LMS, read through the platform's discussion API as a named account."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import gettext as _

from community_dashboard.data import Act, Forum, Post, PostKind, PostPage, PostRef, Topic
from community_dashboard.host.edx_platform.posts import as_page, as_post
from community_dashboard.host.edx_platform.refusals import told_plainly
from community_dashboard.host.errors import GoneError
from community_dashboard.host.forum_bans import keeps_bans
from community_dashboard.host.forum_rules import check
from community_dashboard.host.keys import is_course
from referral_xblock.api import get_host as get_people_host

PLATFORM_PROVIDERS = ("openedx", "legacy")


def request_of(by: Any) -> HttpRequest:
    """A request in the name of the account, as the discussion API wants one; the same in a page and in a task."""
    root = urlsplit(settings.LMS_ROOT_URL)
    request = RequestFactory().get("/", HTTP_HOST=root.netloc, secure=root.scheme == "https")
    request.user = by
    return request


class ForumReading:
    """What is there, and who may see it."""

    def forum(self, course_key: Any) -> Forum:
        """From the discussion settings of the course. Three queries at most, most of them cached by the platform."""
        from openedx.core.djangoapps.discussions.models import DiscussionsConfiguration

        # The platform's settings say "on" of a course that is not there.
        if not is_course(course_key) or get_people_host().course(course_key) is None:
            return Forum(False, False, _("This course has no forum."))
        configuration = DiscussionsConfiguration.get(course_key)
        if not configuration.enabled:
            return Forum(False, False, _("The forum of this course is switched off. It can be switched on in Studio."))
        if configuration.provider_type not in PLATFORM_PROVIDERS:
            return Forum(False, False, _("This course discusses elsewhere: its forum is not the platform's own."))
        if not _is_in_this_database(course_key):
            sentence = _(
                "The forum of this course is not kept in the platform's database, so it cannot be analysed here."
            )
            return Forum(True, False, sentence)
        return Forum(True, True)

    def topics(self, course_key: Any) -> list[Topic]:
        """Topics of the course, then those of its units. Two queries; for a forum of the legacy kind from the discussion API."""
        from openedx.core.djangoapps.discussions.models import DiscussionsConfiguration, DiscussionTopicLink

        if not self.forum(course_key).enabled:
            return []
        provider = DiscussionsConfiguration.get(course_key).provider_type
        rows = DiscussionTopicLink.objects.filter(context_key=course_key, provider_id=provider)
        columns = ("external_id", "title", "usage_key", "enabled_in_context")
        found = [
            Topic(id=topic_id, title=title, usage_key=str(usage_key or ""))
            for topic_id, title, usage_key, shown in rows.order_by("ordering", "id").values_list(*columns)
            if shown or usage_key
        ]
        return found or _topics_of_the_course_itself(course_key)

    def edit_reasons(self) -> dict[str, str]:
        """The platform's setting DISCUSSION_MODERATION_EDIT_REASON_CODES. No query."""
        return {
            code: str(name) for code, name in getattr(settings, "DISCUSSION_MODERATION_EDIT_REASON_CODES", {}).items()
        }

    def close_reasons(self) -> dict[str, str]:
        """The platform's setting DISCUSSION_MODERATION_CLOSE_REASON_CODES. No query."""
        return {
            code: str(name) for code, name in getattr(settings, "DISCUSSION_MODERATION_CLOSE_REASON_CODES", {}).items()
        }

    def keeps_bans(self, course_key: Any) -> bool:
        """Where both the forum app and the LMS know bans, and the flag for the course is on. No release yet."""
        if not keeps_bans() or not is_course(course_key):
            return False
        try:
            from lms.djangoapps.discussion.toggles import ENABLE_DISCUSSION_BAN
        except ImportError:  # every published release
            return False
        return bool(ENABLE_DISCUSSION_BAN.is_enabled(course_key))

    def course_of_post(self, ref: PostRef, course_key: Any) -> str | None:
        """One or two queries; one request to the old forum service where the course is still there."""
        from forum import api
        from openedx.core.djangoapps.django_comment_common.comment_client.comment import Comment
        from openedx.core.djangoapps.django_comment_common.comment_client.thread import Thread

        if _is_in_this_database(course_key):
            if not ref.id.isdecimal():
                return None
            find = api.get_course_id_by_thread if ref.kind is PostKind.THREAD else api.get_course_id_by_comment
            return find(ref.id)
        try:
            with told_plainly():
                model = Thread if ref.kind is PostKind.THREAD else Comment
                return str(model(id=ref.id).retrieve()["course_id"])
        except GoneError:
            return None

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
        """`get_thread_list`. The forum looks at every thread of the course, then makes some 20 queries for each shown."""
        from lms.djangoapps.discussion.rest_api.api import get_thread_list
        from openedx.core.lib.exceptions import PageNotFoundError

        roles = check(self, by=by, course_key=course_key, act=Act.CLEAR_FLAGS if flagged else Act.READ)
        with told_plainly():
            try:
                answer = get_thread_list(
                    request_of(by),
                    course_key,
                    page,
                    page_size,
                    topic_id_list=[topic_id] if topic_id else None,
                    author=author or None,
                    flagged=flagged or None,
                    view="unanswered" if unanswered else None,
                )
            except PageNotFoundError:
                return PostPage((), page, 0, 0)
            return as_page(answer.data, roles, page)

    def list_comments(
        self, *, by: Any, course_key: Any, thread_id: str, parent_id: str = "", page: int = 1, page_size: int = 20
    ) -> PostPage:
        """`get_comment_list`, or `get_response_comments` below a response. The first also tracks that `by` saw the thread."""
        from lms.djangoapps.discussion.rest_api.api import get_comment_list, get_response_comments
        from openedx.core.lib.exceptions import PageNotFoundError

        ref = PostRef(PostKind.COMMENT, parent_id) if parent_id else PostRef(PostKind.THREAD, thread_id)
        roles = check(self, by=by, course_key=course_key, act=Act.READ, ref=ref)
        with told_plainly():
            try:
                if parent_id:
                    answer = get_response_comments(request_of(by), parent_id, page, page_size)
                else:
                    answer = get_comment_list(
                        request_of(by), thread_id, None, page, page_size, merge_question_type_responses=True
                    )
            except PageNotFoundError:
                return PostPage((), page, 0, 0)
            return as_page(answer.data, roles, page)

    def read_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """`get_thread`; for a comment `update_comment` without fields, which writes nothing. About 100 queries."""
        from lms.djangoapps.discussion.rest_api.api import get_thread, update_comment

        roles = check(self, by=by, course_key=course_key, act=Act.READ, ref=ref)
        with told_plainly():
            if ref.kind is PostKind.THREAD:
                return as_post(get_thread(request_of(by), ref.id, course_id=str(course_key)), roles)
            return as_post(update_comment(request_of(by), ref.id, {}), roles)


def _is_in_this_database(course_key: Any) -> bool:
    from forum.backend import get_backend
    from forum.backends.mysql.api import MySQLBackend

    try:
        from openedx.core.djangoapps.discussions.config.waffle import is_forum_v2_enabled
    except ImportError:  # Verawood and later have no other forum
        published = True
    else:
        published = bool(is_forum_v2_enabled(course_key))
    return published and isinstance(get_backend(str(course_key))(), MySQLBackend)


def _topics_of_the_course_itself(course_key: Any) -> list[Topic]:
    """A forum of the legacy kind keeps its topics in the course: those of the whole course, from its settings."""
    from xmodule.modulestore.django import modulestore

    course = modulestore().get_course(course_key)
    named = getattr(course, "discussion_topics", None) or {}
    return [Topic(id=about["id"], title=title) for title, about in named.items() if about.get("id")]
