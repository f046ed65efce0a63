"""What the share panel shows: the person's address, and one way to each network. The block, the share page and
/community/me/ draw the same panel from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.links.actions import ensure_links
from referral_xblock.links.queries import share_path
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.composer import tag
from referral_xblock.sharing.networks import NETWORKS, Network, medium

MESSAGE_SALT = "referral.message"


@dataclass(frozen=True)
class Message:
    """What a learner says when sharing; the author's words, or ours."""

    text: str
    title: str = ""
    hashtags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One button of the panel."""

    network: Network
    url: str  # first-party: it answers with the composer's address
    new_tab: bool


@dataclass(frozen=True)
class Panel:
    """Everything the panel's template needs; addresses are absolute."""

    code: str
    address: str  # to show, to copy, to read aloud; its code says whose it is and where it was put
    plain_address: str  # to read aloud or print
    qr_url: str
    share_page_url: str
    ways: tuple[Way, ...]
    text: str
    paused: bool = False  # the course team has paused this link
    invite_url: str = (
        ""  # where the platform sends invitations to pasted addresses; "" where the course's rules do not allow it
    )


def absolute(path: str) -> str:
    """A path of this site as an address; the site's own name comes from LMS_ROOT_URL, never from the request."""
    return settings.LMS_ROOT_URL.rstrip("/") + path


def pack_message(message: Message, course_key: CourseKey) -> str:
    """The message signed for an address, so that nobody else's words, nor another course's, leave under a learner's name."""
    words = [message.text, message.title, list(message.hashtags)]
    return signing.dumps(words, salt=f"{MESSAGE_SALT}|{course_key}", compress=True)


def unpack_message(text: str, *, course_key: CourseKey, course_title: str, course_language: str = "") -> Message:
    """The message of a signed parameter; our own words if there is none or it was changed."""
    try:
        words, title, hashtags = signing.loads(text[:6000], salt=f"{MESSAGE_SALT}|{course_key}")
    except (signing.BadSignature, ValueError):
        return default_message(course_title, course_language)
    return Message(words, title, tuple(hashtags))


def default_message(course_title: str, course_language: str = "") -> Message:
    """What a learner may say when the author wrote nothing; without a title where the asker may not know it.

    In the course's language, which the friend is to learn in; in the reader's where this site does not speak it.
    """
    with translation.override(spoken(course_language) or translation.get_language()):
        if not course_title:
            return Message(_("I am taking a course. Join me?"))
        return Message(_("I am taking “%(course)s”. Join me?") % {"course": course_title}, title=course_title)


def spoken(language: str) -> str:
    """The language of this site that is this one, or the one of which this is a variety; "" if there is none."""
    wanted = language.lower().replace("_", "-")
    return next((code for code in (wanted, wanted.partition("-")[0]) if code in dict(settings.LANGUAGES)), "")


def build_panel(
    *,
    owner_id: int,
    course_key: CourseKey,
    placement: str,
    message: Message,
    texts: dict[str, str] | None = None,
    networks: Iterable[str] | None = None,
    now: datetime,
) -> Panel:
    """The panel of one person at one place. One query, or a few writes the first time.

    `texts` are the author's own words for single networks, by slug; `networks` limits the buttons (none: all).
    """
    link = ensure_links(owner_id=owner_id, course_key=course_key, placement=placement, channels=["copy"], now=now)[
        "copy"
    ]
    path = share_path(link.code)
    chosen = [network for network in NETWORKS if network.composer and (not networks or network.slug in networks)]
    packed = pack_message(message, course_key)
    ways = []
    for network in chosen:
        own = (texts or {}).get(network.slug)
        parameter = pack_message(Message(own, message.title, message.hashtags), course_key) if own else packed
        ways.append(
            Way(
                network=network,
                url=absolute(reverse("referral_xblock:to", args=[link.code, network.slug])) + f"?m={parameter}",
                new_tab=network.kind == "composer",
            )
        )
    return Panel(
        code=link.code,
        address=absolute(path),
        plain_address=absolute(path),
        qr_url=absolute(reverse("referral_xblock:qr", args=[link.code])),
        share_page_url=absolute(reverse("referral_xblock:share", args=[link.code])) + f"?m={packed}",
        ways=tuple(ways),
        text=message.text,
        paused=link.paused,
        invite_url=_invite_url(course_key, link.code),
    )


def _invite_url(course_key: CourseKey, code: str) -> str:
    policy = policy_of(course_key)
    if not policy.sends_mail or policy.paused:
        return ""
    return absolute(reverse("referral_xblock:invite", args=[str(course_key)])) + f"?from={code}"


def tagged_address(code: str, *, channel: str, course_key: CourseKey) -> str:
    """The absolute address of a link, tagged inside so that analytics of the site see where it was put."""
    return tag(
        absolute(share_path(code)),
        source=channel,
        medium=medium(channel),
        campaign=str(course_key),
    )


def share_address(user: Any, course_key: CourseKey, usage_key: Any = "", *, now: datetime) -> str:
    """The absolute address of a person's own link at one place, without tags. One query, or a write the first time."""
    links = ensure_links(owner_id=user.id, course_key=course_key, placement=str(usage_key), channels=["copy"], now=now)
    return absolute(share_path(links["copy"].code))
