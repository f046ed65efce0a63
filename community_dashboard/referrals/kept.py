"""What of a period can no longer be counted, because old rows are not kept."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from referral_xblock.api import counted_since

# By the name under which the rows are deleted; rows that no figure of the page comes from are left out.
GONE = {
    "machine_clicks": _("Requests by machines are counted from %(day)s on: older ones are no longer kept."),
    "clicks": _("Requests by people are counted from %(day)s on: of the older ones only those of who joined are kept."),
    "showings": _("Who saw the invitation is counted from %(day)s on: older views are no longer kept."),
    "shares": _("Who shared is counted from %(day)s on: older shares are no longer kept."),
}


def gone_before(start: date | None) -> list[str]:
    """A sentence for each figure that a period beginning on this day (None: with the course) misses some of. One query."""
    since = {name: moment.date() for name, moment in counted_since().items() if name in GONE}
    return [
        str(GONE[name]) % {"day": date_format(since[name])}
        for name in GONE
        if name in since and (start is None or start < since[name])
    ]
