"""Whether a click came from a trusted network is decided when it comes; the address itself stands nowhere."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referral_xblock.links.actions import ensure_links
from referral_xblock.models import Click, CoursePolicy
from referral_xblock.policy.lines import NetworksField
from tests.referral_xblock.visits import browser

pytestmark = pytest.mark.django_db
CAMPUS = ["192.0.2.0/24", "2001:db8::/32"]


@pytest.fixture
def link(cast, course_key, now):
    CoursePolicy.objects.create(course_key=course_key, trusted_networks=CAMPUS, changed_at=now)
    cache.clear()
    links = ensure_links(owner_id=cast.chen.id, course_key=course_key, placement="", channels=["copy"], now=now)
    return links["copy"]


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("192.0.2.77", True),
        ("::ffff:192.0.2.77", True),
        ("2001:db8:1::1", True),
        ("192.0.3.1", False),
        ("2001:db9::1", False),
        ("127.0.0.1", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_the_network_of_a_click_is_known_and_the_address_is_not(address, trusted, link):
    browser().get(f"/r/{link.code}", REMOTE_ADDR=address)
    [click] = Click.objects.values()
    assert click["trusted_network"] is trusted
    if address:
        assert all(address not in str(value) for value in click.values())


def test_it_costs_no_statement(link):
    visitor = browser()
    visitor.get(f"/r/{link.code}", REMOTE_ADDR="192.0.2.77")  # the rules are cached from now on
    with CaptureQueriesContext(connection) as asked:
        visitor.get(f"/r/{link.code}", REMOTE_ADDR="192.0.2.78")
    statements = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) == 2, statements


@pytest.mark.parametrize("wrong", ["192.0.2.1/24", "campus", "192.0.2.0/33", "300.1.1.1"])
def test_what_is_no_network_is_refused_in_words(wrong):
    from django.forms import ValidationError

    with pytest.raises(ValidationError, match="is not a network such as"):
        NetworksField(required=False).clean(f"192.0.2.0/24\n{wrong}")
    assert NetworksField(required=False).clean(" 192.0.2.0/24, 2001:DB8::/32 ") == CAMPUS
