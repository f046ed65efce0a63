"""The address that opens a network's composer with our message, and the tags inside the address that is shared.

The tags stand in the shared address itself. On the composer's own address nobody would ever read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from referral_xblock.sharing.limits import count, fit, fits, shorten, write
from referral_xblock.sharing.networks import NAMES, Network

LONGEST_TITLE = 400  # percent-encoded: a subject line with room for the body in one mailto address


def tag(url: str, *, source: str, medium: str, campaign: str, content: str = "") -> str:
    """The address with utm_source, utm_medium, utm_campaign and, if given, utm_content in its query.

    What stood in the query stays as it was, but for tags of the same names, which are replaced; so does the fragment.
    """
    tags = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign, "utm_content": content}
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0].lower() not in tags]
    own = urlencode({name: value for name, value in tags.items() if value}, quote_via=quote, safe="")
    return urlunsplit(parts._replace(query="&".join([*kept, own])))


def compose(network: Network, *, url: str, text: str, title: str = "", hashtags: Sequence[str] = ()) -> str:
    """The address that opens the network's composer; "" for a network that has none (kind copy or qr).

    The text is shortened to what fits; hashtags are dropped from the end if they alone do not. What is empty is left out
    of the address. All values are percent-encoded, line breaks in a mail as CRLF, and a title is one line.
    """
    words = _words(hashtags, network)
    while words and not fits("", url, network, words):
        words = words[:-1]
    text = fit(_plain(text), url, network, words)
    message = write(text, url, network, words)
    values = {
        "text": text,
        "url": url,
        "title": shorten(" ".join(_plain(title).split()), lambda shorter: count(shorter, "encoded") <= LONGEST_TITLE),
        "message": message.replace("\n", "\r\n") if network.composer.startswith("mailto:") else message,
        "tags": ",".join(words),
    }
    encoded = {name: quote(value, safe="", errors="replace") for name, value in values.items()}
    address, mark, query = network.composer.partition("#" if "#" in network.composer else "?")
    pairs = [pair for pair in query.split("&") if all(values[name] for name in NAMES.findall(pair))]
    return address + mark + "&".join(pairs).format(**encoded)


def _plain(text: str) -> str:
    """The text with line breaks as \\n and without other control characters or halves of characters."""
    text = re.sub(r"\r\n?", "\n", text)
    return re.sub(r"[^\S\n ]", " ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text)).strip()


def _words(hashtags: Sequence[str], network: Network) -> list[str]:
    """The hashtags that the network takes as bare words, each once."""
    words = dict.fromkeys(word for hashtag in hashtags if (word := re.sub(r"\W", "", hashtag)))
    return list(words)[: network.hashtags]
