"""What growth puts on the overview."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import Card
from community_dashboard.referrals.figures import whole
from community_dashboard.referrals.findings import of_change
from community_dashboard.referrals.forms import Filter
from community_dashboard.referrals.growth import list_url
from referral_xblock.api import (
    Reached,
    Selection,
    count_reached_by_week,
    count_shown,
    get_host,
    iso_week,
    top_advocates,
)


def growth_card(course_key: CourseKey, *, today: date) -> Card:
    """ "Did it work": enrolments through invitations in the last whole week, against the week before. Five queries."""
    last, before = today - timedelta(days=7), today - timedelta(days=14)
    period = Selection(start=before - timedelta(days=7), end=today)
    reached = count_reached_by_week(course_key, period)
    this_week, week_before = (reached.get(iso_week(day), Reached()).enrolled for day in (last, before))
    title = _("Did it work")
    if not (this_week or week_before or count_shown(course_key, Selection())[""].people):
        return Card(
            "works",
            title,
            _("Enrolments through invitations will appear here. First, add the invitation block to a unit in Studio."),
            None,
            reverse("community_dashboard:growth", args=[str(course_key)]),
        )
    sentence = ngettext(
        "person enrolled through an invitation last week, %(change)s.",
        "people enrolled through an invitation last week, %(change)s.",
        this_week,
    ) % {"change": of_change(this_week, week_before)}
    return Card(
        "works", title, sentence, whole(this_week), list_url(course_key, "enrolled", Filter(week=iso_week(last)))
    )


def advocate_card(course_key: CourseKey, *, today: date) -> Card | None:
    """ "Who shines": who brought the most in the last whole week; None if nobody did. Two queries."""
    week = Filter(week=iso_week(today - timedelta(days=7)))
    found = [advocate for advocate in top_advocates(course_key, week.selection, limit=1) if advocate.enrolled]
    people = get_host().people([found[0].inviter_id]) if found else {}
    if not people:
        return None
    sentence = ngettext(
        "enrolment brought by %(name)s last week: nobody brought more.",
        "enrolments brought by %(name)s last week: nobody brought more.",
        found[0].enrolled,
    ) % {"name": people[found[0].inviter_id].name}
    return Card("shines", _("Who shines"), sentence, whole(found[0].enrolled), list_url(course_key, "advocates", week))
