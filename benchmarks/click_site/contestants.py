"""Who is measured: the addresses that visitors open, and the rows that a click must leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.utils import timezone
from pinax.referrals.models import Referral, ReferralResponse

from benchmarks.click_site.models import Visit
from referral_xblock.links.codes import new_code
from referral_xblock.links.models import Click, Link
from referral_xblock.links.queries import share_path
from tests.people import make_cast, make_course

LINKS = 500  # of each kind


@dataclass(frozen=True)
class Contestant:
    """One way to answer a click."""

    name: str
    status: int  # of a right answer
    paths: list[str]
    rows: Callable[[], int] | None  # how many clicks are in its table; None if it writes none


def make_contestants() -> list[Contestant]:
    """Fills an empty database: one course, its people, and as many links for each who has links. Reproducible codes."""
    course = make_course()
    owner = make_cast(course.course_key).chen
    choose = Random(2026).choice
    links = {
        kind: Link.objects.bulk_create(
            Link(
                owner=owner,
                course_key=course.course_key,
                placement=str(course.referral),
                channel="copy",
                label=f"{kind} {number}",
                kind=kind,
                code=new_code(choose),
                created_at=timezone.now(),
            )
            for number in range(LINKS)
        )
        for kind in ("direct", "page")
    }
    peers = [Referral.create(user=owner, label=str(number), redirect_to="/register") for number in range(LINKS)]

    def clicks_on(kind: str) -> Callable[[], int]:
        return lambda: Click.objects.filter(link__kind=kind).count()

    return [
        Contestant("direct link", 302, [share_path(link.code) for link in links["direct"]], clicks_on("direct")),
        Contestant("invitation page", 200, [share_path(link.code) for link in links["page"]], clicks_on("page")),
        Contestant(
            "pinax-referrals", 302, [f"/referrals/{peer.code}/" for peer in peers], ReferralResponse.objects.count
        ),
        Contestant("bare view", 302, ["/bare/"], None),
        Contestant("bare view, one insert", 302, ["/bare-insert/"], Visit.objects.count),
    ]
