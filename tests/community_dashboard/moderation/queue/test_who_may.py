"""Every address of the queue is for those who moderate this course; a Group Moderator stays in the own cohort."""

import pytest

from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.queries import item_of
from demo.campus import actions as campus
from referral_xblock.api import Role
from tests.people import make_course


@pytest.fixture
def addresses(filled, cast, queue_url):
    """Every address: (method, address, fields)."""
    ref = filled.queued(cast.chen, "Secret of the hive")
    item = f"{queue_url}item/thread/{ref.id}/"
    return [
        ("get", queue_url, {}),
        ("get", item, {}),
        ("get", f"{item}?ahead=yes", {}),
        ("post", f"{item}decide/", {"choice": "hide", "version": 0}),
        ("post", f"{item}hold/", {"over": "yes"}),
        ("post", f"{queue_url}let-go/", {}),
        ("post", f"{queue_url}decisions/1/undo/", {}),
        ("post", f"{queue_url}filters/", {"name": "x", "query": ""}),
        ("post", f"{queue_url}filters/1/remove/", {}),
        ("post", f"{queue_url}keys/", {}),
    ]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_strangers_learners_and_other_courses_staff_get_nothing(addresses, cast, client_of, somebody, headers):
    other = make_course("course-v1:Test+Other+2026").course_key
    outsider = somebody("course_staff", where=other)
    mod = somebody("moderator", where=other)
    for reader in (cast.dara, cast.chen, outsider, mod):
        for method, address, fields in addresses:
            answer = getattr(client_of(reader), method)(address, fields, headers=headers)
            assert answer.status_code == 403, (reader, address)
            assert "Secret" not in answer.content.decode()
    item = QueueItem.objects.get()
    assert (item.state, item.claimed_by) == ("open", None)
    assert not Decision.objects.exists()


def test_a_visitor_is_sent_to_the_sign_in_page(addresses, client_of):
    for method, address, fields in addresses:
        assert getattr(client_of(None), method)(address, fields).status_code == 302


def test_what_only_changes_things_takes_no_get(addresses, cast, client_of):
    for method, address, _fields in addresses:
        if method == "post":
            assert client_of(cast.bo).get(address).status_code == 405


def test_a_post_of_another_course_is_not_found_here(filled, cast, client_of, queue_url):
    ref = filled.queued(cast.chen)
    other = make_course("course-v1:Test+Other+2026").course_key
    campus.enrol(user=cast.bo, course_key=other, by=None, now=item_of(filled.course_key, ref).waits_since)
    campus.give_role(user=cast.bo, course_key=other, role=Role.FORUM_MODERATOR)
    there = queue_url.replace(str(filled.course_key), str(other))
    bo = client_of(cast.bo)
    assert bo.get(f"{there}item/thread/{ref.id}/").status_code == 404
    assert bo.post(f"{there}item/thread/{ref.id}/decide/", {"choice": "hide", "version": 0}).status_code == 404
    assert bo.post(f"{there}item/thread/{ref.id}/hold/").status_code == 409
    assert item_of(filled.course_key, ref).state == "open"


def test_course_staff_without_a_role_read_and_are_told_how_to_get_one(addresses, filled, cast, client_of, queue_url):
    ada = client_of(cast.ada)
    page = ada.get(queue_url).content.decode()
    assert "Secret of the hive" in page and "takes a role in the course’s forum" in page
    item = QueueItem.objects.get()
    address = f"{queue_url}item/thread/{item.post_id}/"
    opened = ada.get(address).content.decode()
    assert "Why so many bees?" in opened and 'name="choice"' not in opened
    assert ada.post(f"{address}decide/", {"choice": "hide", "version": 0}).status_code == 409
    assert ada.post(f"{address}hold/", {"over": "yes"}, headers={"HX-Request": "true"}).status_code == 409
    item.refresh_from_db()
    assert (item.state, item.claimed_by) == ("open", None)


def test_a_group_moderator_sees_and_decides_in_the_own_cohort_alone(filled, client_of, somebody, queue_url, course_key):
    red, blue = somebody("learner", cohort="Red"), somebody("learner", cohort="Blue")
    helper = client_of(somebody("group_moderator", cohort="Red"))
    own, others = filled.queued(red, "Of a red one"), filled.queued(blue, "Of a blue one")
    page = helper.get(queue_url).content.decode()
    assert "Of a red one" in page and "Of a blue one" not in page
    assert helper.get(f"{queue_url}item/thread/{others.id}/").status_code == 404
    for address in ("decide/", "hold/"):
        answer = helper.post(f"{queue_url}item/thread/{others.id}/{address}", {"choice": "hide", "version": 0})
        assert answer.status_code in (404, 409)
    assert item_of(course_key, others).state == "open"
    assert helper.post(f"{queue_url}item/thread/{own.id}/decide/", {"choice": "hide", "version": 0}).status_code == 303
    assert item_of(course_key, own).state == "done"


def test_a_group_moderator_without_cohort_sees_nothing_and_is_told_why(filled, cast, client_of, somebody, queue_url):
    filled.queued(cast.chen, "Secret of the hive")
    page = client_of(somebody("group_moderator")).get(queue_url).content.decode()
    assert "Secret" not in page and "group moderator without a cohort" in page
