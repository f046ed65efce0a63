"""GET /r/<code>/to/<network> and qr.svg: for everybody, and making rows for the link's owner alone."""

from urllib.parse import unquote

import pytest

from referral_xblock.models import Link, Share
from tests.referral_xblock.visits import NAVIGATION, browser

pytestmark = pytest.mark.django_db


def test_the_owner_gets_a_link_of_the_channel_and_the_share_counts_once_a_day(link, cast, client_of):
    owner = client_of(cast.chen)
    for _time in range(2):
        answer = owner.get(f"/r/{link.code}/to/telegram", headers=NAVIGATION)
    code = Link.objects.get(channel="telegram").code
    assert answer.status_code == 302
    assert f"/r/{code}?utm_source=telegram" in unquote(answer["Location"])
    assert list(Share.objects.values_list("channel", flat=True)) == ["telegram"]


@pytest.mark.parametrize("path", ["to/telegram", "qr.svg"])
def test_others_make_no_rows_and_share_what_they_asked_for(link, cast, client_of, path):
    for client in (browser(), client_of(cast.dara)):
        answer = client.get(f"/r/{link.code}/{path}", headers=NAVIGATION)
        assert answer.status_code in (200, 302)
    assert Link.objects.count() == 1
    assert not Share.objects.exists()


def test_a_picture_of_the_address_counts_no_share(link, cast, client_of):
    client_of(cast.chen).get(
        f"/r/{link.code}/to/x", headers=NAVIGATION | {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
    )
    assert not Share.objects.exists()


def test_a_paused_link_hands_out_no_open_one(link, cast, client_of):
    Link.objects.filter(id=link.id).update(paused=True)
    answer = client_of(cast.chen).get(f"/r/{link.code}/to/telegram", headers=NAVIGATION)
    assert link.code in unquote(answer["Location"])
    assert Link.objects.count() == 1


def test_the_title_of_a_closed_course_is_nobodys_to_know(link, cast, client_of, course_key):
    from demo.courseware.models import Course

    Course.objects.filter(course_key=course_key).update(open_to_public=False)
    seen = unquote(browser().get(f"/r/{link.code}/to/telegram", headers=NAVIGATION)["Location"])
    assert "Bees and other" not in seen.replace("+", " ")
    assert "Bees and other" in unquote(
        client_of(cast.chen).get(f"/r/{link.code}/to/telegram", headers=NAVIGATION)["Location"].replace("+", " ")
    )


def test_words_signed_for_one_course_do_not_leave_with_another_courses_link(link, client_of, cast):
    from opaque_keys.edx.keys import CourseKey

    from referral_xblock.sharing.panel import Message, pack_message

    foreign = pack_message(Message("Foreign words"), CourseKey.from_string("course-v1:A+B+C"))
    answer = client_of(cast.chen).get(f"/r/{link.code}/to/telegram", {"m": foreign}, headers=NAVIGATION)
    assert "Foreign" not in answer["Location"]


def test_the_card_says_on_what_its_language_depends(link):
    assert "Cookie" in browser().get(f"/r/{link.code}/card.png")["Vary"]
    named = browser().get(f"/r/{link.code}/card.png", {"lang": "fr"})
    assert "Cookie" not in named.get("Vary", "")
