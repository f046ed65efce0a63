"""What a host promises of courses, their blocks, their addresses and pages. Every check's first line is its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import Resolver404, resolve
from django.utils.timezone import is_aware
from opaque_keys.edx.keys import UsageKey

from referral_xblock.data import Unit
from referral_xblock.host.promises.check import BrokenError, NotApplicableError, Subject, expect

BACK = "/r/example/back?s=WzEsImRheSJd%3A1abc"
PLACES = frozenset({"title", "head", "content", "scripts"})


def a_course_is_described(subject: Subject) -> None:
    """A course is described in full"""
    course = subject.course()
    expect(course.key == str(subject.course_key), f"The course {subject.course_key} calls itself {course.key}.")
    for field in fields(course):
        value = getattr(course, field.name)
        if field.name in ("start", "end"):
            dated = value is None or (isinstance(value, datetime) and is_aware(value))
            expect(dated, f"{field.name} is {value!r}, not a moment with a time zone.")
        else:
            wanted = bool if field.name in ("open_to_public", "graded") else str
            expect(isinstance(value, wanted), f"{field.name} is {value!r}, not {wanted.__name__}.")
    expect(
        bool(course.title and course.about_url and course.home_url), "Title, about address or home address is empty."
    )


def a_picture_is_bytes(subject: Subject) -> None:
    """The course's picture is bytes, or not there"""
    picture = subject.host.course_picture(subject.course_key)
    expect(picture is None or isinstance(picture, bytes), f"It is a {type(picture).__name__}.")


def addresses_are_whole(subject: Subject) -> None:
    """Addresses are whole"""
    for name, address in _addresses(subject):
        parts = urlsplit(address)
        expect(parts.scheme in ("http", "https") and bool(parts.netloc), f"{name} is {address!r}.")


def addresses_lead_somewhere(subject: Subject) -> str:
    """Addresses on this site lead to a page"""
    if getattr(settings, "SERVICE_VARIANT", "lms") == "cms":
        raise NotApplicableError("Studio does not know the LMS's addresses.")
    here = [
        (name, urlsplit(address).path)
        for name, address in _addresses(subject)
        if urlsplit(address).netloc == urlsplit(settings.LMS_ROOT_URL).netloc and name != "picture_url"
    ]
    for name, path in here:
        try:
            resolve(path)
        except Resolver404:
            raise BrokenError(f"{name}: nothing answers at {path}.") from None
    return f"{len(here)} addresses were looked up."


def the_way_back_is_kept(subject: Subject) -> None:
    """Registration, enrolment and sign-in keep the course and the way back"""
    host, key = subject.host, subject.course_key
    for signed_in in (False, True):
        asked = parse_qs(urlsplit(host.join_url(key, BACK, signed_in=signed_in)).query)
        expect(asked.get("course_id") == [str(key)], f"The course is lost: {asked}.")
        expect(asked.get("next") == [BACK], f"The way back is lost: {asked}.")
    asked = parse_qs(urlsplit(host.sign_in_url(BACK)).query)
    expect(asked.get("next") == [BACK], f"The way back is lost at sign-in: {asked}.")


def a_block_is_found(subject: Subject) -> str:
    """A block is found in its unit"""
    if subject.usage_key is None:
        raise NotApplicableError("No block was named.")
    unit = subject.host.unit(subject.usage_key)
    if not isinstance(unit, Unit):
        raise BrokenError(f"The unit is {unit!r}.")
    expect(bool(unit.title) and bool(UsageKey.from_string(unit.usage_key)), f"The unit has no title: {unit}.")
    titles = subject.host.block_titles([str(subject.usage_key)])
    expect(titles == {str(subject.usage_key): unit.title}, f"The titles say {titles}, the unit {unit.title!r}.")
    return f"It stands in “{unit.title}”."


def pages_have_their_places(subject: Subject) -> None:
    """The page around ours has the places that ours fill"""
    name: str | None = subject.host.base_template()
    found: set[str] = set()
    while name:
        nodes = get_template(name).template.nodelist
        found |= {node.name for node in nodes.get_nodes_by_type(BlockNode)}
        parents = nodes.get_nodes_by_type(ExtendsNode)
        name = parents[0].parent_name.resolve({}) if parents else None
    expect(found >= PLACES, f"It lacks the blocks {', '.join(sorted(PLACES - found))}.")


def a_request_is_one(subject: Subject) -> None:
    """The request in which we run is one, or there is none"""
    request = subject.host.signed_in_request()
    expect(request is None or (hasattr(request, "COOKIES") and hasattr(request, "user")), f"It is {request!r}.")


def _addresses(subject: Subject) -> Iterator[tuple[str, str]]:
    course, host = subject.course(), subject.host
    yield from (("about_url", course.about_url), ("home_url", course.home_url))
    if course.picture_url:
        yield "picture_url", course.picture_url
    yield "join_url", host.join_url(subject.course_key, BACK, signed_in=False)
    yield "join_url, signed in", host.join_url(subject.course_key, BACK, signed_in=True)
    yield "sign_in_url", host.sign_in_url(BACK)
    unit = host.unit(subject.usage_key) if subject.usage_key is not None else None
    if unit is not None:
        yield "unit", unit.url
