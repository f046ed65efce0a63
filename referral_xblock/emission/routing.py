"""Lets events of ours through event-routing-backends, where a site has it: it sends nothing of which it was not told the name.

Plain functions over settings, so that both packages' settings files can use them. Nothing is changed in place: Studio shares
some of the LMS's objects, and what the platform's YAML file brought stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ALLOWED = "EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS"
BACKENDS = "EVENT_TRACKING_BACKENDS"
ON_THE_BUS = "EVENT_BUS_TRACKING_LOGS"
TO_XAPI = "event_routing_backends.processors.xapi.transformer_processor.XApiProcessor"
WHITELIST = "eventtracking.processors.whitelist.NameWhitelistProcessor"


def allow_in_xapi(settings: Any, names: Iterable[str]) -> None:
    """Adds these names to every list that stands between the tracker and xAPI. Repeatable, before and after that plugin.

    Without it nothing is set. Before its own settings ran there is nothing to add to: the platform asks us again at the end of
    the production settings.
    """
    names = tuple(names)
    allowed = getattr(settings, ALLOWED, None)
    if allowed is None:
        return
    wider = _with(allowed, names)
    setattr(settings, ALLOWED, wider)
    if getattr(settings, ON_THE_BUS, None):
        setattr(settings, ON_THE_BUS, _with(getattr(settings, ON_THE_BUS), names))
    backends = getattr(settings, BACKENDS, None)
    if isinstance(backends, dict):
        # The list that the router holds is the setting itself, to which other plugins may still add: it stays that.
        setattr(settings, BACKENDS, {name: _opened(one, names, (allowed, wider)) for name, one in backends.items()})


def kept_from_xapi(settings: Any, names: Iterable[str]) -> list[str]:
    """Those of the names that a list in the final settings keeps from xAPI; all of them where nothing leads there."""
    backends = getattr(settings, BACKENDS, None)
    ways = [way for one in (backends or {}).values() for way in _ways(one)]
    return [name for name in names if not any(all(name in listed for listed in way) for way in ways)]


def _opened(node: Any, names: tuple[str, ...], same: tuple[Any, Any]) -> Any:
    """The configuration of a backend, with the names added to its lists if xAPI is behind it."""
    if not any(True for _way in _ways(node)):
        return node
    options = dict(node["OPTIONS"])
    if "processors" in options:
        options["processors"] = [_processor(one, names, same) for one in options["processors"]]
    if "backends" in options:
        options["backends"] = {name: _opened(one, names, same) for name, one in options["backends"].items()}
    return {**node, "OPTIONS": options}


def _processor(node: Any, names: tuple[str, ...], same: tuple[Any, Any]) -> Any:
    listed = _listed(node)
    if listed is None:
        return node
    wider = same[1] if listed is same[0] else _with(listed, names)
    return {**node, "OPTIONS": {**node["OPTIONS"], "whitelist": wider}}


def _ways(node: Any) -> list[list[Any]]:
    """For each way through this backend to xAPI, the lists that stand on it."""
    options = node.get("OPTIONS") if isinstance(node, dict) else None
    if not isinstance(options, dict):
        return []
    processors = options.get("processors") or []
    here = [listed for listed in map(_listed, processors) if listed is not None]
    if any(isinstance(one, dict) and one.get("ENGINE") == TO_XAPI for one in processors):
        return [here]
    return [here + way for one in (options.get("backends") or {}).values() for way in _ways(one)]


def _listed(processor: Any) -> Any | None:
    """The names that a processor lets through; None if it is another kind."""
    if not isinstance(processor, dict) or processor.get("ENGINE") != WHITELIST:
        return None
    return (processor.get("OPTIONS") or {}).get("whitelist")


def _with(listed: Any, names: tuple[str, ...]) -> Any:
    """The same kind of list, with those names that it lacks."""
    return type(listed)([*listed, *(name for name in names if name not in listed)])
