"""What this domain holds of a person: how they came, whom they brought as far as they may see it, what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from referral_xblock.journey.models import Event, Journey, Review, Reviewed, Touch, Unjudged, Waiting
from referral_xblock.journey.queries import my_invitations
from referral_xblock.links.own_data import clicks_of
from referral_xblock.own_data import Part, in_pages

MOST_FRIENDS = 1000  # in one course


def own_journeys(user_id: int) -> Iterator[Part]:
    """Nine lists. A query for 500 rows each; for the friends what the person's own page asks, course by course."""
    yield Part(
        "links_that_brought_me",
        _("The invitations by which you came."),
        in_pages(
            Touch.objects.filter(user_id=user_id),
            course="course_key",
            link="link__code",
            by="kind",
            came_at="happened_at",
            noted_at="bound_at",
            in_the_inviters_browser="same_browser",
            you_were_staff="is_staff",
            you_belonged_to_the_audience="admitted",
        ),
    )
    yield Part(
        "requests_that_became_mine",
        _(
            "Your requests for invitation pages, known to be yours since you joined. The hash of that day stands for the "
            "address and the browser, which are not kept."
        ),
        _own_clicks(user_id),
    )
    yield Part(
        "what_the_platform_told_of_me",
        _("What the platform told us of you, so that an invitation can be counted."),
        in_pages(
            Event.objects.filter(user_id=user_id), what="kind", course="course", at="happened_at", by_other="by_other"
        ),
    )
    yield Part(
        "my_journeys",
        _(
            "How far you came in each course to which you were invited, and whether it counts for the person who invited "
            "you. Signs that an arrival may be nobody’s are the course team’s to tell: ask them about yours."
        ),
        in_pages(
            Journey.objects.filter(user_id=user_id),
            course="course_key",
            counts="status",
            clicked_at="clicked_at",
            registered_at="registered_at",
            enrolled_at="enrolled_at",
            left_at="unenrolled_at",
            active_at="active_at",
            completed_at="completed_at",
            no_longer_passing_since="lapsed_at",
        ),
    )
    yield Part(
        "whom_i_brought",
        _("Who came by your invitations, as far as they let you see it."),
        _friends(user_id),
    )
    yield Part(
        "decisions_about_me",
        _("That the course team decided whether your arrival counts."),
        in_pages(
            Reviewed.objects.filter(user_id=user_id),
            course="course_key",
            decision="review__decision",
            decided_at="review__decided_at",
            undone_at="review__undone_at",
        ),
    )
    decided = {"course": "course_key", "decision": "decision", "people": "people", "at": "decided_at"}
    yield Part(
        "decisions_i_took",
        _("What you decided as a member of a course team."),
        in_pages(Review.objects.filter(decided_by_id=user_id), **decided, reason="why"),
    )
    yield Part(
        "decisions_i_undid",
        _("What you undid as a member of a course team."),
        in_pages(Review.objects.filter(undone_by_id=user_id), **decided, undone_at="undone_at"),
    )
    yield Part(
        "work_still_to_be_done",
        _("What is still to be worked out from your last visits; a matter of minutes."),
        _work(user_id),
    )


def _own_clicks(user_id: int) -> Iterator[dict[str, Any]]:
    links = Touch.objects.filter(user_id=user_id).values_list("link_id", flat=True).distinct()
    yield from clicks_of(user_id, list(links))


def _friends(user_id: int) -> Iterator[dict[str, Any]]:
    courses = Journey.objects.filter(inviter_id=user_id).values_list("course_key", flat=True).distinct()
    for course_key in sorted(courses, key=str):
        seen = my_invitations(user_id, course_key, limit=MOST_FRIENDS)
        yield {"course": course_key, "counted": {stage.value: number for stage, number in seen.counts.items()}}
        for friend in seen.friends:
            stage = friend.stage.value if friend.stage else ""
            day = friend.day.date() if friend.day else None
            yield {"course": course_key, "name": friend.name, "stage": stage, "day": day}


def _work(user_id: int) -> Iterator[dict[str, Any]]:
    yield from in_pages(
        Waiting.objects.filter(user_id=user_id), course="course_key", since="since", requests="clicks", they_see="tells"
    )
    yield from in_pages(Unjudged.objects.filter(inviter_id=user_id), course="course_key")
