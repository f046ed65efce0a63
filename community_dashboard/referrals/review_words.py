"""The fraud review in words: signs, evidence, decisions."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community_dashboard.referrals.figures import whole
from referral_xblock.api import Decision, Evidence, Sign

SIGN_WORDS: dict[Sign, str | Promise] = {
    Sign.SAME_MAILBOX: gettext_lazy("the mailbox of the inviter or of another friend, written in another way"),
    Sign.THROW_AWAY: gettext_lazy("a throw-away address"),
    Sign.SPEED: gettext_lazy("very many new accounts within an hour"),
    Sign.SAME_DEVICE: gettext_lazy("the same network address and browser on one day as another friend or the inviter"),
    Sign.OWN_BROWSER: gettext_lazy("joined in the inviter’s own browser"),
    Sign.RING: gettext_lazy("invited the inviter, directly or by one more person"),
    Sign.BANNED_SOURCE: gettext_lazy("a source that does not count"),
    Sign.DORMANT: gettext_lazy("an old account without a sign of life before"),
    Sign.IDLE: gettext_lazy("enrolled and nothing done, or a single block within minutes"),
    Sign.IDLE_COMPANY: gettext_lazy("nearly all friends of this inviter did nothing"),
}
DECIDED: dict[Decision, str | Promise] = {
    Decision.APPROVE: gettext_lazy("Approved"),
    Decision.REJECT: gettext_lazy("Rejected"),
}


def sign_words(sign: str) -> str:
    """What a sign means; its name for one that a later version wrote."""
    return str(SIGN_WORDS.get(Sign(sign), sign)) if sign in set(Sign) else sign


def evidence_words(evidence: Evidence) -> list[str]:
    """The figures of one inviter, a sentence each."""
    words = [
        ngettext(
            "%(number)s person came by these invitations; %(credited)s counted at present.",
            "%(number)s people came by these invitations; %(credited)s counted at present.",
            evidence.friends,
        )
        % {"number": whole(evidence.friends), "credited": whole(evidence.credited)}
    ]
    if evidence.new_accounts:
        words.append(
            ngettext(
                "%(number)s new account, at most %(most)s within one hour.",
                "%(number)s new accounts, at most %(most)s within one hour.",
                evidence.new_accounts,
            )
            % {"number": whole(evidence.new_accounts), "most": whole(evidence.most_in_an_hour)}
        )
    if evidence.most_on_one_device > 1:
        words.append(_("Up to %(number)s by one device on one day.") % {"number": whole(evidence.most_on_one_device)})
    words.append(
        ngettext(
            "%(number)s has not completed anything yet.",
            "%(number)s have not completed anything yet.",
            evidence.never_began,
        )
        % {"number": whole(evidence.never_began)}
        if evidence.never_began
        else _("All of them have completed something.")
    )
    return words


def done_words(what: str, people: int) -> str:
    """What was done, for the page that follows; "" for what is no decision."""
    number = {"number": whole(people)}
    if what == Decision.APPROVE.value:
        return (
            ngettext(
                "%(number)s invitation is approved. It counts from now on.",
                "%(number)s invitations are approved. They count from now on.",
                people,
            )
            % number
        )
    if what == Decision.REJECT.value:
        return (
            ngettext(
                "%(number)s invitation is rejected. What rested on it is taken back.",
                "%(number)s invitations are rejected. What rested on them is taken back.",
                people,
            )
            % number
        )
    return {
        "undo": _("The decision is undone. What held before it holds again."),
        "nothing": _("All of it was decided so already."),
    }.get(what, "")
