"""Our events as xAPI statements. Imported only where event-routing-backends is installed, which asks for Python 3.12.

What the platform's own statements have is left to it: the actor under an anonymous number that only xAPI knows, the course as
the parent activity, and the version. Ours are the verb, the object, and the event's fields as extensions of the context.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from event_routing_backends.helpers import get_uuid5
from event_routing_backends.processors.xapi import constants
from event_routing_backends.processors.xapi.registry import XApiTransformersRegistry
from event_routing_backends.processors.xapi.transformer import XApiTransformer
from tincan import Activity, ActivityDefinition, AgentAccount, Extensions, Group, LanguageMap, Verb

from referral_xblock.emission.events import TrackingEvent

# An IRI as xAPI wants it for the key of an extension, the same on every site.
EXTENSION = "urn:openedx-community-growth:xapi:extension:{}"
# Who did what nobody's name belongs to: one group for the whole site, without members.
VISITORS = "visitors"


class CommunityStatement(XApiTransformer):
    """One of our events as a statement; `told` is its row in the table."""

    told: TrackingEvent

    def get_actor(self) -> Any:
        """The actor as the platform anonymises accounts; the site's visitors where the event names nobody."""
        if self.told.actor:
            return super().get_actor()
        return Group(account=AgentAccount(home_page=settings.LMS_ROOT_URL, name=VISITORS))

    def get_verb(self) -> Any:
        """What the actor did."""
        return Verb(id=self.told.statement.verb, display=LanguageMap({constants.EN: self.told.statement.word}))

    def get_object(self) -> Any:
        """What it was done to: an address below this site's, which names it and need not open."""
        about = self.told.statement.about.format(**self._data(), course=self.get_data("context.course_id", True))
        return Activity(
            id=f"{settings.LMS_ROOT_URL}/{about}", definition=ActivityDefinition(type=self.told.statement.kind)
        )

    def get_context_extensions(self) -> Any:
        """What the platform says there, with our fields beside it; a field without a value is left out."""
        theirs = {key: value for key, value in super().get_context_extensions().items() if value is not None}
        ours = {EXTENSION.format(name): value for name, value in self._data().items() if value not in (None, "")}
        return Extensions({**theirs, **ours})

    def get_event_id(self) -> Any:
        """The same for the same event told again, another for every other, also of the same actor and moment."""
        what = json.dumps([self.told.name, self._data()], sort_keys=True)
        return get_uuid5(what, f"{self.get_actor().to_json()}-{self.get_timestamp()}")

    def _data(self) -> dict[str, Any]:
        """The event's own fields: looking for them by name alone might find one of the context."""
        data = self.event.get("data") or {}
        return {name: data.get(name) for name in self.told.fields}


def register(event: TrackingEvent) -> None:
    """A transformer of this event's own; one that is there already is replaced by the same."""
    XApiTransformersRegistry.register(event.name)(type("CommunityStatement", (CommunityStatement,), {"told": event}))
