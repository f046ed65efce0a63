"""What a person sees of their rewards, in the unit and at /community/me/."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from referral_xblock.panels import Place, Viewing
from referral_xblock.policy.queries import is_held_out, policy_of
from referral_xblock.rewards.queries import NextMilestone, RewardRow, next_milestone, rewards_of
from referral_xblock.rewards.words import goal, reason_for_learner, what_for


def draw(viewing: Viewing) -> str:
    """The panel; "" where there is nothing to earn and nothing earned. Five queries at most.

    Who sees the block without its prompt is told of no milestone there; what they have is theirs in any case.
    """
    policy = policy_of(viewing.course_key)
    rows = rewards_of(viewing.user_id, viewing.course_key)
    hidden = viewing.place is Place.UNIT and is_held_out(viewing.user_id, viewing.course_key)
    following = None
    if policy.milestones and not policy.paused and not hidden:
        following = next_milestone(viewing.user_id, viewing.course_key, now=viewing.now)
    if not rows and following is None:
        return ""
    context = {
        "granted": [_shown(row) for row in rows if row.state == "granted"],
        "waiting": [_shown(row) for row in rows if row.state == "waiting"],
        "revoked": [_shown(row) for row in rows if row.state == "revoked"],
        "next": _next(following) if following else None,
        "html_id": f"rewards-{crc32(str(viewing.course_key).encode()):x}",
        "new_tab": viewing.place is Place.UNIT,
    }
    return render_to_string("referral_xblock/_rewards.html", context)


def _shown(row: RewardRow) -> dict[str, Any]:
    return {
        "name": row.title or row.badge or what_for(row),
        "what_for": what_for(row),
        "badge": row.badge,
        "badge_url": reverse("referral_xblock:badge", args=[row.badge_id]) if row.badge_id else "",
        "text": row.text,
        "link": row.link,
        "day": row.earned_at,
        "since": row.changed_at,
        "why": _why(row),
    }


def _why(row: RewardRow) -> str:
    if row.state == "waiting":
        if row.reason == "budget":
            return _("All rewards of this course are given out at present. You get it as soon as one is free.")
        return _("The course team takes a look first.")
    return row.note or reason_for_learner(row.reason, row.side)


def _next(one: NextMilestone) -> dict[str, Any]:
    """The next milestone in sentences; nothing in them is guessed."""
    missing = max(one.number - one.known, 0)
    if one.counts == "points":
        have = ngettext("You have %(n)d point.", "You have %(n)d points.", one.known) % {"n": one.known}
    elif one.exact:
        have = ngettext("%(n)d friend counts so far.", "%(n)d friends count so far.", one.known) % {"n": one.known}
    else:
        have = ngettext(
            "%(n)d friend who shows you how they get on has done so.",
            "%(n)d friends who show you how they get on have done so.",
            one.known,
        ) % {"n": one.known}
    sentences = [have]
    if one.exact:
        words = ngettext("%(n)d more is missing.", "%(n)d more are missing.", missing)
        sentences.append(words % {"n": missing})
    else:
        sentences.append(_("Friends who show nothing count as well."))
    if one.held:
        words = ngettext(
            "%(n)d friend has enrolled and counts after having stayed for %(days)d days.",
            "%(n)d friends have enrolled and count after having stayed for %(days)d days.",
            one.held,
        )
        sentences.append(words % {"n": one.held, "days": one.hold_days})
    return {
        "goal": goal(one.counts, one.number),
        "sentences": sentences,
        "known": min(one.known, one.number),
        "number": one.number,
        "exact": one.exact,
        "title": one.gifts["title"],
        "badge": one.gifts["badge"],
        "opens": bool(one.gifts["text"] or one.gifts["link"]),
    }
