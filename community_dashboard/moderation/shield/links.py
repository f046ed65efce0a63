"""The links and pictures of a post, whether Markdown, HTML or bare, and what kind of place they lead to. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from urllib.parse import unquote


class Place(StrEnum):
    """What kind of place an address is."""

    OWN = "own"  # of the platform itself
    KNOWN = "known"  # where learners find sources
    SHORT = "short"  # hides where it leads
    CONTACT = "contact"  # opens a chat with somebody
    GROUP = "group"  # opens the door to a group chat, as learners share them too
    HOSTED = "hosted"  # anybody puts up a page there in a minute
    CHEAP = "cheap"  # an ending that is mostly bought for spam
    OTHER = "other"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORTENERS = _listed(
    """
    2u.pw acesse.one adf.ly bit.ly bitly.ws bl.ink buff.ly clck.ru cutt.ly da.gd dub.sh encr.pw encurtador.com.br gg.gg
    goo.su is.gd kutt.it l.ead.me lc.cx lstu.fr me-qr.com n9.cl ouo.io ow.ly qr.ae qrco.de rb.gy rebrand.ly s.id shor.by
    short.io shorturl.asia shorturl.at shrtco.de soo.gd t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com u.to urlr.me
    urlz.fr v.gd vu.fr x.co
    """
)
CONTACTS = _listed(
    """
    api.whatsapp.com join.skype.com line.me m.me signal.me t.me telegram.dog telegram.me viber.me wa.link wa.me zalo.me
    """
)
GROUPS = frozenset({"chat.whatsapp.com", "discord.gg", "discord.com"})
HOSTED = _listed(
    """
    beacons.ai bio.link bio.site blogspot.com campsite.bio carrd.co docs.google.com drive.google.com firebaseapp.com
    forms.gle forms.office.com github.io gitlab.io glitch.me jotform.com linktr.ee lnk.bio my.canva.site netlify.app
    notion.site notion.so pages.dev pastebin.com rentry.co replit.app sites.google.com surge.sh taplink.cc telegra.ph
    typeform.com vercel.app web.app weebly.com wixsite.com
    """
)
KNOWN = _listed(
    """
    archive.org arxiv.org bbc.co.uk bbc.com cairn.info coursera.org doi.org edx.org flickr.com framacalc.org
    framapad.org fun-mooc.fr gallica.bnf.fr github.com gitlab.com gutenberg.org hal.science hbr.org imgur.com jstor.org
    khanacademy.org lemonde.fr mozilla.org nature.com nytimes.com openedition.org openstreetmap.org persee.fr plos.org
    python.org radiofrance.fr stackoverflow.com staticflickr.com ted.com theguardian.com vimeo.com wikibooks.org
    wikimedia.org wikipedia.org wiktionary.org youtu.be youtube.com
    """
)
KNOWN_ENDINGS = re.compile(r"\.(?:edu|gov|gouv|ac|int|mil)(?:\.[a-z]{2})?$|\.(?:gov|edu|ac)\.[a-z]{2}$|\.europa\.eu$")
CHEAP = re.compile(
    r"\.(?:top|xyz|icu|club|vip|bet|casino|loan|win|bid|click|buzz|monster|cyou|sbs|rest|quest|cfd|bond|lol|shop|store|online|site"
    r"|website|space|fun|live|tk|ml|ga|cf|gq|pw)$"
)
PATHS_KNOWN = ("goo.gl/maps", "maps.app.goo.gl", "lnkd.in", "amzn.to", "amzn.eu")
_MARKDOWN = re.compile(r"(!?)\[([^\]\n]{0,300})\]\(\s*<?([^)\s>]{1,2000})")
_ANCHOR = re.compile(
    r"<a\b[^>]{0,500}?href\s*=\s*[\"']?([^\"'\s>]{1,2000})[^>]{0,500}>(.{0,300}?)</a>", re.IGNORECASE | re.DOTALL
)
_IMAGE = re.compile(r"<img\b[^>]{0,2500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(src|alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_BARE = re.compile(
    r"(?:h(?:tt|xx)ps?://|www\.)[^\s<>()\"']{3,500}|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,10}/[^\s<>()\"']{2,500}",
    re.IGNORECASE,
)
_DRESSED = [
    (re.compile(r"hxxp", re.IGNORECASE), "http"),
    (re.compile(r"\[\.\]|\(\.\)|\[dot\]|\(dot\)", re.IGNORECASE), "."),
]
_BROKEN = re.compile(r"(?<![\w.])([a-z0-9-]{4,63})\s+\.\s?(com|net|org|info|top|xyz|site)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """One address in a post. `words` are those it stands behind, "" where the address is bare."""

    host: str
    path: str
    words: str
    place: Place
    picture: bool = False

    @property
    def address(self) -> str:
        """Host and path in small letters."""
        return f"{self.host}{self.path}".casefold()


@dataclass(frozen=True)
class Found:
    """What stands in a text besides its words."""

    links: tuple[Link, ...]
    pictures: tuple[Link, ...]
    rest: str  # the text without any of them, and without tags
    dressed_up: bool  # an address was written so that programs overlook it


def find_links(text: str, own_hosts: frozenset[str] = frozenset()) -> Found:
    """Every address in a text."""
    whole = text
    for pattern, usual in _DRESSED:
        whole = pattern.sub(usual, whole)
    whole = _BROKEN.sub(r"http://\1.\2", whole)
    dressed_up = whole != text
    links: list[Link] = []
    pictures: list[Link] = []

    def take_image(match: re.Match[str]) -> str:
        said = {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(match[0])}
        pictures.append(
            _link(said.get("src", ""), f"{said.get('alt', '')} {said.get('title', '')}", own_hosts, picture=True)
        )
        return " "

    def take_anchor(match: re.Match[str]) -> str:
        links.append(_link(match[1], match[2], own_hosts))
        return f" {match[2]} "

    def take_markdown(match: re.Match[str]) -> str:
        link = _link(match[3], match[2], own_hosts, picture=bool(match[1]))
        (pictures if link.picture else links).append(link)
        return " " if link.picture else f" {match[2]} "

    def take_bare(match: re.Match[str]) -> str:
        links.append(_link(match[0].rstrip(".,;:!?»)"), "", own_hosts))
        return " "

    rest = _ANCHOR.sub(take_anchor, _IMAGE.sub(take_image, whole))
    rest = _BARE.sub(take_bare, _MARKDOWN.sub(take_markdown, rest))
    return Found(tuple(links), tuple(pictures), unescape(re.sub(r"</?[a-zA-Z][^>]{0,500}>", " ", rest)), dressed_up)


def _link(address: str, words: str, own_hosts: frozenset[str], *, picture: bool = False) -> Link:
    plain = re.sub(r"^\w+:(//)?|^//", "", unescape(address).strip())
    host, slash, path = plain.partition("/")
    host, mark, query = host.partition("?")
    host = host.rpartition("@")[2].partition(":")[0].casefold().removeprefix("www.")
    path = unquote(f"{slash}{path}" if slash else f"{mark}{query}")
    if address.startswith(("/", "#")) and not address.startswith("//"):
        host, path = "", address
    return Link(host, path, " ".join(words.split()), place_of(host, path, own_hosts), picture)


def place_of(host: str, path: str = "", own_hosts: frozenset[str] = frozenset()) -> Place:
    """What kind of place a host is; an address without a host is on the platform."""
    if not host or host in own_hosts:
        return Place.OWN
    if f"{host}{path}".startswith(PATHS_KNOWN):
        return Place.KNOWN
    for place, hosts in (
        (Place.SHORT, SHORTENERS),
        (Place.GROUP, GROUPS),
        (Place.CONTACT, CONTACTS),
        (Place.HOSTED, HOSTED),
    ):
        if _is_below(host, hosts):
            return place
    if _is_below(host, KNOWN) or KNOWN_ENDINGS.search(host):
        return Place.KNOWN
    return Place.CHEAP if CHEAP.search(host) else Place.OTHER


def _is_below(host: str, hosts: frozenset[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[place:]) in hosts for place in range(max(len(parts) - 1, 1)))
