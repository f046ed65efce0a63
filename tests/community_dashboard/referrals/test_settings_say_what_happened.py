"""What the settings page says after an action, and how it leads to what is wrong."""

from __future__ import annotations

import re

import pytest

from tests.community_dashboard.referrals.test_settings import VALUES, page, send_file

__all__ = ["page"]


def tag(html, name):
    """The attributes of the field of this id."""
    return re.search(rf'<[^<>]* id="{name}"[^<>]*>', html)[0]


def section(html, anchor):
    """The page from this anchor to the next heading."""
    return html.partition(f'id="{anchor}"')[2].partition("<h")[0]


def test_each_action_ends_in_its_section(cast, client_of, page):
    client = client_of(cast.ada)
    file = {"kind": "invitation-policy", "policy": {"window_days": 10}}
    for response, anchor, words in (
        (client.post(page, VALUES), "rules", "The rules are saved."),
        (send_file(client, page, file), "file", "The rules of the file are saved."),
        (client.post(page + "links/", {"code": "a b c"}), "links", "The link is ready: http://testserver/r/a-b-c"),
    ):
        address, _mark, fragment = response["Location"].partition("#")
        assert fragment == anchor
        html = client.get(address).content.decode()
        assert words in section(html, anchor)
        assert html.count('role="status"') == 1


def test_an_address_cannot_make_the_page_name_a_link_that_is_not_there(cast, client_of, page):
    html = client_of(cast.ada).get(page, {"done": "link", "code": "evil"}).content.decode()
    assert "The link is ready." in section(html, "links")
    assert "r/evil" not in html


def test_wrong_fields_are_marked_listed_and_the_first_has_the_cursor(cast, client_of, page):
    html = client_of(cast.ada).post(page, VALUES | {"window_days": "0", "link_cap": "-1"}).content.decode()
    first, second = tag(html, "id_window_days"), tag(html, "id_link_cap")
    assert 'aria-describedby="id_window_days_error id_window_days_hint"' in first
    assert 'aria-invalid="true"' in first
    assert 'aria-invalid="true"' in second
    assert "autofocus" in first
    assert html.count("autofocus") == 1
    listed = re.findall(r'<li><a href="#(\w+)">', html)
    assert listed == ["id_window_days", "id_link_cap"]
    assert "aria-invalid" not in tag(html, "id_code_grace_days")


@pytest.mark.parametrize(
    ("rule", "least", "most"),
    [
        ("window_days", 1, 365), ("code_grace_days", 0, 90), ("link_lifetime_days", 0, 3650), ("link_cap", 0, 1_000_000),
        ("completion_share", 1, 100),
    ],
)  # fmt: skip
def test_a_number_field_knows_its_range(rule, least, most, cast, client_of, page):
    attributes = tag(client_of(cast.ada).get(page).content.decode(), f"id_{rule}")
    assert f'min="{least}"' in attributes
    assert f'max="{most}"' in attributes
    assert f'aria-describedby="id_{rule}_hint"' in attributes or rule == "code_grace_days"
