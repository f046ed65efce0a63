"""The XBlock: a panel with which a learner invites others to the course, right in a unit.

Its fields are presentation only; the rules of invitations hold for the whole course and live in `policy`. No table is
imported before it is needed: Studio and a workbench load this module without our tables.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope

from referral_xblock.drawing import draw
from referral_xblock.fields import AnyText, AnyValue
from referral_xblock.host.courses import seen_course, title_if_known
from referral_xblock.host.reader import is_looked_at_by_another
from referral_xblock.presentation import SETTINGS, Presentation, check, shortened, tidy
from referral_xblock.studio_form import describe_form

ANSWERED = 204


# Nothing is needed: outlines and libraries build blocks without a learner's services, and texts come from Django's catalogues.
@XBlock.wants("user", "replace_urls")
class ReferralXBlock(XBlock):
    """Invites. Every setting may hold anything (see fields.py): `presentation.tidy` is the way to read them."""

    display_name = AnyText(default=gettext_noop("Invite a friend"), scope=Scope.settings)
    title = AnyText(default="", scope=Scope.content)
    invitation_text = AnyText(default="", scope=Scope.content)
    hashtags = AnyValue(default=[], scope=Scope.content)
    network_texts = AnyValue(default={}, scope=Scope.content)
    picture = AnyText(default="", scope=Scope.content)
    networks = AnyValue(default=[], scope=Scope.settings)
    show_qr = AnyValue(default=True, scope=Scope.settings)
    show_status = AnyValue(default=True, scope=Scope.settings)
    show_networks = AnyValue(default=True, scope=Scope.settings)

    has_author_view = True
    has_score = False
    icon_class = "other"
    completion_mode = XBlockCompletionMode.EXCLUDED

    # What a learner sees

    @XBlock.supports("multi_device")
    def student_view(self, context: dict | None = None) -> Fragment:
        """The learner's panel and status. Eight queries at most once the link exists, and its writes the first time."""
        course_key = self._course_key()
        if course_key is None or self._is_studio():
            return self.author_view(context)
        user_id = self._reader("user_id")
        if user_id is None:
            return self.public_view(context)
        if is_looked_at_by_another(user_id):
            return self.author_view(context)
        from referral_xblock.journey.queries import my_invitations
        from referral_xblock.panels import Place, Viewing, draw_panels
        from referral_xblock.policy.queries import policy_of
        from referral_xblock.sharing.panel import Message, build_panel, default_message

        now = timezone.now()
        presentation, problems = self._presentation()
        course = seen_course(course_key)
        ours = default_message(course.title if course else "", course.language if course else "")
        policy = policy_of(course_key)
        panel = build_panel(
            owner_id=user_id,
            course_key=course_key,
            placement=str(self.scope_ids.usage_id),
            message=Message(presentation.invitation_text or ours.text, ours.title, presentation.hashtags),
            texts=dict(presentation.network_texts),
            networks=presentation.networks,
            now=now,
        )
        facts = {
            "panel": panel,
            "invitations": my_invitations(user_id, course_key) if presentation.show_status else None,
            "in_holdout": self._in_holdout(user_id),
            "paused": policy.paused or panel.paused,
            "domains": ", ".join(policy.domains),
            "panels": draw_panels(Viewing(user_id, course_key, Place.UNIT, now)),
            "problems": _labelled(problems) if self._reader("user_is_staff") else [],
        }
        looks = self._looks(presentation)
        return draw(self, "block.html", looks | facts, style="block.css", script="block.js", start="ReferralXBlock")

    def public_view(self, _context: dict | None = None) -> Fragment:
        """For who is not signed in: what there is here, and the way to sign in. Writes nothing."""
        presentation, _problems = self._presentation()
        looks = self._looks(presentation) | {"sign_in_url": self._sign_in_url()}
        return draw(self, "block_public.html", looks, style="block.css")

    def student_view_data(self, _context: dict | None = None) -> dict[str, Any]:
        """For apps that draw the block themselves: the author's words, "" where there are none. No query.

        The platform asks once, when the course is published, for everybody: nobody's language, link or figures stand in it.
        """
        presentation, _problems = self._presentation()
        return {
            "title": presentation.title,
            "text": presentation.invitation_text,
            "hashtags": list(presentation.hashtags),
            "url_template": self._site() + "/r/{code}",
        }

    # What an author sees

    def author_view(self, _context: dict | None = None) -> Fragment:
        """The block with sample figures; asks no table of learners. One query until the course is cached."""
        presentation, problems = self._presentation()
        facts = self._sample(presentation) | {
            "policy_url": self._policy_url(),
            "cut": shortened(presentation, site=self._site()),
            "problems": _labelled(problems),
        }
        looks = self._looks(presentation)
        return draw(
            self, "block_author.html", looks | facts, style="block.css", script="block.js", start="ReferralPreview"
        )

    def studio_view(self, _context: dict | None = None) -> Fragment:
        """The form, with what is stored and what is wrong with it."""
        stored = {name: getattr(self, name) for name in SETTINGS}
        form = describe_form(stored, site=self._site()) | {"policy_url": self._policy_url()}
        return draw(self, "block_studio.html", form, style="studio.css", script="studio.js", start="ReferralStudio")

    @XBlock.json_handler
    def submit_studio_edits(self, data: Any, _suffix: str = "") -> dict[str, Any]:
        """Stores the form if nothing is wrong with it; answers {"saved": bool, "problems": {field: sentence}}."""
        presentation, problems = check(data if isinstance(data, dict) else {})
        if not problems:
            for name in SETTINGS:
                value = getattr(presentation, name)
                setattr(self, name, list(value) if isinstance(value, tuple) else value)
        return {"saved": not problems, "problems": problems}

    def index_dictionary(self) -> dict[str, Any]:
        """What a search in the course finds."""
        presentation, _problems = self._presentation()
        words = {"display_name": presentation.display_name, "title": presentation.title}
        return {"content": words | {"text": presentation.invitation_text}, "content_type": "Invitation"}

    # What the browser tells

    @XBlock.json_handler
    def shown(self, _data: Any, _suffix: str = "") -> Response:
        """Half of the panel was in view: noted once; the browser gets its inviter's mark."""
        user_id, course_key = self._learner()
        answer = Response(status=ANSWERED)
        if user_id is None:
            return answer
        from referral_xblock.host.chosen import get_host
        from referral_xblock.links.browsers import mark_browser
        from referral_xblock.sharing.actions import record_showing

        record_showing(
            user_id=user_id,
            course_key=course_key,
            placement=str(self.scope_ids.usage_id),
            in_holdout=self._in_holdout(user_id),
            now=timezone.now(),
        )
        return mark_browser(
            answer, get_host().signed_in_request(), user_id=user_id, secure=settings.LMS_ROOT_URL.startswith("https:")
        )

    @XBlock.json_handler
    def shared(self, data: Any, _suffix: str = "") -> Response:
        """Pressed copy, or saved the QR code: noted once a day. A channel that there is not is ignored."""
        user_id, course_key = self._learner()
        channel = data.get("channel") if isinstance(data, dict) else None
        if user_id is not None and isinstance(channel, str):
            from referral_xblock.sharing.actions import record_share

            record_share(
                user_id=user_id,
                course_key=course_key,
                placement=str(self.scope_ids.usage_id),
                channel=channel,
                now=timezone.now(),
            )
        return Response(status=ANSWERED)

    # Where and for whom

    def _course_key(self) -> Any | None:
        """The key of the course in which the block stands; None in a library or a workbench."""
        context_key = getattr(self.scope_ids.usage_id, "context_key", None)
        return context_key if getattr(context_key, "is_course", False) else None

    def _reader(self, attribute: str) -> Any:
        """One of the attributes that the platform gives of who is looking."""
        service = self.runtime.service(self, "user")
        return service.get_current_user().opt_attrs.get(f"edx-platform.{attribute}") if service else None

    def _is_studio(self) -> bool:
        """In Studio nobody learns: nothing is counted there. Only its previews say so themselves, its handlers do not."""
        return bool(getattr(self.runtime, "is_author_mode", False)) or (
            getattr(settings, "SERVICE_VARIANT", "lms") == "cms"
        )

    def _learner(self) -> tuple[Any, Any]:
        """Who is signed in and in which course, to be counted; twice None where nobody is."""
        course_key = self._course_key()
        user_id = None if course_key is None or self._is_studio() else self._reader("user_id")
        return (None, None) if user_id is None or is_looked_at_by_another(user_id) else (user_id, course_key)

    def _in_holdout(self, user_id: int) -> bool:
        from referral_xblock.policy.queries import is_held_out

        return is_held_out(user_id, self._course_key())

    def _presentation(self) -> tuple[Presentation, dict[str, str]]:
        return tidy({name: getattr(self, name) for name in SETTINGS})

    def _looks(self, presentation: Presentation) -> dict[str, Any]:
        picture, links = presentation.picture, self.runtime.service(self, "replace_urls")
        if picture and links:
            # The service looks for addresses in attributes of HTML; `tidy` lets no quotation mark in.
            picture = links.replace_urls(f'src="{picture}"')[5:-1]
        return {
            "title": presentation.title or _("Learn together"),
            "hashtags": presentation.hashtags,
            "picture": picture,
            "all_url": self._site() + "/community/me/",
            "show_qr": presentation.show_qr,
            "show_networks": presentation.show_networks,
        }

    def _site(self) -> str:
        return getattr(settings, "LMS_ROOT_URL", "").rstrip("/")

    def _policy_url(self) -> str:
        """Where course staff set the rules; "" without a course. In the LMS, wherever we are now."""
        course_key = self._course_key()
        return f"{self._site()}/community/courses/{course_key}/growth/settings/" if course_key else ""

    def _sign_in_url(self) -> str:
        if self._course_key() is None:
            return ""
        from referral_xblock.host.chosen import get_host

        unit = get_host().unit(self.scope_ids.usage_id)
        return get_host().sign_in_url(unit.url.removeprefix(self._site()) if unit else "/")

    def _sample(self, presentation: Presentation) -> dict[str, Any]:
        address = self._site() + "/r/example"
        ways = [SimpleNamespace(network=network, url="", new_tab=False) for network in presentation.offered()]
        course_key = self._course_key()
        course = (title_if_known(course_key) if course_key else "") or _("your course")
        text = presentation.invitation_text or _("I am taking “%(course)s”. Join me?") % {"course": course}
        counts = {"registered": 3, "enrolled": 2, "active": 1, "completed": 0}
        return {
            "panel": SimpleNamespace(address=address, plain_address=address, ways=ways, text=text),
            "invitations": SimpleNamespace(counts=counts, friends=(), silent=0) if presentation.show_status else None,
        }

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """The block alone, and two that differ in one unit."""
        two = '<vertical_demo><referral/><referral title="Two of us" show_qr="false" networks="[]"/></vertical_demo>'
        return [("Invitation panel", "<referral/>"), ("Two invitation panels", two)]


def _labelled(problems: dict[str, str]) -> list[dict[str, str]]:
    """The problems with the words that the form has for each field."""
    from referral_xblock.studio_form import label_of

    return [{"label": label_of(name), "sentence": sentence} for name, sentence in problems.items()]
