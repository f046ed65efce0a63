"""docs/events.md: what stands above the tables, and the tables made from the two lists of events."""

from __future__ import annotations

from community_dashboard.emission.events import EVENTS as OF_THE_DASHBOARD
from referral_xblock.emission.events import EVENTS as OF_THE_BLOCK
from referral_xblock.emission.events import TrackingEvent

HEAD = """# Events we tell

Made from `referral_xblock/emission/events.py`, `community_dashboard/emission/events.py` and `tests/events_document.py` by
`python -m tests.reference`; a test holds it.

What happens around invitations and in moderation is told through the platform's tracker, as the platform tells its own events:
it stands in the tracking log. Where a site has event-routing-backends it becomes xAPI as well, and where it has Aspects that
reaches ClickHouse (`xapi_events_all_parsed`: the verb, the actor's anonymous number, the object, the course, and the whole
statement with our fields). No chart of Aspects counts these rows by itself: our verbs and types of objects are none of those by
which it chooses enrolments, grades, problems or forum posts.

- **When.** After the transaction that made it true has committed, and not at all after a rollback. What is repeated is told once.
  Two workers that come upon somebody's very first touch in the same instant may both tell that a stage counts; nothing else
  is told twice. An event is lost if the process dies between its commit and its telling, or if the log cannot be written: for
  figures that must be exact, ask our tables.
- **Who.** The actor's number of account in `context.user_id`, as everywhere in the tracking log, and in xAPI the anonymous
  number that event-routing-backends gives an account. The rest of what a request puts into the context is emptied: its
  address would name the code of a link, its session, IP address and browser a visitor.
- **What never stands there.** E-mail addresses, names, codes and tokens, IP addresses, and text that somebody wrote. Who
  invited whom cannot be read from these events; the number of the link stands for it.
- **Clicks.** A request for an invitation page tells nothing. Once a person shows behind it, one event counts it, without any
  identity, also where the visitor is signed in or an account is known by then; in xAPI its actor is the group `visitors` of the
  site. A link that leads straight on, without a page of ours, has no person before there is an account. Machines are left out;
  our pages count them apart.
- **What it costs.** A request for an invitation page pays nothing. One event takes some tens of microseconds with a log file
  (78 in the median, measured in one process on a busy machine; 1.4 where it is switched off); a click that shows a person, and
  journeys that change, one query by primary key more, after the commit. Where event-routing-backends is installed each event
  is one message to Celery's broker as well, as each of the platform's own that becomes xAPI.
- **What is imported** (`bind_touches`, `note_events`) is told when its journeys are computed, with `reached_at` as it was. Shares
  and clicks that are imported are not told.
- **Off.** `REFERRAL_EMIT_EVENTS` and `COMMUNITY_EMIT_EVENTS` set to False. `manage.py lms community_check` says what is told.

In the settings of the LMS our names join every list that stands between the tracker and xAPI: the setting
`EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS`, the whitelists in `EVENT_TRACKING_BACKENDS` on each way that ends at the xAPI
processor, and `EVENT_BUS_TRACKING_LOGS`. A site whose own YAML file sets these as wholes may have to add them there; the check
names what is kept back. Transformers are registered in the LMS alone, at start.
"""
FEW = """## In xAPI

Statements are of version 1.0.3. The parent activity of the context is the course. Each field that has a value is an extension of
the context, under `urn:openedx-community-growth:xapi:extension:<field>`. `about` is below the site's address; it names the
object and need not open.

| event | verb | about | type |
|---|---|---|---|
"""


def document() -> str:
    """The whole text."""
    parts = [HEAD]
    for title, events in (("Around invitations", OF_THE_BLOCK), ("In the dashboard", OF_THE_DASHBOARD)):
        parts += [f"## {title}\n", *map(_section, events)]
    return "\n".join([*parts, FEW + _statements()])


def _section(event: TrackingEvent) -> str:
    rows = [f"| `{name}` | {says} |" for name, says in event.fields.items()]
    actor = f"The actor: {event.actor}." if event.actor else "The actor: nobody."
    return "\n".join([f"### `{event.name}`", "", event.says, actor, "", "| field | |", "|---|---|", *rows, ""])


def _statements() -> str:
    return "".join(
        f"| `{event.name}` | {event.statement.word}: `{event.statement.verb}` | `{event.statement.about}` "
        f"| `{event.statement.kind}` |\n"
        for event in (*OF_THE_BLOCK, *OF_THE_DASHBOARD)
    )
