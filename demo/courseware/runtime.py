"""Runs the blocks of one course for one reader, with the keys, services and addresses that the LMS gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from completion.models import BlockCompletion
from completion.services import CompletionService
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from eventtracking import tracker
from opaque_keys.edx.keys import UsageKey
from xblock.core import XBlock
from xblock.exceptions import NoSuchUsage
from xblock.runtime import IdGenerator, IdReader, KvsFieldData, Runtime

from demo.courseware.blocks import block_class
from demo.courseware.fragments import wrap
from demo.courseware.keyvalue import CourseStore
from demo.courseware.models import Block, Course
from demo.courseware.provided import CourseUser, Enrolments, Links, Settings, Translations
from referral_xblock.data import Role

SCORE_CHANGED = "lms.djangoapps.grades.signals.signals.PROBLEM_WEIGHTED_SCORE_CHANGED"


class OpaqueIds(IdReader, IdGenerator):
    """The usage key says everything: it is the usage id and, as every block is used once, the definition id as well."""

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        """The key itself."""
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        """The type that stands in the key."""
        return def_id.block_type

    def _nothing(self, *_: Any) -> Any:
        raise NotImplementedError("Blocks are made by loading a course or in Studio, and there are no asides here.")

    create_definition = create_usage = create_aside = _nothing
    get_usage_id_from_aside = get_definition_id_from_aside = _nothing
    get_aside_type_from_usage = get_aside_type_from_definition = _nothing


class CourseRuntime(Runtime):
    """One request's view of a course. With `authoring` it is Studio: nothing reaches a learner's tables.

    `roles` are what the reader is in this course; the caller has asked the host once. A reader who is not signed in has
    no id, as in `public_view` and in a handler that is open to third parties.
    """

    user_id: Any = None  # the base class warns on every use of its own

    def __init__(self, *, user: Any, course: Course, roles: frozenset[Role], authoring: bool = False) -> None:
        ids = OpaqueIds()
        self.store = CourseStore(authoring=authoring)
        self.course = course
        self.course_id = course.course_key
        self.is_author_mode = authoring
        self._user = user
        services: dict[str, Any] = {
            "field-data": KvsFieldData(self.store),
            "i18n": Translations(),
            "user": CourseUser(user, course.course_key, roles),
            "settings": Settings(),
            "replace_urls": Links(course),
        }
        if not authoring:
            services["enrollments"] = Enrolments()
            services["publish"] = self
            if user.is_authenticated:
                services["completion"] = CompletionService(user, course.course_key)
        super().__init__(ids, ids, services=services)
        self.user_id = user.pk if user.is_authenticated else None

    def preload(self, blocks: Iterable[Block]) -> None:
        """Reads all fields of these blocks in one query; see CourseStore.preload."""
        self.store.preload(blocks, user_key="" if self.user_id is None else str(self.user_id))

    def load_block_type(self, block_type: str) -> type[XBlock]:
        """The class of a block; a labelled placeholder if nothing installed knows the type."""
        return block_class(block_type)

    def get_block(self, usage_id: UsageKey, for_parent: XBlock | None = None) -> XBlock:
        """The block with its fields; NoSuchUsage if the course has no such block."""
        if self.store.block(usage_id) is None:
            raise NoSuchUsage(repr(usage_id))
        return super().get_block(usage_id, for_parent)

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """There are no asides here."""
        return []

    def wrap_xblock(self, block: XBlock, view: str, frag: Any, context: Any) -> Any:
        """The block's fragment in the element from which the browser's runtime starts it."""
        return wrap(block, view, frag, self.course_id)

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """The address of a handler. Third parties get an absolute one that works without signing in."""
        handler = getattr(block, handler_name, None)
        if not getattr(handler, "_is_xblock_handler", False):
            raise ValueError(f"{handler_name!r} is not a handler of {block.scope_ids.block_type}")
        name = "studio_handler" if self.is_author_mode else "handler_noauth" if thirdparty else "handler"
        arguments = [self.course_id, block.scope_ids.usage_id, handler_name]
        address = reverse(f"courseware:{name}", args=[*arguments, suffix] if suffix else arguments)
        if thirdparty:
            address = settings.LMS_ROOT_URL + address
        return f"{address}?{query}" if query else address

    def page_url(self, block: XBlock) -> str:
        """Where a reader sees the block: its place in its unit, or its page in Studio."""
        usage_key = block.scope_ids.usage_id
        if self.is_author_mode:
            return reverse("courseware:studio_block", args=[self.course_id, usage_key])
        row = self.store.block(usage_key)
        unit = row.unit if row and row.unit else usage_key
        return f"{reverse('courseware:unit', args=[self.course_id, unit])}#{usage_key.block_id}"

    def resource_url(self, resource: str) -> str:
        """The address of a file of the platform's own."""
        return static(f"workbench/{resource}")

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """The address of a file that the block's package brings in its public folder."""
        return reverse("courseware:resource", args=[block.scope_ids.block_type, uri])

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Tells the platform what happened: completion, a grade, or anything else for the tracking log.

        In Studio nobody is told, and without a signed-in learner there is nobody to complete or grade.
        """
        if self.is_author_mode:
            return
        if event_type == "completion":
            self._complete(block, event_data["completion"])
        elif event_type == "grade":
            self._grade(block, event_data)
        else:
            usage_key = str(block.scope_ids.usage_id)
            context = {
                "course_id": str(self.course_id),
                "user_id": self.user_id,
                "event_source": "server",
                "module": {"display_name": getattr(block, "display_name", "") or "", "usage_key": usage_key},
            }
            with tracker.get_tracker().context("courseware", context):
                tracker.emit(event_type, {"block_id": usage_key, **event_data})

    def tell_opened(self, usage_key: UsageKey) -> None:
        """The tracking event that the LMS sends for the request for a unit, under the LMS's address of it."""
        path = f"/xblock/{usage_key}"
        context = {"course_id": "", "user_id": self.user_id, "event_source": "server", "path": path}
        with tracker.get_tracker().context("courseware", context):
            tracker.emit(path, '{"GET": {}, "POST": {}}')

    def _complete(self, block: XBlock, share: float) -> None:
        if self.user_id is not None and CompletionService(self._user, self.course_id).completion_tracking_enabled():
            BlockCompletion.objects.submit_completion(
                user=self._user, block_key=block.scope_ids.usage_id, completion=float(share)
            )

    def _grade(self, block: XBlock, event: dict[str, Any]) -> None:
        if self.user_id is None:
            return
        # edx-completion listens to this signal in the LMS and here: a scored problem becomes a completed one.
        import_string(SCORE_CHANGED).send(
            sender=None,
            user_id=self.user_id,
            course_id=str(self.course_id),
            usage_id=str(block.scope_ids.usage_id),
            weighted_earned=event.get("value"),
            weighted_possible=event.get("max_value"),
            only_if_higher=bool(event.get("only_if_higher", False)),
            score_deleted=bool(event.get("score_deleted", False)),
            grader_response=None,
            modified=timezone.now(),
            score_db_table="courseware",
        )
