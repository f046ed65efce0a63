"""A page as the keyboard walks through it and as its accessibility tree tells it.

`walk(page)` presses Tab from the top to the end; `tree_of(page)` asks the browser what it would tell a screen reader.
`walk_wrong` and `tree_wrong` answer with sentences, none if all is well.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, details > summary:first-of-type, [tabindex]"
LISTEN = """
([controls, within]) => {
  const usable = element => element.checkVisibility({visibilityProperty: true}) && !element.matches(':disabled')
    && element.tabIndex >= 0 && !element.closest('[inert]')
  // Of radio buttons with one name the keyboard reaches one.
  const groups = new Set()
  const all = [...document.querySelector(within).querySelectorAll(controls)].filter(usable).filter(element => {
    if (element.type !== 'radio') return true
    const group = `${element.form?.id} ${element.name}`
    return !groups.has(group) && groups.add(group)
  })
  const words = element => (element.labels?.[0]?.innerText || element.ariaLabel || element.innerText || element.name || '').trim()
  const named = element => `${element.localName} ${words(element).slice(0, 60)}`
  const same = element => element.type === 'radio' ? document.querySelector(`input[type=radio][name="${element.name}"]`) : element
  // As the page lies there: what scrolls by itself while the keyboard walks moves nothing.
  const boxes = all.map(element => { const {left, top, bottom} = element.getBoundingClientRect(); return {left, top, bottom} })
  window.walked = []
  document.addEventListener('focusin', ({target}) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect()
    const [x, y] = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2]
    const above = document.elementFromPoint(x, y)
    const place = all.indexOf(same(target))
    window.walked.push({
      place,
      name: named(target),
      marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
      seen: !!above && [target, ...target.labels || []].some(one => one.contains(above) || above.contains(one)),
      box: boxes[place],
    })
  })
  // Within a date Tab goes from month to day to year, and to its calendar.
  const more = 3 * all.filter(element => element.type === 'date').length
  return [all.map(named), all.length + more]
}
"""


@dataclass(frozen=True)
class Walk:
    """What can be used on a page, in the order of its text, and where Tab came, in the order of the presses."""

    controls: list[str]
    stops: list[dict[str, Any]]


def walk(page: Page, within: str = "body") -> Walk:
    """Opens what can be opened, and presses Tab as often as there are controls.

    `within` is a part of the page that can have the focus.
    """
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    if within != "body":
        page.focus(within)
    controls, presses = page.evaluate(LISTEN, [CONTROLS, within])
    for _press in range(presses):
        page.keyboard.press("Tab")
    return Walk(controls, page.evaluate("() => window.walked"))


def walk_wrong(walked: Walk) -> list[str]:
    """Controls that Tab does not reach in the order of the text, or that do not show that they have the focus; leaps back."""
    found = []
    for place, control in enumerate(walked.controls):
        if place >= len(walked.stops) or walked.stops[place]["place"] != place:
            there = walked.stops[place]["name"] if place < len(walked.stops) else "nothing"
            return [f"Tab {place + 1} should reach “{control}” and reaches “{there}”"]
    for before, stop in zip([None, *walked.stops], walked.stops[: len(walked.controls)], strict=False):
        if not stop["marked"]:
            found.append(f"“{stop['name']}” does not show its focus")
        if not stop["seen"]:
            found.append(f"“{stop['name']}” has the focus and is covered")
        if before and stop["box"]["bottom"] <= before["box"]["top"] and stop["box"]["left"] <= before["box"]["left"]:
            found.append(f"the focus leaps back from “{before['name']}” to “{stop['name']}”")
    return found


def tree_of(page: Page) -> list[dict[str, Any]]:
    """What the browser tells a screen reader, in order: role, name and properties, and "within": the roles around it."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    told: list[dict[str, Any]] = []

    def tell(node: dict[str, Any], within: tuple[str, ...]) -> None:
        if not node["ignored"]:
            role, name = (node.get(one, {}).get("value", "") for one in ("role", "name"))
            properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            told.append(properties | {"role": role, "name": name.strip(), "within": within})
            within = (*within, role)
        for child in node.get("childIds", []):
            if child in nodes:
                tell(nodes[child], within)

    tell(next(node for node in nodes.values() if "parentId" not in node), ())
    return told


def tree_wrong(tree: list[dict[str, Any]]) -> list[str]:
    """Controls, headings and tables without a name, headings out of order, landmarks that cannot be told from each other."""
    found = [
        f"a {node['role']} without a name"
        for node in tree
        if not node["name"]
        and (
            (node.get("focusable") and node["role"] not in ("RootWebArea", "main", "generic"))
            or node["role"] in ("heading", "region", "dialog")
            or (node["role"] == "table" and not set(node["within"]) & {"region", "group", "figure"})
        )
    ]
    headings = [node for node in tree if node["role"] == "heading"]
    if [node["level"] for node in headings].count(1) != 1:
        found.append(f"headings of the first level: {[node['name'] for node in headings if node['level'] == 1]}")
    for before, node in pairwise([{"level": 0}, *headings]):
        if node["level"] > before["level"] + 1:
            found.append(
                f"the heading “{node['name']}” of level {node['level']} follows one of level {before['level']}"
            )
    roles = [node["role"] for node in tree]
    found += [
        f"{roles.count(role)} times {role}" for role in ("main", "banner", "contentinfo") if roles.count(role) > 1
    ]
    if "main" not in roles:
        found.append("no main")
    places = [node["name"] for node in tree if node["role"] == "navigation"]
    if len(set(places)) < len(places) or "" in places:
        found.append(f"navigations that cannot be told from each other: {places}")
    return found
