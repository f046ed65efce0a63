"""Which deed is behind which choice: one table."""

from __future__ import annotations

from community_dashboard.data import PostKind
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.acts_on_items import Assign, Snooze
from community_dashboard.moderation.decisions.acts_on_people import Ban, Lift, Note, Silence, Warn
from community_dashboard.moderation.decisions.acts_on_posts import Delete, Edit, Move, Switch
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.masking import Mask, Unmask
from community_dashboard.moderation.decisions.replies import Reply

_MASK, _UNMASK = Mask(), Unmask()
_CLOSED = Switch("closed", on=Choice.CLOSE, kind=PostKind.THREAD)
_PINNED = Switch("pinned", on=Choice.PIN, kind=PostKind.THREAD)
_ENDORSED = Switch("endorsed", on=Choice.ENDORSE, kind=PostKind.COMMENT)

DEEDS: dict[Choice, Deed] = {
    Choice.APPROVE: _UNMASK,
    Choice.RESTORE: _UNMASK,
    Choice.HOLD: _MASK,
    Choice.HIDE: _MASK,
    Choice.EDIT: Edit(),
    Choice.DELETE: Delete(),
    Choice.CLOSE: _CLOSED,
    Choice.REOPEN: _CLOSED,
    Choice.PIN: _PINNED,
    Choice.UNPIN: _PINNED,
    Choice.ENDORSE: _ENDORSED,
    Choice.UNENDORSE: _ENDORSED,
    Choice.MOVE: Move(),
    Choice.REPLY: Reply(),
    Choice.WARN: Warn(),
    Choice.SILENCE: Silence(),
    Choice.BAN: Ban(),
    Choice.LIFT: Lift(),
    Choice.NOTE: Note(),
    Choice.ASSIGN: Assign(),
    Choice.SNOOZE: Snooze(),
}
