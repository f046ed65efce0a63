"""How long a message is as the network counts it, and what of a text fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

import grapheme

from referral_xblock.sharing.networks import Network

LINK_LENGTH = 23  # what X and Mastodon count for any link
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # code points that weigh 1 on X; all others weigh 2
LONGEST_TEXT = 2000  # code points; no message is longer, whatever the network would take

# A link as those networks find it. Only ASCII in `link`, since what else they take for a part of it differs from script to
# script; what is left over counts letter by letter. `odd` may be a link to them.
HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z]{2,63}(?![a-z0-9-])"
LINK = re.compile(
    rf"(?<![a-z0-9.])(?P<link>(?P<scheme>https?://)?{HOST}(?::\d+)?(?P<rest>[/?#][!-~]*)?)"
    r"|(?P<odd>https?://\S+|(?<![\w.])(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,63})",
    re.IGNORECASE,
)
PICTOGRAPH = (
    "[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
PERSON = f"{PICTOGRAPH}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
# One emoji, however many code points it takes. No real one joins more than four pictures.
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # flags by country
    "|\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f"  # flags of regions
    "|[0-9#*]\ufe0f?\u20e3"  # keycaps
    "|[\u00a9\u00ae]\ufe0f"
    f"|{PERSON}(?:\u200d{PERSON}){{0,3}}"
)
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape goes before each


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _weigh(text: str) -> int:
    """The weight of a text without links: an emoji weighs 2, another code point 1 or 2."""
    rest, emoji = EMOJI.subn("", text)
    return 2 * emoji + sum(1 if any(low <= ord(one) <= high for low, high in LIGHT) else 2 for one in rest)


def _with_links(text: str, length: Callable[[str], int], *, bare: bool) -> int:
    """`length` of what is no link, and 23 for each link. `bare`: host names without https:// become links too.

    Where it depends on the network's list of domains whether it is a link, the answer is never too small.
    """
    total, position = 0, 0
    for found in LINK.finditer(text):
        link = found.group().rstrip(".,;:!?'\")]}*") if found["rest"] else found.group()
        if found["scheme"]:
            counted = LINK_LENGTH
        elif found["odd"]:
            counted = length(link) + LINK_LENGTH
        elif bare:
            counted = max(LINK_LENGTH, length(link))
        else:
            continue
        total += length(text[position : found.start()]) + counted
        position = found.start() + len(link)
    return total + length(text[position:])


def _weighted(text: str) -> int:
    return _with_links(unicodedata.normalize("NFC", text), _weigh, bare=True)


def _graphemes(text: str) -> int:
    return grapheme.length(text)


def _short_links(text: str) -> int:
    return _with_links(text, _graphemes, bare=False)


def _emoji_bytes(text: str) -> int:
    rest = EMOJI.sub("", text)
    return len(rest) + sum(len(found.group().encode()) for found in EMOJI.finditer(text))


def _encoded(text: str) -> int:
    return len(quote(text.replace("\n", "\r\n"), safe="", errors="replace"))


def _sms_parts(text: str) -> int:
    """How many short messages this is: 160 letters of the short alphabet, or 70 of any, and 153 or 67 each if several."""
    if all(one in GSM_BASIC or one in GSM_EXTENDED for one in text):
        letters, alone, joined = sum(2 if one in GSM_EXTENDED else 1 for one in text), 160, 153
    else:
        letters, alone, joined = _utf16(text), 70, 67
    if letters > len(text):
        joined -= 1  # a letter that takes two places does not stand across two parts
    return 1 if letters <= alone else -(-letters // joined)


COUNTERS: dict[str, Callable[[str], int]] = {
    "weighted": _weighted,
    "graphemes": _graphemes,
    "short_links": _short_links,
    "emoji_bytes": _emoji_bytes,
    "utf16": _utf16,
    "encoded": _encoded,
    "sms_parts": _sms_parts,
}


def count(text: str, counts_by: str) -> int:
    """How much of a limit this text takes.

    weighted: as X counts, NFC, links 23, emoji 2, most letters 1, others 2. graphemes: letters as a reader sees them.
    short_links: the same, links 23. emoji_bytes: code points, emoji as their UTF-8 bytes. utf16: UTF-16 units, the strictest
    count where a network does not say. encoded: percent-encoded, as in an address. sms_parts: short messages.
    Raises KeyError for any other name.
    """
    return COUNTERS[counts_by](text)


def write(text: str, url: str, network: Network, hashtags: Sequence[str] = ()) -> str:
    """The message as it counts for the network: text, hashtags if it takes them, and the address unless it stands apart."""
    tags = " ".join(f"#{hashtag}" for hashtag in hashtags[: network.hashtags])
    words = " ".join(part for part in (text, tags) if part)
    return network.joint.join(part for part in (words, url if network.counts_url else "") if part)


def fits(text: str, url: str, network: Network, hashtags: Sequence[str] = ()) -> bool:
    """Whether the network takes this text with this address and these hashtags whole."""
    if network.limit is None:
        return True
    message = write(text, url, network, hashtags)
    few_bytes = network.limit_bytes is None or len(message.encode("utf-8", "replace")) <= network.limit_bytes
    return few_bytes and count(message, network.counts_by) <= network.limit


def fit(text: str, url: str, network: Network, hashtags: Sequence[str] = ()) -> str:
    """As much of the text as fits beside the address, cut between words and ended by an ellipsis if it was cut.

    A text that fits comes back as it is. "" if no word fits; the address alone may then still be too long, which is the
    caller's to see (`fits("", url, network)`). A letter is never cut apart. Beyond 2,000 code points every text is cut.
    """
    return shorten(text, lambda shorter: fits(shorter, url, network, hashtags), ellipsis=network.ellipsis)


def shorten(text: str, good: Callable[[str], bool], *, ellipsis: str = "…") -> str:
    """The longest beginning of the text, with the ellipsis, that is `good`; the text itself if it is, "" if nothing is.

    Cuts between words, and within a word only where the last space is more than half the text away (one long word, or a
    script without spaces).
    """
    if len(text) <= LONGEST_TEXT and good(text):
        return text
    letters = list(grapheme.graphemes(text[:LONGEST_TEXT]))
    if len(text) > LONGEST_TEXT:
        letters.pop()  # it may be half a letter
    # Counts are almost but not quite steady in the length (a cut link, an alphabet left behind): look near by halving, then
    # step down until it truly fits.
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if good("".join(letters[:middle]) + ellipsis) else (low, middle - 1)
    while low > 0:
        low = _cut(letters, low)
        shorter = "".join(letters[:low]) + ellipsis
        if low and good(shorter):
            return shorter
        low -= 1
    return ""


def _cut(letters: list[str], end: int) -> int:
    """Where to cut at or before `end`: behind a whole word, without the punctuation that would stand before the ellipsis."""
    if end < len(letters) and not letters[end].isspace():
        spaces = (index for index in range(end - 1, end // 2, -1) if letters[index].isspace())
        end = next(spaces, end)
    while end and (letters[end - 1].isspace() or letters[end - 1] in ".,;:–—-…"):
        end -= 1
    return end
