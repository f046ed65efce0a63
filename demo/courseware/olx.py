"""Reads a course export wholly into memory, or says in one sentence why it cannot be read. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.utils.translation import gettext as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import CourseLocator

from demo.courseware.about import pictures, read_about
from demo.courseware.archive import OlxError, read_export
from demo.courseware.transcripts import plain_transcript
from demo.courseware.trees import attributes, inner, parse

CHILD_TYPES = {"course": "chapter", "chapter": "sequential"}
CONTAINERS = frozenset({"course", "chapter", "sequential", "vertical"})
MAX_BLOCKS = 20_000
MAX_KEY = 255


@dataclass(frozen=True)
class ReadBlock:
    """One block as it stands in the export; `values` are its settings by name, as text, and its content as `data`."""

    usage_key: UsageKey
    parent: UsageKey | None
    unit: UsageKey | None
    display_name: str
    graded: bool
    values: dict[str, Any]


@dataclass(frozen=True)
class ReadCourse:
    """A whole export: `about` are the values of a course row, `blocks` stand in the order of reading."""

    course_key: CourseKey
    about: dict[str, Any]
    blocks: list[ReadBlock]
    pictures: dict[str, bytes] = field(repr=False)


def read_course(path: Path) -> ReadCourse:
    """The course in a Studio export (`.tar.gz`) or a folder of OLX. Raises OlxError with one sentence for a person."""
    files = read_export(path)
    pointer = parse(files["course.xml"], "course.xml")
    if pointer.tag != "course":
        raise OlxError(_("course.xml in this export does not describe a course."))
    course_key = _course_key(pointer)
    reader = _Reader(files, course_key)
    root = reader.resolve(pointer, str(course_key.run))
    blocks = list(reader.walk(pointer, None, None, (), False))
    return ReadCourse(course_key, read_about(files, course_key, root), blocks, pictures(files))


def _course_key(pointer: Element) -> CourseKey:
    try:
        key = CourseLocator(org=pointer.get("org"), course=pointer.get("course"), run=pointer.get("url_name"))
    except InvalidKeyError as error:
        raise OlxError(_("course.xml in this export does not say which course it is.")) from error
    if len(str(key)) > MAX_KEY:
        raise OlxError(_("A name in this export is too long."))
    return key


class _Reader:
    """Follows the pointers from the course to its last block."""

    def __init__(self, files: dict[str, bytes], course_key: CourseKey) -> None:
        self.files = files
        self.course_key = course_key
        self.seen: set[UsageKey] = set()

    def resolve(self, element: Element, name: str) -> Element:
        """The element with its content: the file that a bare pointer names, or the element itself."""
        bare = len(element) == 0 and not (element.text or "").strip()
        if not bare or not element.get("url_name") or (element.tag != "course" and set(element.keys()) != {"url_name"}):
            return element
        path = f"{element.tag}/{name.replace(':', '/')}.xml"
        if path not in self.files:
            raise OlxError(_("This export is incomplete: it names “%s”, which is not in it.") % path)
        found = parse(self.files[path], path)
        if found.tag != element.tag:
            raise OlxError(_("“%s” in this export is not the kind of block that its folder says.") % path)
        return found

    def walk(
        self,
        pointer: Element,
        parent: UsageKey | None,
        unit: UsageKey | None,
        above: tuple[UsageKey, ...],
        graded: bool,
        place: int = 0,
    ) -> Iterator[ReadBlock]:
        """The block and everything below it. A block that is named twice is read the first time only."""
        key = self._usage_key(pointer, parent, place)
        if key in above:
            raise OlxError(_("This export goes in circles: “%s” contains itself.") % key.block_id)
        if key in self.seen:
            return
        self.seen.add(key)
        if len(self.seen) > MAX_BLOCKS:
            raise OlxError(_("This course has more than %d blocks.") % MAX_BLOCKS)
        element = self.resolve(pointer, key.block_id if key.block_type != "course" else str(self.course_key.run))
        values = self._values(element)
        graded = graded or (element.tag == "sequential" and str(values.get("graded")).lower() == "true")
        name = " ".join(str(values.get("display_name") or "").split())[:255]
        yield ReadBlock(key, parent, unit, name, graded, values)
        if element.tag in CONTAINERS:
            inside = key if element.tag == "vertical" else unit
            for index, child in enumerate(self._children(element)):
                yield from self.walk(child, key, inside, (*above, key), graded, index)

    def _children(self, element: Element) -> Iterator[Element]:
        expected = CHILD_TYPES.get(element.tag)
        for child in element:
            if not isinstance(child.tag, str) or child.tag.startswith("{"):
                continue  # comments, and settings written as elements
            if expected and child.tag != expected:
                continue  # the wiki, textbooks and the like
            if element.tag == "sequential" and child.tag != "vertical":
                child = _alone_in_a_unit(child)
            yield child

    def _usage_key(self, element: Element, parent: UsageKey | None, place: int) -> UsageKey:
        if element.tag == "course":
            name = "course"
        else:
            # An unnamed block gets a name that stays the same as long as it stands where it stands.
            name = (
                element.get("url_name") or hashlib.sha256(f"{parent}/{element.tag}/{place}".encode()).hexdigest()[:32]
            )
        try:
            key = self.course_key.make_usage_key(element.tag, name)
            UsageKey.from_string(str(key))
        except InvalidKeyError as error:
            raise OlxError(_("“%s” in this export is not a name that a block can have.") % name) from error
        if len(str(key)) > MAX_KEY or len(element.tag) > 64:
            raise OlxError(_("A name in this export is too long."))
        return key

    def _values(self, element: Element) -> dict[str, Any]:
        values: dict[str, Any] = dict(attributes(element))
        if element.tag == "html":
            values["data"] = self._html(element, values)
        elif element.tag == "problem":
            values["data"] = tostring(element, encoding="unicode").strip()
            values.pop("markdown", None)
        elif element.tag == "video":
            values["transcript_texts"] = self._transcripts(element)
        elif element.tag not in CONTAINERS and len(element) == 0 and inner(element):
            values["content"] = inner(element)
        return values

    def _html(self, element: Element, values: dict[str, Any]) -> str:
        name = values.pop("filename", None)
        if not name:
            return inner(element)
        # Studio writes no file for a text that is still empty.
        return self.files.get(f"html/{str(name).replace(':', '/')}.html", b"").decode("utf-8", errors="replace")

    def _transcripts(self, element: Element) -> dict[str, str]:
        try:
            named = json.loads(element.get("transcripts") or "{}")
        except ValueError:
            named = {}
        names = dict(named) if isinstance(named, dict) else {}
        names.update({child.get("language", ""): child.get("src", "") for child in element.iter("transcript")})
        if element.get("sub"):
            names.setdefault("en", f"subs_{element.get('sub')}.srt")
        found = {language: self.files.get(f"static/{name}") for language, name in names.items() if language and name}
        return {
            language: plain_transcript(data.decode("utf-8", errors="replace"))
            for language, data in found.items()
            if data is not None
        }


def _alone_in_a_unit(block: Element) -> Element:
    """Courses older than units put blocks straight into a sequence; a learner opens units, so each gets its own."""
    unit = Element("vertical")
    if block.get("url_name"):
        unit.set("url_name", f"{block.get('url_name')}-unit")
    if block.get("display_name"):
        unit.set("display_name", str(block.get("display_name")))
    unit.append(block)
    return unit
