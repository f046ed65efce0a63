"""The one sentence above each figure, made from its numbers. It says no more than they do."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.referrals.figures import decimal, interval, rounded, week_name, whole
from referral_xblock.api import Clicks, Funnel, GrowthSummary, Part


def of_funnel(funnel: Funnel) -> str:
    """From the first stage to the enrolments."""
    people = {step.stage: step.people for step in funnel.steps}
    if not any(people.values()):
        return _("Nobody has seen an invitation in this period.")
    shared = ngettext(
        "%(shared)s of %(shown)s learner who saw the invitation shared it",
        "%(shared)s of %(shown)s learners who saw the invitation shared it",
        people["shown"],
    ) % {"shared": whole(people["shared"]), "shown": whole(people["shown"])}
    if not people["shown"]:
        shared = ngettext("%(shared)s learner shared", "%(shared)s learners shared", people["shared"]) % {
            "shared": whole(people["shared"])
        }
    enrolled = ngettext(
        "%(number)s person enrolled through an invitation",
        "%(number)s people enrolled through an invitation",
        people["enrolled"],
    ) % {"number": whole(people["enrolled"])}
    return _("%(shared)s; %(enrolled)s.") % {"shared": shared, "enrolled": enrolled}


def of_requests(clicks: Clicks) -> str:
    """How many requests for links were persons'."""
    if not clicks.raw:
        return _("Nobody asked for a link in this period.")
    return ngettext(
        "%(person)s of %(raw)s request for a link is known to come from a person.",
        "%(person)s of %(raw)s requests for links are known to come from a person.",
        clicks.raw,
    ) % {"person": whole(clicks.person), "raw": whole(clicks.raw)}


def of_mail(sent: int, enrolled: int) -> str:
    """How many messages went out, and who came by one."""
    if not sent:
        return _("The platform has sent no invitation in this period.")
    messages = ngettext("%(number)s message was sent", "%(number)s messages were sent", sent) % {"number": whole(sent)}
    people = ngettext("%(number)s person enrolled by one", "%(number)s people enrolled by one", enrolled)
    return _("%(messages)s; %(people)s.") % {"messages": messages, "people": people % {"number": whole(enrolled)}}


def of_parts(parts: tuple[Part, ...], name: Callable[[str], str]) -> str:
    """Which network or placement brought the most enrolments."""
    counts = [(part.people["enrolled"] or 0, part.key) for part in parts]
    total = sum(count for count, _key in counts)
    if not total:
        return _("No enrolment has come yet.")
    most = max(count for count, _key in counts)
    best = [key for count, key in counts if count == most]
    values = {"most": whole(most), "total": whole(total)}
    if len(best) > 1:
        return ngettext(
            "No one stands out: %(places)s brought %(most)s enrolment each.",
            "No one stands out: %(places)s brought %(most)s enrolments each.",
            most,
        ) % {**values, "places": whole(len(best))}
    return ngettext(
        "%(name)s brought the most: %(most)s of %(total)s enrolment.",
        "%(name)s brought the most: %(most)s of %(total)s enrolments.",
        total,
    ) % {**values, "name": name(best[0])}


def of_weeks(parts: tuple[Part, ...]) -> str:
    """The week with the most enrolments."""
    counts = [(part.people["enrolled"] or 0, part.key) for part in parts]
    if not any(count for count, _key in counts):
        return _("No enrolment has come yet.")
    most, week = max(counts)
    return ngettext(
        "%(week)s brought the most: %(most)s enrolment.", "%(week)s brought the most: %(most)s enrolments.", most
    ) % {"week": week_name(week), "most": whole(most)}


def of_change(now: int, before: int) -> str:
    """This against the week before, in words."""
    if now == before:
        return _("as many as the week before")
    if now > before:
        return ngettext("%(n)s more than the week before", "%(n)s more than the week before", now - before) % {
            "n": whole(now - before)
        }
    return ngettext("%(n)s fewer than the week before", "%(n)s fewer than the week before", before - now) % {
        "n": whole(before - now)
    }


def of_k(summary: GrowthSummary) -> str:
    """New enrolments for one inviter."""
    if summary.k is None:
        return _("Two active inviters are needed before this says anything.")
    return _("One active inviter brings %(value)s new enrolments, %(interval)s.") % {
        "value": decimal(summary.k.value),
        "interval": interval(summary.k),
    }


def of_prompt(summary: GrowthSummary) -> str:
    """What would not have come without the prompt."""
    if summary.extra is None:
        return _(
            "There is nothing to compare yet: it takes two learners with the prompt, two without, and an enrolment."
        )
    values = {"number": rounded(summary.extra.value), "interval": interval(summary.extra, people=True)}
    if summary.extra.low > 0:
        return _("The prompt brought about %(number)s enrolments that would not have come (%(interval)s).") % values
    if summary.extra.high < 0:
        return _("There are fewer enrolments with the prompt than without: about %(number)s (%(interval)s).") % values
    return (
        _("It cannot be told yet whether the prompt brings anybody: the effect lies %(interval)s enrolments.") % values
    )


def of_uncounted(funnel: Funnel) -> str:
    """How many do not count."""
    people = sum(row.people for row in funnel.uncounted)
    if not people:
        return _("Every invitation of this period counts.")
    return ngettext(
        "%(number)s invitation does not count, or not yet.", "%(number)s invitations do not count, or not yet.", people
    ) % {"number": whole(people)}
