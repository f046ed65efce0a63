"""Whatever way somebody comes, the page itself decides, and no other site can put it into a frame."""

import pytest

from tests.community_dashboard.ways_in.conftest import MAY, MAY_NOT


@pytest.mark.parametrize("who", MAY)
def test_the_overview_opens_for(who, everybody, client_of, community):
    assert client_of(everybody[who]).get(community).status_code == 200


@pytest.mark.parametrize("who", [who for who in MAY_NOT if who != "visitor"])
def test_the_overview_stays_shut_for(who, everybody, client_of, community):
    assert client_of(everybody[who]).get(community).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client_of, community):
    answer = client_of().get(community)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("http://testserver/login?next=")


def test_a_site_that_allows_frames_does_not_allow_them_here(everybody, client_of, community, settings):
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    for who in ("course staff", "stranger", "visitor"):
        assert client_of(everybody[who]).get(community).headers["X-Frame-Options"] == "DENY"


def test_ones_own_page_is_not_framed_either(everybody, client_of):
    assert client_of(everybody["learner"]).get("/community/me/").headers["X-Frame-Options"] == "DENY"


def test_the_header_leads_back_to_the_course(everybody, client_of, community, course_key):
    page = client_of(everybody["moderator"]).get(community).content.decode()
    assert f'href="http://testserver/courses/{course_key}/"' in page
