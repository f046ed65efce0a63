"""A post's text as the desk shows it: cleaned, without pictures, and not endlessly long. Plain Python and nh3."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import nh3

SHOWN = 20_000  # characters; what is longer can be asked for
TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "ins", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "u", "ul",
}  # fmt: skip
HEADINGS = re.compile(r"<(/?)h[1-6]>")
PICTURES = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)|!\[[^\]]*\]\(\s*<?([^)\s>]+)""", re.IGNORECASE)
BLOCKS = re.compile(r"<(?:p|div|ul|ol|table|pre|blockquote|br)\b", re.IGNORECASE)
MOST_PICTURES = 20


class CleanHtml(str):
    """HTML that `shown_text` has cleaned; a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str.__str__(self)


@dataclass(frozen=True)
class ShownText:
    """What a moderator reads. `pictures` are addresses, which are not loaded: they may be hostile too."""

    body: CleanHtml
    pictures: tuple[str, ...]
    cut: bool
    plain: bool  # line breaks are its author's


def shown_text(body: str, *, whole: bool = False) -> ShownText:
    """Cleans a body: no script, style, picture, form or frame; links that tell nobody where the reader came from.

    Headings become strong words, since the page has headings of its own. Linear in the length; 1 MB takes some 50 ms.
    """
    part = body if whole else body[:SHOWN]
    cleaned = nh3.clean(
        part,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    pictures = [one or two for one, two in PICTURES.findall(part)]
    return ShownText(
        CleanHtml(HEADINGS.sub(r"<\1strong>", cleaned)),
        tuple(dict.fromkeys(html.unescape(address)[:300] for address in pictures))[:MOST_PICTURES],
        len(part) < len(body),
        BLOCKS.search(part) is None,
    )
