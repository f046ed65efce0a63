"""What a reader is told of verdicts and states."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.bulk.preview import Verdict
from community_dashboard.moderation.bulk.states import State

VERDICTS = {
    Verdict.ACTS: _("will be done"),
    Verdict.ALREADY: _("is so already"),
    Verdict.PROTECTED: _("your role does not reach its author"),
    Verdict.NO_THREAD: _("is an answer, not a thread"),
    Verdict.GONE: _("is no longer in the forum"),
}
# By state, and whether the job is being undone.
STATES = {
    (State.RUNNING.value, False): _("is being done"),
    (State.STOPPED.value, False): _("was stopped"),
    (State.DONE.value, False): _("is done"),
    (State.RUNNING.value, True): _("is being undone"),
    (State.STOPPED.value, True): _("undoing was stopped"),
    (State.DONE.value, True): _("was undone"),
}
