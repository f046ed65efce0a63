"""The block in a unit: the panel, the status, the hold-out, and who is not signed in."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referral_xblock.consent.models import FriendChoice
from referral_xblock.data import Status, Telling
from referral_xblock.journey.models import Journey
from referral_xblock.links.models import Link
from referral_xblock.policy.models import CoursePolicy
from referral_xblock.presentation import BUTTONS
from referral_xblock.sharing.models import Share, Showing


class Outline(HTMLParser):
    """Links, ids and the open or closed details of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.details, self.inside = [], [], [], 0
        self.address_within = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        if tag == "a":
            self.links.append(found)
        if tag == "details":
            self.details.append("open" in found)
            self.inside += 1
        if "data-referral-address" in found:
            self.address_within = self.inside

    def handle_endtag(self, tag):
        self.inside -= tag == "details"


def test_every_network_has_its_link_in_a_new_tab_without_an_opener(block_for, cast, html_of, no_holdout):
    links = Outline(html_of(block_for(cast.chen), "student_view")).links
    ways = {re.search(r"/to/([a-z0-9-]+)\?m=", link["href"]).group(1): link for link in links if "/to/" in link["href"]}
    assert list(ways) == [network.slug for network in BUTTONS]
    assert len(ways) >= 16
    for network in BUTTONS:
        if network.kind == "composer":
            assert ways[network.slug]["target"] == "_blank"
            assert ways[network.slug]["rel"] == "noopener"


def test_only_the_networks_that_the_author_chose_are_offered(block_for, cast, html_of, no_holdout):
    html = html_of(block_for(cast.chen, networks=["bluesky", "x"]), "student_view")
    assert re.findall(r"/to/([a-z0-9-]+)\?", html) == ["x", "bluesky"]
    assert "/to/" not in html_of(block_for(cast.chen, show_networks=False), "student_view")


def test_the_address_is_the_learners_own_and_needs_no_script(block_for, cast, html_of, tiny_course, no_holdout):
    html = html_of(block_for(cast.chen), "student_view")
    code = Link.objects.get(owner=cast.chen, placement=str(tiny_course.referral), channel="copy").code
    assert re.search(rf'value="http://testserver/r/{code}["?]', html)
    assert f'src="http://testserver/r/{code}/qr.svg"' in html
    assert f'href="http://testserver/r/{code}/share?' in html
    assert " style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_the_panel_is_open_under_its_prompt(block_for, cast, html_of, no_holdout):
    html = html_of(block_for(cast.chen, title="Two of us"), "student_view")
    assert "Send your link" in html
    assert Outline(html).address_within == 0
    assert ">Two of us</h2>" in html


def test_the_tenth_in_the_holdout_sees_no_prompt_and_a_closed_panel(block_for, cast, html_of, all_holdout):
    html = html_of(block_for(cast.chen, title="Two of us"), "student_view")
    outline = Outline(html)
    assert "Send your link" not in html
    assert outline.address_within == 1
    assert not any(outline.details)
    assert "Invite somebody</h2></summary>" in html
    assert ">Two of us</h2>" not in html
    assert 'class="referral-status"' in html


def test_showing_is_noted_once_with_its_arm_and_marks_the_browser(client_of, cast, tiny_course, all_holdout):
    browser = client_of(cast.chen)
    path = f"/courses/{tiny_course.course_key}/xblock/{tiny_course.referral}/handler/shown"
    answers = [browser.post(path, "{}", content_type="application/json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert "HttpOnly" in answers[0].headers["Set-Cookie"]
    assert "referral_browser=" in answers[0].headers["Set-Cookie"]
    assert list(Showing.objects.values_list("user_id", "in_holdout")) == [(cast.chen.id, True)]


@pytest.mark.parametrize(
    "body", ["[]", '"x"', "null", '{"channel": null}', '{"channel": ["copy"]}', '{"channel": "no"}']
)
def test_a_share_by_no_channel_is_not_counted(client_of, cast, tiny_course, body):
    path = f"/courses/{tiny_course.course_key}/xblock/{tiny_course.referral}/handler/shared"
    assert client_of(cast.chen).post(path, body, content_type="application/json").status_code == 204
    assert not Share.objects.exists()


def test_a_share_is_counted_once_a_day(client_of, cast, tiny_course):
    browser = client_of(cast.chen)
    path = f"/courses/{tiny_course.course_key}/xblock/{tiny_course.referral}/handler/shared"
    for channel in ("copy", "copy", "qr"):
        browser.post(path, {"channel": channel}, content_type="application/json")
    shares = Share.objects
    assert sorted(shares.values_list("channel", flat=True)) == ["copy", "qr"]


def test_a_visitor_is_invited_to_sign_in_and_nothing_is_written(block_for, html_of):
    block = block_for(AnonymousUser())
    with CaptureQueriesContext(connection) as queries:
        html = html_of(block, "student_view")
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert html == html_of(block, "public_view")
    assert "http://testserver/login?next=" in html
    assert "/r/" not in html
    assert not Link.objects.exists()


def test_data_for_apps_names_nobodys_link(block_for, cast):
    data = block_for(cast.chen, title="Two of us").student_view_data()
    assert data["url_template"] == "http://testserver/r/{code}"
    assert data["title"] == "Two of us"
    assert sorted(data) == ["hashtags", "text", "title", "url_template"]
    assert not Link.objects.exists()


def test_the_status_says_what_is_missing_and_names_only_who_agreed(block_for, cast, html_of, course_key, now):
    for user, tells in ((cast.dara, Telling.STAGES), (cast.bo, Telling.DAY)):
        FriendChoice.objects.create(user=user, course_key=course_key, tells=tells.value, changed_at=now)
        Journey.objects.create(
            user=user,
            inviter=cast.chen,
            course_key=course_key,
            status=Status.CREDITED.value,
            clicked_at=now,
            registered_at=now,
            enrolled_at=now if user == cast.bo else None,
        )
    html = html_of(block_for(cast.chen), "student_view")
    dara = html.split("<li>")[1:]
    assert any("Dara" in line and "They have still to enrol in the course." in line for line in dara)
    assert any("A friend enrolled" in line and "March 2, 2026" in line for line in dara)
    assert ">Bo" not in html
    assert 'href="http://testserver/community/me/" target="_blank" rel="noopener">All my invitations' in html


def test_a_paused_course_shows_no_panel(block_for, cast, html_of, course_key, now, no_holdout):
    CoursePolicy.objects.create(course_key=course_key, paused=True, changed_at=now)
    html = html_of(block_for(cast.chen), "student_view")
    assert "are paused" in html
    assert "data-referral-address" not in html


def test_ids_in_one_unit_are_never_the_same_twice(block_for, cast, html_of):
    learner = Outline(html_of(block_for(cast.chen), "student_view")).ids
    assert len(learner) == len(set(learner))
    author = block_for(cast.ada, authoring=True)
    both = Outline(html_of(author, "author_view") + html_of(author, "studio_view")).ids
    assert len(both) == len(set(both))


def test_a_learners_view_costs_the_same_whatever_the_number_of_friends(block_for, cast, html_of, course_key, now):
    def cost():
        html_of(block_for(cast.chen), "student_view")
        block = block_for(cast.chen)
        with CaptureQueriesContext(connection) as queries:
            html_of(block, "student_view")
        return len(queries)

    def come(number):
        for user in (get_user_model().objects.create(username=f"friend{number}{place}") for place in range(number)):
            FriendChoice.objects.create(user=user, course_key=course_key, tells="stages", changed_at=now)
            Journey.objects.create(
                user=user,
                inviter=cast.chen,
                course_key=course_key,
                status="credited",
                clicked_at=now,
                registered_at=now,
            )

    come(1)
    few = cost()
    come(20)
    assert cost() == few <= 8


def test_friends_stand_newest_first_by_the_day_that_is_shown(block_for, cast, html_of, course_key, now):
    for user, clicked, enrolled in ((cast.dara, 1, 9), (cast.bo, 2, 3)):
        FriendChoice.objects.create(user=user, course_key=course_key, tells="stages", changed_at=now)
        Journey.objects.create(
            user=user,
            inviter=cast.chen,
            course_key=course_key,
            status="credited",
            clicked_at=now + timedelta(days=clicked),
            enrolled_at=now + timedelta(days=enrolled),
        )
    html = html_of(block_for(cast.chen), "student_view")
    assert html.index("<bdi>Dara") < html.index("<bdi>Bo")


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view", "studio_view"])
def test_every_link_says_where_it_opens_whatever_the_page_around_it_says(block_for, cast, html_of, view, no_holdout):
    """The LMS's page sends links without a target to the window around the unit, the library's to a new one."""
    author = view in ("author_view", "studio_view")
    user = AnonymousUser() if view == "public_view" else cast.ada if author else cast.chen
    links = Outline(html_of(block_for(user, authoring=author, network_texts={"x": "b" * 300}), view)).links
    assert links
    for link in links:
        assert link["href"]
        assert link["target"] in ("_blank", "_parent"), link
        assert (link["target"] == "_blank") is (link.get("rel") == "noopener"), link
