"""XML from an export: no document types, no entities, no bottomless nesting."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from demo.courseware.archive import OlxError

MAX_NESTING = 100
OPTION = "{http://code.edx.org/xblock/option}"


def parse(data: bytes | str, name: str) -> Element:
    """The root element; OlxError naming the file if the text is not well-formed, forbidden or nested too deeply."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise OlxError(_("“%s” in this export defines entities, which a course never needs.") % name) from error
    except (ParseError, LookupError, ValueError) as error:
        raise OlxError(_("“%s” in this export is not well-formed XML.") % name) from error
    level = [root]
    for _depth in range(MAX_NESTING):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise OlxError(_("“%s” in this export is nested too deeply.") % name)


def inner(element: Element) -> str:
    """What stands between the tags: HTML given as character data, or the child elements written out again."""
    if len(element) == 0:
        return (element.text or "").strip()
    text = tostring(element, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")].strip()


def attributes(element: Element) -> dict[str, str | None]:
    """The settings of a block: its attributes, and its long texts, which OLX writes as `option:` children."""
    found: dict[str, str | None] = {
        name: value for name, value in element.items() if name not in ("url_name", "xblock-family")
    }
    for child in element:
        if child.tag.startswith(OPTION):
            found[child.tag.removeprefix(OPTION)] = None if child.get("none") == "true" else child.text or ""
    return found
