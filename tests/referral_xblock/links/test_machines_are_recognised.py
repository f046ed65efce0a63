"""What says itself that it is no person is told apart, and no person's browser is."""

# ruff: noqa: E501 - a user agent is kept whole, so that it can be searched for

import time
from statistics import median

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.links.machines import LONGEST_USER_AGENT, MAY_TURN_OUT_A_PERSON, recognise, recognise_user_agent

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.98 Mobile Safari/537.36"
REASONS = {"", "method", "prefetch", "not_a_page", "no_user_agent", "preview", "crawler"}

PREVIEW_FETCHERS = {
    "Facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Meta": "meta-externalfetcher/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "WhatsApp": "WhatsApp/2.23.20.0 A",
    "X": "Twitterbot/1.0",
    "LinkedIn": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Teams and Skype": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Reddit": "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
    "Pinterest": "Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)",
    "Mastodon": "Mastodon/4.5.0 (http.rb/5.2.0; +https://mastodon.example/) Bot",
    "Mastodon before 4.4": "http.rb/5.1.1 (Mastodon/4.2.8; +https://mastodon.example/)",
    "Misskey": "SummalyBot/5.1.0",
    "Bluesky": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "VK": "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Odnoklassniki": "Mozilla/5.0 (compatible; OdklBot/1.0; +http://odnoklassniki.ru)",
    "Viber": "Viber/13.3.0.5 (Linux; Android 10)",
    "Snapchat": "Mozilla/5.0 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)",
    "Iframely": "Iframely/1.3.1 (+https://iframely.com/docs/about)",
    "Bing": "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Matrix": "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "KakaoTalk": "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
    "Discourse": "Discourse Forum Onebox v3.5.0",
}

CRAWLERS = {
    "Googlebot": f"{CHROME.replace('(Windows NT 10.0; Win64; x64)', '(Linux; Android 6.0.1; Nexus 5X)')} (compatible; Googlebot/2.1)",
    "GPTBot": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Sogou spider": "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "curl": "curl/8.10.1",
    "wget": "Wget/1.25.0",
    "requests": "python-requests/2.32.3",
    "urllib": "Python-urllib/3.12",
    "Go": "Go-http-client/2.0",
    "okhttp": "okhttp/4.12.0",
    "Java": "Java/21.0.2",
    "axios": "axios/1.7.2",
    "an application on Android": "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240805.005)",
    "an application on iOS": "SomeReader/114 CFNetwork/1568.200.51 Darwin/24.1.0",
    "Office before the browser": "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "a bare name": "Mozilla/5.0",
    "an unknown robot": "Mozilla/5.0 (compatible; Quux/0.1)",
    "an unknown robot with an address": "Mozilla/5.0 (X11; Linux x86_64) Quux/0.1 (+https://quux.example/)",
}

BROWSERS = {
    "Chrome on Windows": CHROME,
    "Edge": f"{CHROME} Edg/142.0.0.0",
    "Opera": f"{CHROME} OPR/122.0.0.0",
    "Yandex": CHROME.replace("Safari", "YaBrowser/25.8.0.0 Safari"),
    "Firefox on Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Firefox on Android": "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
    "Safari on macOS": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    "Safari on iPhone": f"{IPHONE} Version/18.6 Mobile/15E148 Safari/604.1",
    "Chrome on iPhone": f"{IPHONE} CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1",
    "Google application": f"{IPHONE} GSA/390.0.8 Mobile/15E148 Safari/604.1",
    "DuckDuckGo": f"{IPHONE} Version/18.6 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
    "Chrome on Android": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Ecosia": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36 (Ecosia android@143.0.0.0)",
    "Samsung Internet": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    "Android 15 with a stock build": f"Mozilla/5.0 (Linux; Android 15; RMX3945 Build/AP3A.240617.008; wv) {ANDROID}",
    "inside Facebook on iPhone": f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/530.0.0.45;FBDV/iPhone15,2;FBLC/fr_FR]",
    "inside Facebook on Android": f"Mozilla/5.0 (Linux; Android 16; Pixel 10 Build/CP1A.260305.018; wv) {ANDROID} MetaIAB Facebook",
    "inside Instagram": f"{IPHONE} Mobile/15E148 Instagram 400.0.0.30 (iPhone15,2; iOS 18_6; fr_FR; fr; scale=3.00; 1179x2556)",
    "inside LinkedIn": f"{IPHONE} Mobile/15E148 [LinkedInApp]/9.31.1",
    "inside Pinterest": f"{IPHONE} Mobile/15E148 [Pinterest/iOS]",
    "inside Snapchat": f"{IPHONE} Mobile/15E148 Snapchat/13.50.0.40 (like Safari/8620.2.4, panda)",
    "inside TikTok": f"Mozilla/5.0 (Linux; Android 14; SM-A155F Build/UP1A.231005.007; wv) {ANDROID} trill_400 BytedanceWebview/d8a21c6",
    "inside WeChat": f"Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) {ANDROID} MicroMessenger/8.0.60 Language/zh_CN",
    "inside Line": f"{IPHONE} Mobile/15E148 Safari Line/15.15.0",
    "Sogou browser": f"Mozilla/5.0 (Linux; Android 10; TLA001; wv) {ANDROID} SogouMSE,SogouMobileBrowser/6.1.5",
    "a ViewSonic tablet": "Mozilla/5.0 (Linux; U; Android 4.3; en-US; ViewSonic A8+ Build/JLS36C) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
    "an HTC Butterfly": f"Mozilla/5.0 (Linux; Android 4.4.2; HTC Butterfly Build/KOT49H) {ANDROID}",
    "a Fluid application": "Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10_5_6; en-us) AppleWebKit/528.16 (KHTML, like Gecko) Fluid/0.9.6 Safari/528.16",
    "a Cubot telephone": f"Mozilla/5.0 (Linux; Android 13; CUBOT) {ANDROID}",
    "a telephone called bot": f"Mozilla/5.0 (Linux; Android 7.0; M bot 51) {ANDROID}",
    "UC Browser": "Mozilla/5.0 (Linux; U; Android 12; en-US; RMX3261) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.4.0.1306 Mobile Safari/537.36",
    "Opera Mini": "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/191.303; U; en) Presto/2.12.423 Version/12.16",
    "KaiOS": "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
    "Internet Explorer": "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
    "Konqueror": "Mozilla/5.0 (compatible; Konqueror/4.5; Linux) KHTML/4.5.4 (like Gecko)",
    "PlayStation": "Mozilla/5.0 (PlayStation; PlayStation 5/9.60) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
}


def headers(user_agent=CHROME, **more):
    return {"User-Agent": user_agent} | {name.replace("_", "-"): value for name, value in more.items()}


@pytest.mark.parametrize("user_agent", PREVIEW_FETCHERS.values(), ids=PREVIEW_FETCHERS)
def test_a_fetcher_of_link_previews_is_named_as_one(user_agent):
    assert recognise("GET", headers(user_agent)) == "preview"


def test_there_are_twenty_two_preview_fetchers_and_twenty_browsers_at_least():
    assert len(set(PREVIEW_FETCHERS.values())) >= 22
    assert len(set(BROWSERS.values())) >= 20


@pytest.mark.parametrize("user_agent", CRAWLERS.values(), ids=CRAWLERS)
def test_a_robot_or_a_library_is_a_crawler(user_agent):
    assert recognise("GET", headers(user_agent)) == "crawler"


@pytest.mark.parametrize("user_agent", BROWSERS.values(), ids=BROWSERS)
def test_a_browser_is_not_recognised(user_agent):
    assert recognise("GET", headers(user_agent, Sec_Fetch_Dest="document", Sec_Fetch_Mode="navigate")) == ""
    assert recognise("POST", headers(user_agent, Sec_Fetch_Dest="empty")) == ""


@pytest.mark.parametrize("method", ["HEAD", "head", "OPTIONS", "PUT", "PROPFIND", ""])
def test_a_method_that_reads_no_page_is_a_machine_whatever_the_browser(method):
    assert recognise(method, headers()) == "method"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Sec-Purpose", "prefetch;anonymous-client-ip"),
        ("Purpose", "prefetch"),
        ("X-Purpose", "preview"),
        ("X-Purpose", "Preview"),
        ("X-Moz", "prefetch"),
    ],
)
def test_a_page_asked_for_ahead_of_the_reader_is_a_prefetch(name, value):
    assert recognise("GET", headers() | {name: value}) == "prefetch"


@pytest.mark.parametrize(
    "destination", ["image", "iframe", "frame", "script", "style", "object", "embed", "audio", "video", "Image"]
)
def test_a_picture_tag_or_a_frame_is_not_a_page(destination):
    assert recognise("GET", headers(Sec_Fetch_Dest=destination)) == "not_a_page"


@pytest.mark.parametrize("user_agent", ["", " ", "-", "\t", "0", "\x00"])
def test_a_request_without_a_user_agent_is_a_machine(user_agent):
    assert recognise("GET", headers(user_agent)) == "no_user_agent"
    assert recognise("GET", {}) == "no_user_agent"


def test_a_user_agent_without_end_is_a_machine_and_is_not_remembered():
    assert recognise("GET", headers(CHROME + " x" * LONGEST_USER_AGENT)) == "crawler"
    before = recognise_user_agent.cache_info().currsize
    recognise("GET", headers("Mozilla/5.0 (Windows NT 10.0) " + "y" * 10_000_000))
    assert recognise_user_agent.cache_info().currsize == before


def test_every_instance_of_the_published_list_but_the_people_in_it_is_recognised():
    instances = [(e["pattern"], i) for e in CRAWLER_USER_AGENTS_DATA for i in e["instances"]]
    missed = [instance for _, instance in instances if not recognise_user_agent(instance)]
    assert len(instances) > 2_000
    assert len(missed) / len(instances) < 0.005


def test_the_headers_of_a_django_request_are_read_in_any_case():
    ask = RequestFactory()
    assert recognise("GET", ask.get("/", headers={"user-agent": CHROME, "sec-fetch-dest": "document"}).headers) == ""
    assert (
        recognise("GET", ask.get("/", headers={"user-agent": CHROME, "sec-fetch-dest": "image"}).headers)
        == "not_a_page"
    )
    assert recognise("GET", ask.get("/", headers={"user-agent": CHROME, "x-purpose": "preview"}).headers) == "prefetch"
    assert recognise("GET", ask.get("/").headers) == "no_user_agent"


@given(
    st.text(max_size=10),
    st.dictionaries(st.sampled_from(["User-Agent", "Sec-Purpose", "Sec-Fetch-Dest", "X-Moz"]), st.text()),
)
def test_no_header_raises(method, sent):
    assert recognise(method, sent) in REASONS


@pytest.mark.parametrize(
    "piece", ["(compatible; ", "bot", "Mozilla/5.0 ", "a@", "sentry/", "http", "WAP", "\n", "Microsoft-Teams "]
)
def test_a_hostile_user_agent_is_judged_in_no_time(piece):
    hostile = (piece * LONGEST_USER_AGENT)[:LONGEST_USER_AGENT]
    start = time.process_time()
    recognise_user_agent.__wrapped__(hostile)
    assert time.process_time() - start < 0.5


def test_a_new_user_agent_costs_little_and_a_remembered_one_next_to_nothing():
    new = []
    for user_agent in BROWSERS.values():
        start = time.process_time()
        recognise_user_agent.__wrapped__(user_agent)
        new.append(time.process_time() - start)
    recognise_user_agent(CHROME)
    start = time.process_time()
    for _ in range(1_000):
        recognise_user_agent(CHROME)
    remembered = (time.process_time() - start) / 1_000
    assert median(new) < 0.005  # about 0.35 ms where it was measured; a busy machine gets its share
    assert remembered < median(new) / 20


def test_an_automated_browser_is_named_as_one_that_may_turn_out_a_person():
    driven = CHROME.replace("Chrome/", "HeadlessChrome/")
    assert recognise("GET", {"User-Agent": driven}) == "automated"
    assert "automated" in MAY_TURN_OUT_A_PERSON


def test_a_robot_in_an_automated_browser_stays_a_robot():
    driven = CHROME.replace("Chrome/", "HeadlessChrome/") + " (compatible; Quux/0.1; +https://quux.example/)"
    assert recognise("GET", {"User-Agent": driven}) == "crawler"
