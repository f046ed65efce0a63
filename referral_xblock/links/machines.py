"""Which requests say themselves that no person reads them: link previews, robots, prefetches, pictures, frames.

It reads what a request says of itself, so it never recognises a scanner that sends a browser's headers: only what happens
later (a gesture, a button, an account) tells. A request that is not recognised is "unknown", not yet a person.
Plain Python, no queries. `docs/machines.md` has what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

LONGEST_USER_AGENT = 2_000
# A prefetched page may be shown to somebody, and an automated browser may be driven by a person's hands (a reader for the
# blind, a kiosk, a test): machines, until a trusted movement or the pressed button says otherwise.
MAY_TURN_OUT_A_PERSON = ("prefetch", "automated")

# What a page is asked for by: a navigation, or our own script (`empty`).
_PAGE_DESTINATIONS = ("", "document", "empty")
_PURPOSE_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_EARLY = re.compile("prefetch|prerender|preview", re.IGNORECASE)

# Entries of the published list that meet people: the browser inside the Facebook application, the system build of many
# Android 15 telephones, a Chinese browser (its spider is named by our own words), and plain words that are also devices.
_PEOPLE = frozenset({"MetaIAB Facebook", r"AP3A\.240617\.008", "Sogou", "Sonic", "Butterfly", "Fluid"})
_PREVIEW_TAG = "social-preview"

# Link previews that the published list lacks or knows by one spelling only. Fediverse servers name themselves.
_OUR_PREVIEWS = (
    r"bluesky cardyb|viber|mastodon|pleroma|akkoma|misskey|summaly|gotosocial|friendica|lemmy|pixelfed|peertube|hubzilla"
    r"|facebookexternalhit|facebookcatalog|facebot|kakaotalk-scrap|line-poker|microsoft-?teams.*preview|skypeuripreview"
    r"|iframely|embedly|onebox|opengraph|link ?preview|url ?preview|unfurl|zoombot|mattermost|rocket\.chat|zulip"
    r"|iMessage.*preview|signal-desktop|vkshare|odklbot|flipboardproxy|bingpreview|google-pagerenderer|google web preview"
)
# Words by which robots, clients and watchers call themselves. Cubot, ID Bot and XBot are telephones.
_OUR_CRAWLERS = (
    r"(?<!cu)bot(?=[-/;),:@+._]|$| \()|crawl|spider|scrap(?:er|ing|y)|slurp|harvest|archiver|indexer|validator|checker|scanner"
    r"|monitor|fetch(?:er)?\b|headless|phantomjs|puppeteer|playwright|selenium|webdriver|cypress|jsdom|htmlunit|lighthouse"
    r"|page ?speed|gtmetrix|pingdom|uptime|feed(?:ly|burner|parser|bin)|rss|urllib|requests/|httpx|aiohttp|okhttp|curl|wget"
    r"|go-http|guzzle|axios|node-fetch|undici|libwww|\blwp|apache-http|java/|jakarta|httpclient|http_request|winhttp|mechanize"
    r"|safelinks|proofpoint|mimecast|barracuda|urlscan|virustotal|wordpress/"
    r"|agent(?:[ /);]|$)|(?:image|mail|\.net) ?proxy|inspector|diagnostics|observatory|snapshot|duplexweb|google-[a-z]"
    r"|google (?:search|favicon|keyword)|yandex\.translate|neustar wpm|iplabel|ptst[ /]|link ?check|web-?capture|mshots"
    # Office asks for an address itself before it hands it to the browser.
    r"|webthumb|ms-?office|\b(?:excel|word|powerpoint)/\d"
    # A browser's user agent holds no address of its maker; a robot's does.
    r"|https?:/(?!/bsalsa)|www\.|[a-z0-9]@[a-z0-9-]+\.[a-z]{2}"
)
# A browser names an engine from the old days and the system it runs on; telephones from before touch screens, a profile.
_ENGINE = re.compile(r"Mozilla|Opera|AppleWebKit", re.IGNORECASE)
_SYSTEM = re.compile(
    r"Windows|Win9[58]|Macintosh|Mac OS|Mac_P|Linux|Android|Adr |iPhone|iPad|iPod|CrOS|X11|BSD|SunOS|Symbian|BlackBerry"
    r"|BB10|Series ?[3468]0|Nokia|PlayStation|Nintendo|Xbox|Tizen|Web0S|webOS|hpwOS|bada|MeeGo|Amiga|Haiku|OS/2|BeOS|Harmony"
    r"|KAIOS|Mobile|Tablet|SMART-TV|SmartTV|HbbTV",
    re.IGNORECASE,
)
_OLD_TELEPHONE = re.compile(
    r"UCWEB|UC ?Browser|MIDP|CLDC|WAP|UP\.|Profile/|NetFront|Obigo|Teleca|DoCoMo|SoftBank|KDDI|J-PHONE|Opera Mini"
)
# "Mozilla/5.0 (compatible; Name/1.0)": old browsers had that too, and they name their engine or system.
_COMPATIBLE = re.compile(r"\(compatible; *(?! |MSIE|Konqueror|Windows|iCab|DoCoMo)[^)]*[A-Za-z]")
_CHUNK = 25  # some of the published patterns together are searched faster than all of them in one expression


def recognise(method: str, headers: Mapping[str, str]) -> str:
    """Why a request is a machine's, or "" when nothing says so.

    "method" (neither GET nor POST), "prefetch" (the browser or an application asks ahead of the reader), "not_a_page"
    (a picture tag, a frame, a script …), "no_user_agent", "preview" (a known fetcher of link previews), "crawler" (a known
    robot, an HTTP library, a watcher, or more than 2,000 characters), "automated" (a browser that a program drives and that
    is otherwise like any other). What is in MAY_TURN_OUT_A_PERSON is a machine only while nobody acts on the page.

    `headers` answers to names as in `User-Agent`: Django's `request.headers` does, in any case. A user agent is judged once
    per process and remembered. A prefetched page may still be shown to a person later: what the person then does counts.
    """
    if method.upper() not in ("GET", "POST"):
        return "method"
    if any(_EARLY.search(headers.get(name, "")) for name in _PURPOSE_HEADERS):
        return "prefetch"
    if headers.get("Sec-Fetch-Dest", "").strip().lower() not in _PAGE_DESTINATIONS:
        return "not_a_page"
    user_agent = headers.get("User-Agent", "")
    if len(user_agent) > LONGEST_USER_AGENT:
        return "crawler"
    return recognise_user_agent(user_agent)


@lru_cache(maxsize=4096)
def recognise_user_agent(user_agent: str) -> str:
    """What a user agent alone tells: "no_user_agent", "preview", "crawler", "automated" or ""."""
    if not re.search(r"[A-Za-z]{2}", user_agent):
        return "no_user_agent"
    if "HeadlessChrome/" in user_agent:
        return recognise_user_agent(user_agent.replace("HeadlessChrome/", "Chrome/")) or "automated"
    if any(pattern.search(user_agent) for pattern in _PREVIEWS):
        return "preview"
    if not _is_shaped_as_browser(user_agent):
        return "crawler"
    return "crawler" if any(pattern.search(user_agent) for pattern in _CRAWLERS) else ""


def _is_shaped_as_browser(user_agent: str) -> bool:
    if _OLD_TELEPHONE.search(user_agent):
        return True
    return bool(_ENGINE.search(user_agent) and _SYSTEM.search(user_agent)) and not _COMPATIBLE.search(user_agent)


def _compile(own: str, published: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Our own words in any case, then the published patterns as they are written."""
    patterns = list(published)
    chunks = ("|".join(patterns[start : start + _CHUNK]) for start in range(0, len(patterns), _CHUNK))
    return (re.compile(own, re.IGNORECASE), *map(re.compile, chunks))


def _published(previews: bool) -> Iterable[str]:
    for entry in CRAWLER_USER_AGENTS_DATA:
        if entry["pattern"] not in _PEOPLE and (_PREVIEW_TAG in entry.get("tags", ())) is previews:
            yield entry["pattern"]


_PREVIEWS = _compile(_OUR_PREVIEWS, _published(previews=True))
_CRAWLERS = _compile(_OUR_CRAWLERS, _published(previews=False))
