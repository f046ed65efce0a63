"""What this domain holds of a person: their links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from referral_xblock.links.models import Click, Link
from referral_xblock.links.visitors import account
from referral_xblock.own_data import Part, in_pages


def own_links(user_id: int) -> Iterator[Part]:
    """One list. Who followed a link stands in it as a number of accounts: requests of others are theirs."""
    yield Part(
        "my_links",
        _("Your invitation links, and how many accounts each has brought."),
        in_pages(
            Link.objects.filter(owner_id=user_id),
            code="code",
            course="course_key",
            block="placement",
            channel="channel",
            word="label",
            made_at="created_at",
            ends_at="expires_at",
            paused="paused",
            most_accounts="cap",
            accounts_brought="accounts",
        ),
    )


def clicks_of(user_id: int, link_ids: list[int]) -> Iterator[dict[str, Any]]:
    """The requests by these links that became this account's. One query for 500."""
    return in_pages(
        Click.objects.filter(link_id__in=link_ids, person=account(user_id)),
        course="course_key",
        link="link__code",
        asked_at="created_at",
        taken_for="verdict",
        because="reason",
        hash_of_that_day="visitor",
        in_the_inviters_browser="same_browser",
        from_a_trusted_network="trusted_network",
    )
