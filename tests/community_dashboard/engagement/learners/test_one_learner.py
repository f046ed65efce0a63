"""The page of one learner."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from community_dashboard.access.sealing import sealed
from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.actions import set_risks
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.learners.timeline import WORDS
from tests.community_dashboard.engagement import recount


def entries(text: str) -> list[str]:
    part = text.partition('id="timeline"')[2]
    found = re.findall(r"<li><time[^>]*>[^<]*</time> <span>(.*?)</span></li>", part, re.S)
    return [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def test_the_row_of_the_list_leads_to_it(school_class, page, cast, client_of):
    text = client_of(cast.ada).get(page).content.decode()
    link = re.search(r'<th scope="row"><a href="([^"]+)"[^>]*><bdi>Pupil 03', text)[1]
    opened = client_of(cast.ada).get(link)
    assert opened.status_code == 200
    assert "<bdi>Pupil 03</bdi>" in opened.content.decode()


def test_everything_that_happened_stands_there_the_newest_first(school_class, cast, client_of):
    text = client_of(cast.ada).get(school_class.url(school_class.pupils[3])).content.decode()
    assert entries(text) == [
        "Completed a part of Who visits a flower", *3 * ["Opened a thread"], "Enrolled",
    ] or entries(text)[0].startswith("Completed a part of ")  # fmt: skip
    assert entries(text)[1:] == [*3 * ["Opened a thread"], "Enrolled"]


def test_it_is_paged_and_ends(school_class, cast, client_of, course_key):
    pupil, at = school_class.pupils[0], school_class.at
    record_many(
        activities=[
            facts.posted(
                kind=Kind.POSTED, post=("thread", str(5000 + number)), user_id=pupil.id, course_key=course_key,
                at=at - timedelta(hours=5) if number < 60 else at - timedelta(hours=6, minutes=number),
            )
            for number in range(120)
        ]
    )  # fmt: skip
    url, seen = school_class.url(pupil), []
    client, address = client_of(cast.ada), url
    for _turn in range(6):
        text = client.get(address).content.decode()
        seen += entries(text)
        older = re.search(r'<a href="(\?older=[^"#]+)#timeline"', text)
        if older is None:
            break
        address = url + unescape(older[1])
    assert len(seen) == 122
    assert seen[-1] == "Enrolled"


def test_every_kind_of_activity_has_words():
    assert set(WORDS) == set(Kind)


def test_a_block_leads_to_its_unit_and_a_post_to_the_post(school_class, cast, client_of, course_key, tiny_course):
    text = client_of(cast.ada).get(school_class.url(school_class.pupils[3])).content.decode()
    links = [unescape(link) for link in re.findall(r'<span>[^<]*<a href="([^"]+)"', text)]
    units = [link for link in links if "/unit/?block=" in link]
    assert len(units) == 1
    response = client_of(cast.ada).get(units[0])
    assert response.status_code == 302
    assert "/unit/" in response["Location"]
    assert any(link.endswith("/learners/post/thread/300/") for link in links)


@pytest.mark.parametrize("block", ["", "x", "block-v1:Other+Course+2020+type@html+block@x"])
def test_a_block_that_is_none_of_the_course_leads_nowhere(school_class, page, cast, client_of, block):
    assert client_of(cast.ada).get(page + "unit/", {"block": block}).status_code == 404


def test_a_block_that_is_gone_keeps_its_line(school_class, cast, client_of, course_key):
    pupil = school_class.pupils[0]
    told = facts.completed(
        user_id=pupil.id,
        course_key=course_key,
        block_key="block-v1:Test+Bees101+2026+type@html+block@gone",
        at=school_class.at,
    )
    record_many(activities=[told])
    assert (
        entries(client_of(cast.ada).get(school_class.url(pupil)).content.decode())[0]
        == "Completed a part of the course"
    )


def test_the_figures_stand_beside_the_medians_of_the_course(school_class, cast, client_of):
    pupil = school_class.pupils[4]
    text = client_of(cast.ada).get(school_class.url(pupil)).content.decode()
    rows = re.findall(
        r'<th scope="row"><bdi>([^<]*)</bdi></th>\s*<td[^>]*><bdi>([^<]*)</bdi></td><td[^>]*><bdi>([^<]*)</bdi>', text
    )
    shown = {title: (own, middle) for title, own, middle in rows}
    by_hand = recount.people(school_class.course_key, now=school_class.at).values()
    posts = sorted(one.posts for one in by_hand if one.enrolled and not one.team and one.person > 0)
    half = (posts[(len(posts) - 1) // 2] + posts[len(posts) // 2]) / 2
    assert shown["Posts"] == ("4", f"{half:g}")
    assert "figure" in text and "learners" in text


def test_a_chance_of_dropping_out_is_said_with_its_trend(school_class, cast, client_of):
    pupil = school_class.pupils[4]
    assert "not known yet" in client_of(cast.ada).get(school_class.url(pupil)).content.decode()
    set_risks(course_key=school_class.course_key, risks={pupil.id: (720, 310)})
    text = client_of(cast.ada).get(school_class.url(pupil)).content.decode()
    assert "high, 72" in text
    assert "rising, from 31" in text


def test_segments_of_the_learner_are_named_and_lead_to_their_lists(school_class, cast, client_of):
    text = client_of(cast.ada).get(school_class.url(school_class.pupils[11])).content.decode()
    assert "?segment=never-started" in text
    assert (
        "?segment=never-started"
        not in client_of(cast.ada).get(school_class.url(school_class.pupils[0])).content.decode()
    )


def test_whom_the_learner_brought_stands_there(cast, course_key, now, grown, client_of):
    fill_course(course_key, now=now + timedelta(days=1))
    state = people.state_of(course_key, cast.chen.id)
    text = (
        client_of(cast.ada)
        .get(f"/community/courses/{course_key}/learners/person/{sealed(cast.chen.id, course_key)}/")
        .content.decode()
    )
    assert ("Whom this learner brought" in text) == bool(state.invited)


class TestNobody:
    def test_a_damaged_address(self, school_class, page, cast, client_of):
        for person in (
            "x",
            str(school_class.pupils[0].id),
            sealed(school_class.pupils[0].id, school_class.course_key)[:-2],
        ):
            response = client_of(cast.ada).get(f"{page}person/{person}/")
            assert response.status_code == 404
            assert "No such learner" in response.content.decode()

    def test_somebody_of_another_course(self, school_class, page, cast, client_of, elsewhere):
        for person in (sealed(cast.dara.id, school_class.course_key), sealed(school_class.pupils[0].id, elsewhere)):
            assert client_of(cast.ada).get(f"{page}person/{person}/").status_code == 404

    def test_somebody_who_is_retired(self, school_class, cast, client_of):
        from community_dashboard.retirement import forget_retired

        url = school_class.url(school_class.pupils[4])
        forget_retired(school_class.pupils[4])
        fill_course(school_class.course_key, now=school_class.at)
        response = client_of(cast.ada).get(url)
        assert response.status_code == 404
        assert "Pupil" not in response.content.decode()


@pytest.mark.parametrize(
    "older", ["x", "2026-01-01~x", "2026-01-01T00:00:00~1", "~", "2026-01-01T00:00:00+00:00~" + 30 * "9"]
)
def test_a_place_that_is_none_is_said(school_class, cast, client_of, older):
    response = client_of(cast.ada).get(school_class.url(school_class.pupils[3]), {"older": older})
    assert response.status_code == 400
    assert "damaged" in response.content.decode()


def test_as_many_queries_for_a_long_life_as_for_a_short(
    school_class, cast, client_of, django_assert_max_num_queries, course_key
):
    client = client_of(cast.ada)
    client.get(school_class.url(school_class.pupils[0]))
    for pupil in (school_class.pupils[11], school_class.pupils[9]):
        with django_assert_max_num_queries(48):
            assert client.get(school_class.url(pupil)).status_code == 200
