"""Courses that are gone or not published, keys of other kinds, people without profile: a sentence, never an error."""

from dataclasses import replace
from io import StringIO

import pytest
from completion.models import BlockCompletion
from django.core.management import call_command
from opaque_keys.edx.keys import CourseKey

from demo.campus import actions
from demo.campus.models import Profile
from referral_xblock.data import Role
from referral_xblock.links.actions import ensure_links
from referral_xblock.models import Event, Journey, Touch
from tests.people import make_course
from tests.referral_xblock.visits import NAVIGATION, browser, open_invitation, press_join, state_in

pytestmark = pytest.mark.django_db

GONE = {
    "course": lambda key: None,
    "course_picture": lambda key: None,
    "unit": lambda key: None,
    "block_titles": lambda keys: {},
    "has_passed": lambda user, key: False,
    "completion_share": lambda user, key: 0.0,
}
CCX = "ccx-v1:Test+Bees101+2026+ccx@7"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def invited(cast, course_key, link, now, django_capture_on_commit_callbacks):
    """dara came by chen's link before the course went away."""
    visitor = browser()
    visitor.force_login(cast.dara)
    _page, token = open_invitation(visitor, link.code)
    answer = press_join(visitor, link.code, token)
    with django_capture_on_commit_callbacks(execute=True):
        actions.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        visitor.get(f"/r/{link.code}/back", {"s": state_in(answer)}, headers=NAVIGATION)
    return visitor


def test_an_invitation_to_a_course_that_is_not_here_says_so(link, living_on):
    living_on(**GONE)
    page, token = open_invitation(browser(), link.code)
    assert page.status_code == 200
    assert "it may be gone, or not published yet" in text_of(page)
    assert token == ""


def test_a_course_that_goes_between_page_and_button_says_so_and_sets_no_cookie(link, living_on):
    visitor = browser()
    _page, token = open_invitation(visitor, link.code)
    living_on(**GONE)
    answer = press_join(visitor, link.code, token)
    assert answer.status_code == 200
    assert "it may be gone, or not published yet" in text_of(answer)
    assert not answer.cookies


def test_the_way_back_to_a_course_that_is_not_here_ends_in_a_sentence(cast, link, living_on, client_of):
    living_on(**GONE)
    answer = client_of(cast.dara).get(f"/r/{link.code}/back", headers=NAVIGATION)
    assert answer.status_code == 200
    assert "it may be gone, or not published yet" in text_of(answer)


def test_who_was_not_let_in_is_told_and_not_sent_to_a_page_that_is_hidden(cast, course_key, link, living_on, client_of):
    host = living_on()
    host.verbs["course"] = lambda key: replace(host.demo.course(key), open_to_public=False)
    answer = client_of(cast.dara).get(f"/r/{link.code}/back", headers=NAVIGATION)
    assert answer.status_code == 200
    assert "you are not enrolled in it" in text_of(answer)
    assert "Bees and other visitors" not in text_of(answer)


def test_the_other_addresses_of_a_link_stand_without_the_course(cast, link, living_on, client_of):
    living_on(**GONE)
    mine = client_of(cast.chen)
    share = mine.get(f"/r/{link.code}/share")
    assert share.status_code == 200
    assert "Whoever follows this link is told so" in text_of(share)
    assert mine.get(f"/r/{link.code}/to/telegram", headers=NAVIGATION).status_code == 302
    assert mine.get(f"/r/{link.code}/qr.svg").status_code == 200
    assert browser().get(f"/r/{link.code}/card.png").status_code == 404


def test_the_own_page_counts_courses_that_are_not_here(cast, link, living_on, client_of):
    living_on(**GONE)
    page = client_of(cast.chen).get("/community/me/")
    assert page.status_code == 200
    assert "1 course with invitations of yours is not here" in text_of(page)
    assert "You have not invited anybody yet" not in text_of(page)


def test_a_code_of_a_course_that_is_not_here_is_not_taken(cast, link, living_on, client_of):
    living_on(**GONE)
    page = client_of(cast.dara).post("/community/me/code/", {"code": link.code}, follow=True)
    assert "The course of this code is not here" in text_of(page)
    assert not Touch.objects.filter(user=cast.dara).exists()


def test_the_repair_goes_on_when_a_course_has_gone(cast, course_key, invited, living_on):
    before = Journey.objects.get(user=cast.dara)
    Event.objects.filter(user_id=cast.dara.id, kind="enrolled").delete()
    living_on(**GONE)
    call_command("recompute_journeys", stdout=StringIO())
    after = Journey.objects.get(user=cast.dara)
    assert (after.inviter_id, after.status) == (before.inviter_id, before.status)


def test_a_course_that_goes_while_a_page_is_drawn_is_no_error(cast, course_key, link, living_on, client_of):
    host = living_on(**(GONE | {"enrolments": lambda ids, key: {}, "roles": lambda user, key: frozenset()}))
    once = iter([host.demo.course(course_key)])
    host.verbs["course"] = lambda key: next(once, None)
    for client, address in ((client_of(cast.chen), "/community/me/"), (browser(), f"/r/{link.code}")):
        assert client.get(address, headers=NAVIGATION).status_code == 200


def test_work_for_a_course_that_goes_before_a_worker_comes_to_it_is_done(
    cast, course_key, link, living_on, now, django_capture_on_commit_callbacks
):
    visitor = browser()
    visitor.force_login(cast.dara)
    answer = press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
    with django_capture_on_commit_callbacks(execute=True):
        visitor.get(f"/r/{link.code}/back", {"s": state_in(answer)}, headers=NAVIGATION)
    living_on(**GONE)
    with django_capture_on_commit_callbacks(execute=True):
        actions.enrol(user=cast.dara, course_key=course_key, by=None, now=now)
    assert Journey.objects.get(user=cast.dara).enrolled_at is not None


def test_growth_pages_of_a_course_that_is_not_here_are_not_found_and_no_error(cast, course_key, living_on, client_of):
    living_on(**GONE)
    for page in ("", "growth/", "growth/settings/"):
        assert client_of(cast.ada).get(f"/community/courses/{course_key}/{page}").status_code == 404
        assert client_of(cast.dara).get(f"/community/courses/{course_key}/{page}").status_code == 403


def test_units_that_are_gone_have_no_title_on_the_growth_page(cast, course_key, invited, living_on, client_of):
    living_on(unit=lambda key: None, block_titles=lambda keys: {})
    assert client_of(cast.ada).get(f"/community/courses/{course_key}/growth/").status_code == 200


def test_without_grades_and_certificates_the_share_of_blocks_completes_a_course(
    cast, tiny_course, invited, living_on, django_capture_on_commit_callbacks
):
    host = living_on(has_passed=lambda user, key: False)
    host.verbs["course"] = lambda key: replace(host.demo.course(key), graded=False)
    with django_capture_on_commit_callbacks(execute=True):
        for block in tiny_course.completable:
            BlockCompletion.objects.submit_completion(cast.dara, block, 1.0)
    call_command("recompute_journeys", stdout=StringIO())
    assert Journey.objects.get(user=cast.dara).completed_at is not None


def test_visitors_are_asked_to_sign_in(course_key, link):
    for address in ("/community/me/", f"/r/{link.code}/back", f"/community/courses/{course_key}/growth/"):
        answer = browser().get(address, headers=NAVIGATION)
        assert answer.status_code in (302, 303)
        assert answer["Location"].startswith("http://testserver/login?next=")


def test_a_custom_course_is_a_course_like_any_other(cast, now, client_of):
    key = make_course(CCX).course_key
    actions.enrol(user=cast.chen, course_key=key, by=cast.chen, now=now)
    actions.give_role(user=cast.ada, course_key=key, role=Role.COURSE_STAFF)
    made = ensure_links(owner_id=cast.chen.id, course_key=key, placement="", channels=["copy"], now=now)["copy"]
    visitor = browser()
    page, token = open_invitation(visitor, made.code)
    assert "Bees and other visitors" in text_of(page)
    assert press_join(visitor, made.code, token).status_code == 303
    assert client_of(cast.chen).get("/community/me/").status_code == 200
    assert client_of(cast.ada).get(f"/community/courses/{CCX}/growth/").status_code == 200


def test_a_custom_course_that_is_gone_is_not_here(cast, now, client_of):
    key = CourseKey.from_string(CCX)
    made = ensure_links(owner_id=cast.chen.id, course_key=key, placement="", channels=["copy"], now=now)["copy"]
    assert "it may be gone" in text_of(open_invitation(browser(), made.code)[0])
    assert "is not here" in text_of(client_of(cast.chen).get("/community/me/"))


@pytest.mark.parametrize("key", ["library-v1:Test+Library", "lib:Test:Library", "lb:Test:Library:html:x", "not-a-key"])
def test_a_library_has_no_community(cast, key, client_of):
    cast.ada.is_staff = True
    cast.ada.save()
    for person, expected in ((cast.ada, {403, 404}), (cast.dara, {403})):
        for page in ("", "growth/", "growth/settings/"):
            assert client_of(person).get(f"/community/courses/{key}/{page}").status_code in expected


@pytest.mark.parametrize(
    "placement", ["lb:Test:Library:referral:x", "lib-block-v1:Test+Library+type@referral+block@x", "nonsense"]
)
def test_a_block_of_a_library_leads_back_to_the_course(cast, course_key, placement, now, client_of):
    made = ensure_links(owner_id=cast.chen.id, course_key=course_key, placement=placement, channels=["copy"], now=now)[
        "copy"
    ]
    answer = client_of(cast.bo).get(f"/r/{made.code}/back", headers=NAVIGATION)
    assert (answer.status_code, answer["Location"]) == (303, f"http://testserver/courses/{course_key}/")


def test_people_without_profile_are_served(cast, course_key, link, invited, client_of):
    Profile.objects.all().delete()
    assert client_of(cast.chen).get("/community/me/").status_code == 200
    assert open_invitation(browser(), link.code)[0].status_code == 200
    assert client_of(cast.dara).get(f"/r/{link.code}/back", headers=NAVIGATION).status_code == 303
    for page in ("", "growth/", "growth/lists/enrolled/"):
        answer = client_of(cast.ada).get(f"/community/courses/{course_key}/{page}")
        assert answer.status_code == 200, page
