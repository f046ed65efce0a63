"""Pages that stand for the platform's around our block: nothing of the platform, only what it does to a block inside.

The learning MFE (on a host of its own) frames the LMS's page of a unit; that page tells its height to the window around it,
sends links without a target there, and brings the LMS's old rules for every heading, list, link, field and button. Studio
opens a block's form in a sandbox, with a rem of ten pixels. Each page here holds the demo's real block, under the demo's real
address: cookies, handlers and files are the demo's.
"""

from __future__ import annotations

import re

from lxml import html
from playwright.sync_api import FrameLocator, Page, Route

from tests.browser.conftest import Site
from tests.mariadb import free_port

MFE_ALLOWS = "microphone *; camera *; midi *; geolocation *; encrypted-media *; clipboard-write *; autoplay *"
STUDIO_SANDBOX = (
    "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin"
    " allow-scripts allow-top-navigation-by-user-activation"
)

AROUND = """<!doctype html><html lang="en"><head><title>Around</title><meta name="viewport" content="width=device-width">
<style>body {{ margin: 0 }} iframe {{ display: block; width: 100%; height: 0; border: 0 }}</style></head>
<body><h1>Unit</h1><button>Before</button><iframe id="inside" title="Inside" src="{inside}" {attributes}></iframe><p>After</p>
<script>
  window.told = [];
  addEventListener("message", function (event) {{
    if (event.origin !== "{origin}") {{ return; }}
    window.told.push(event.data);
    if (event.data.type === "plugin.resize") {{
      document.getElementById("inside").style.height = event.data.payload.height + "px";
    }}
  }});
</script></body></html>"""

# How strongly the LMS's rules are put matters here, not how they look.
LMS_STYLES = """
  html { line-height: 1em } body { margin: 0; color: #222; font: 16px/1.4 sans-serif }
  h1, h2, h3 { font: normal 1.2em/1.2em serif; color: #888; margin: 0; text-align: center; text-transform: uppercase }
  p a:not(.btn), p a:visited:not(.btn), a:not(.btn), a:visited:not(.btn) { color: #c0f; font: inherit; text-decoration: none }
  p a:visited:not(.btn):hover, a:hover:not(.btn), a:focus:not(.btn) { color: #0f0; text-decoration: none }
  input[type="text"] { background: #ffd; border-radius: 0; height: 35px; padding: 5px 12px; box-shadow: inset 0 0 3px #000 }
  input[type="text"]:focus { border-color: #0f0; box-shadow: 0 0 6px #0f0 }
  label { font-weight: normal; font-style: normal; color: #888 }
  button, .button, form button, form .button { background-image: linear-gradient(#eee, #999); color: #333; font: bold 13px serif;
    text-shadow: 0 1px 0 #fff; box-shadow: inset 0 1px 0 #fff; text-transform: none; padding: 7px 18px }
  button:hover:not(:disabled), form button:hover:not(:disabled) { background-image: linear-gradient(#ddd, #888); color: #333 }
  button:focus:not(:disabled) { box-shadow: inset 0 0 8px 4px #888 }
  .course-wrapper .course-content p { margin-bottom: 1.6em } p + p, ul + p { margin-top: 20px }
  .course-wrapper .course-content ul li { margin-bottom: 0.8em }
  .course-wrapper .course-content .vert-mod > div ul { padding-left: 1em; list-style: disc outside none }
  blockquote { margin: 1em 40px } img { max-width: 100% } span { font: inherit; color: inherit }
"""
# Says the height on loading, on every change and on every change of size; looks at the first letter of every link.
TELLS_ITS_HEIGHT = """
  var content = document.getElementById("content"), last = -1;
  function tell() {
    var height = content.offsetHeight;
    if (window === parent || height === last) { return; }
    last = height;
    parent.postMessage({ type: "plugin.resize", payload: { width: content.offsetWidth, height: height } }, document.referrer);
    scrollTo(0, 0);
  }
  new MutationObserver(tell).observe(document.body, { attributes: true, childList: true, subtree: true });
  new ResizeObserver(tell).observe(document.body);
  addEventListener("load", tell);
  document.querySelectorAll("a").forEach(function (link) {
    link.addEventListener("click", function () { return link.getAttribute("href")[0] === "#"; });
  });
"""
UNIT = """<!doctype html><html lang="en"><head><title>Unit</title><style id="platform">{styles}</style>{files}
<base target="_parent"></head><body class="view-in-course"><div id="content"><div class="course-wrapper chromeless">
<section class="course-content"><main><div class="vert-mod"><div class="vert">{block}</div>
<div class="vert" id="neighbour"><h2>Neighbour</h2><h3>Third</h3><p>Text <a href="#neighbour">link</a></p><p>More</p><ul><li>One
</li></ul><dl><dt>Word</dt><dd>Meaning</dd></dl><label>Field <input type="text"></label><button>Press</button><details><summary>
Sum</summary></details></div></div></main></section></div></div>{scripts}<script>{tells}</script></body></html>"""
FORM = """<!doctype html><html lang="en"><head><title>Form</title><style>
html {{ font-size: 62.5% }} body {{ margin: 0; color: #333 }}</style>{files}</head><body>{block}{scripts}<script>
  window.told = [];
  RuntimeProvider.versions[1].notify = function (name, facts) {{ window.told.push([name, facts]); }};
  {more}
</script></body></html>"""


def _parts(page: html.HtmlElement, block: html.HtmlElement) -> dict[str, str]:
    """The block of a page of the demo, and the styles and scripts that it needs."""
    files = [link for link in page.iterfind(".//link[@rel='stylesheet']") if "/resource/referral/" in link.get("href")]
    scripts = [script for script in page.iterfind(".//script[@src]") if "/demo/campus" not in script.get("src")]
    return {
        "files": "".join(html.tostring(link, encoding="unicode") for link in files),
        "block": html.tostring(block, encoding="unicode", with_tail=False),
        "scripts": "".join(html.tostring(script, encoding="unicode", with_tail=False) for script in scripts),
    }


def _served(page: Page, address: str, source: str, make: str, picked: str, **more: str) -> None:
    """Answers `address` with the page made around the block that `source` draws now, under no header of the demo's."""

    def answer(route: Route) -> None:
        drawn = html.fromstring(page.request.get(source).text())
        block = drawn.xpath(picked)[0]
        route.fulfill(content_type="text/html; charset=utf-8", body=make.format(**more, **_parts(drawn, block)))

    page.route(address, answer)


def _framed(page: Page, site: Site, inside: str, attributes: str) -> FrameLocator:
    """Opens a page of another host of the same site that frames this address."""
    around = f"http://127.0.0.1:{free_port()}/around"
    body = AROUND.format(inside=inside, attributes=attributes, origin=site.url)
    page.route(around, lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=body))
    page.goto(around)
    return page.frame_locator("#inside")


def open_in_the_learning_frame(
    page: Page, site: Site, *, allow: str = MFE_ALLOWS, styles: str = LMS_STYLES
) -> FrameLocator:
    """The unit with the block as the learning MFE frames it; `page` is the window around it."""
    inside = f"{site.url}/xblock/the-unit"
    picked = "//*[@data-block-type='referral']"
    _served(page, inside, site.facts["unit_url"], UNIT, picked, styles=styles, tells=TELLS_ITS_HEIGHT)
    return _framed(page, site, inside, f'allow="{allow}" allowfullscreen scrolling="no" referrerpolicy="origin"')


def open_in_studios_frame(page: Page, site: Site, *, more: str = "") -> FrameLocator:
    """The form of the block in Studio's sandbox; `more` is a script of the page around the form."""
    inside = f"{site.url}/xblock/the-form"
    picked = "//*[contains(@class, 'xblock-studio_view')]"
    _served(page, inside, site.facts["studio_url"], FORM, picked, more=more)
    return _framed(page, site, inside, f'sandbox="{STUDIO_SANDBOX}" style="height: 700px"')


def code_of(address: str) -> str:
    """The code in the address of a link."""
    return re.search(r"/r/([0-9a-z]+)", address).group(1)
