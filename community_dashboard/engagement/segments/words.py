"""What was done to segments, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "made": _("made it"),
    "changed": _("changed it"),
    "set_back": _("set it back"),
    "deleted": _("deleted it"),
}
DONE: dict[str, Any] = {
    "made": _("The segment is made. It counts from now on."),
    "changed": _("The segment is changed. Its new meaning holds from now on, in lists and charts."),
    "back": _("The segment is as it was made."),
    "deleted": _("The segment is deleted. Nobody was touched by that."),
}
