"""The registry of networks: where each composer is, what it takes, and how long a message may be as that network counts it.

A new network is one entry here and one symbol in public/icons.svg. Placeholders of a composer template: `{text}`, `{url}`,
`{title}`, `{tags}` (hashtags with commas between) and `{message}` (text, hashtags and address in one). The rules were looked
up in 2026; `source` says where. What stands behind UNVERIFIED is in common use, but was not found in the network's own
documentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["composer", "own_client", "copy", "qr"]
CountsBy = Literal["weighted", "graphemes", "short_links", "emoji_bytes", "utf16", "encoded", "sms_parts"]
UNVERIFIED = "Unverified: "

NAMES = re.compile(r"\{(\w+)\}")  # the placeholders of a composer template


def _(message: str) -> str:
    """Marks a name for the catalogue; templates translate it. Brand names are not marked."""
    return message


@dataclass(frozen=True)
class Network:
    """One network. Hashable, so that it can be a key.

    kind: composer = a page or app of the network; own_client = the person's own mail or messages; copy = the text is copied
    and pasted there by hand; qr = the network has no address to open and scans the code instead.
    limit: how much `counts_by` may come to (see limits.count), None if nobody reaches it; limit_bytes: UTF-8 bytes besides.
    counts_url: whether the address is part of what is counted. medium: the utm_medium of its links.
    """

    slug: str
    name: str
    composer: str
    source: str
    kind: Kind = "composer"
    medium: str = "social"
    limit: int | None = None
    counts_by: CountsBy = "utf16"
    counts_url: bool = True
    limit_bytes: int | None = None
    mobile_only: bool = False
    hashtags: int = 0  # how many it takes
    joint: str = "\n"  # what stands between text and address
    ellipsis: str = "…"

    @property
    def takes(self) -> frozenset[str]:
        """Which of text, url, title and hashtags end up in the composer."""
        names = set(NAMES.findall(self.composer))
        if "message" in names:
            names |= {"text", "url"}
        if self.hashtags:
            names.add("hashtags")
        return frozenset(names - {"message", "tags"})


NETWORKS: tuple[Network, ...] = (
    Network(
        "whatsapp",
        "WhatsApp",
        "https://wa.me/?text={message}",
        UNVERIFIED + "as published share buttons use it; no limit that a sentence reaches",
        medium="message",
    ),
    Network(
        "facebook",
        "Facebook",
        "https://www.facebook.com/sharer/sharer.php?u={url}",
        "takes the address alone (Facebook's policy is against filled-in text): the preview card speaks",
    ),
    Network(
        "x",
        "X",
        "https://x.com/intent/post?text={text}&url={url}&hashtags={tags}",
        "docs.x.com/fundamentals/counting-characters; configuration 3 of twitter-text",
        limit=280,
        counts_by="weighted",
        joint=" ",
        hashtags=5,
    ),
    Network(
        "linkedin",
        "LinkedIn",
        "https://www.linkedin.com/sharing/share-offsite/?url={url}",
        "takes the address alone, title and summary are ignored (secondary sources): the preview card speaks",
    ),
    Network(
        "email",
        _("E-mail"),
        "mailto:?subject={title}&body={message}",
        UNVERIFIED
        + "RFC 6068 sets no limit; mail programs on Windows are given addresses up to about 2,000 characters",
        kind="own_client",
        medium="email",
        limit=1500,
        counts_by="encoded",
        joint="\n\n",
    ),
    Network(
        "telegram",
        "Telegram",
        "https://t.me/share/url?url={url}&text={text}",
        UNVERIFIED + "as published share buttons use it; a message holds 4,096 characters, more than we write",
        medium="message",
    ),
    Network(
        "bluesky",
        "Bluesky",
        "https://bsky.app/intent/compose?text={message}",
        "docs.bsky.app, action intent links: 300 graphemes, the address in full; 3,000 bytes as the lexicon of posts is quoted",
        limit=300,
        counts_by="graphemes",
        limit_bytes=3000,
        hashtags=5,
    ),
    # There are thousands of Mastodon servers, and none of them is "the" one. The project's own chooser asks the person which,
    # keeps the answer in the browser, and reads the text after "#", which browsers send to no server.
    Network(
        "mastodon",
        "Mastodon",
        "https://share.joinmastodon.org/#text={message}",
        "source code of share.joinmastodon.org (2026); "
        + UNVERIFIED
        + "500 graphemes unless set otherwise, every link as 23",
        limit=500,
        counts_by="short_links",
        hashtags=5,
    ),
    Network(
        "threads",
        "Threads",
        "https://www.threads.com/intent/post?text={text}&url={url}&tag={tags}",
        "developers.facebook.com/documentation/threads/posts: 500 characters, an emoji counts as its UTF-8 bytes",
        limit=500,
        counts_by="emoji_bytes",
        hashtags=1,
    ),
    Network(
        "sms",
        _("Text message"),
        "sms:?&body={message}",
        UNVERIFIED
        + "RFC 5724 has ?body=, iOS reads &body=, this form is read by both. 3GPP 23.038 sets the parts; three at most",
        kind="own_client",
        medium="message",
        mobile_only=True,
        limit=3,
        counts_by="sms_parts",
        ellipsis="...",  # "…" is not in the short alphabet and would more than double the parts
    ),
    Network(
        "reddit",
        "Reddit",
        "https://www.reddit.com/submit?url={url}&title={text}",
        UNVERIFIED + "a headline holds 300 characters; the address stands apart",
        limit=300,
        counts_url=False,
    ),
    Network(
        "messenger",
        "Messenger",
        "fb-messenger://share/?link={url}",
        UNVERIFIED + "the app's address; on a desktop a registered application would be needed",
        medium="message",
        mobile_only=True,
    ),
    Network(
        "viber",
        "Viber",
        "viber://forward?text={message}",
        UNVERIFIED + "200 characters with the address",
        medium="message",
        mobile_only=True,
        limit=200,
    ),
    Network(
        "line",
        "LINE",
        "https://social-plugins.line.me/lineit/share?url={url}&text={text}",
        "developers.line.biz, LINE social plugins",
        medium="message",
    ),
    Network(
        "teams",
        "Microsoft Teams",
        "https://teams.microsoft.com/share?href={url}&msgText={text}",
        UNVERIFIED + "learn.microsoft.com, share to Teams from web apps, documents the script that opens this address",
        medium="message",
    ),
    Network(
        "slack",
        "Slack",
        "",
        UNVERIFIED + "Slack has no composer address: the text is copied, Slack unfolds the preview card",
        kind="copy",
        medium="message",
    ),
    Network(
        "classroom",
        "Google Classroom",
        "https://classroom.google.com/share?url={url}&title={title}&body={text}",
        UNVERIFIED + "developers.google.com/classroom/guides/sharebutton documents the script that opens this address",
    ),
    Network(
        "wechat",
        "WeChat",
        "",
        UNVERIFIED + "WeChat has no composer address: its scanner opens the code, and the page is shared from there",
        kind="qr",
        medium="message",
    ),
    Network(
        "vk",
        "VK",
        "https://vk.com/share.php?url={url}&title={title}",
        UNVERIFIED + "as published share buttons use it",
    ),
    Network(
        "tumblr",
        "Tumblr",
        "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}&caption={text}&tags={tags}",
        UNVERIFIED + "as published share buttons use it",
        hashtags=5,
    ),
    Network(
        "pinterest",
        "Pinterest",
        "https://www.pinterest.com/pin/create/button/?url={url}&description={text}",
        UNVERIFIED + "a description holds 500 characters; Pinterest looks for the picture on the page",
        limit=500,
        counts_url=False,
    ),
    Network(
        "xing",
        "XING",
        "https://www.xing.com/spi/shares/new?url={url}",
        UNVERIFIED + "as published share buttons use it; takes the address alone",
    ),
)

# What labels a link and is no network, with its utm_medium.
CHANNELS: dict[str, str] = {"copy": "link", "qr": "qr", "native": "link", "page": "link", "invitation": "email"}

_BY_SLUG = {network.slug: network for network in NETWORKS}


def network(slug: str) -> Network | None:
    """The network of this name; None for a channel that is no network and for what is unknown."""
    return _BY_SLUG.get(slug)


def channel_slugs() -> tuple[str, ...]:
    """Everything that a link may be labelled with: the networks, then copy, qr, native, page and invitation (a mail that
    the platform sends). At most 24 letters each."""
    return (*_BY_SLUG, *CHANNELS)


def medium(slug: str) -> str:
    """The utm_medium of a channel: social, message, email, qr or link; link for what is unknown."""
    known = _BY_SLUG.get(slug)
    return known.medium if known else CHANNELS.get(slug, "link")
