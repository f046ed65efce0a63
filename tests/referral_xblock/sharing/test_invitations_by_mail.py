"""The page on which a learner has invitations sent: who may, what is said of each address, what one press does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from referral_xblock.consent.actions import stop_mail
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.data import Role
from referral_xblock.models import Click, CoursePolicy, Journey, Link, MailInvitation, Share
from referral_xblock.sharing.invitations import ask_to_send, standing
from tests.people import make_course
from tests.referral_xblock.journey.walks import follow, register
from tests.referral_xblock.sharing.inviting import address, allow_mail, findings, hidden, look, name, press, send
from tests.referral_xblock.visits import browser, open_invitation, press_join

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chen(cast, course_key, client_of):
    """chen's browser, in a course where the platform may send; chen is named."""
    allow_mail(course_key)
    name(cast.chen, "Chen L.")
    return client_of(cast.chen)


def recipients():
    return [address for message in mail.outbox for address in message.to]


# Who may


def test_who_is_not_signed_in_is_asked_to(course_key, cast):
    answer = browser().get(address(course_key))
    assert answer.status_code == 303
    assert "/login" in answer["Location"]
    assert look(browser(), course_key, "a@x.example").status_code == 303


def test_the_stranger_is_refused_whether_the_course_exists_or_not(chen, course_key, cast, client_of):
    stranger = client_of(cast.dara)
    answers = [stranger.get(address(key)) for key in (course_key, "course-v1:No+Such+Course", "nonsense")]
    assert {answer.status_code for answer in answers} == {403}
    assert look(stranger, course_key, "a@x.example").status_code == 403
    assert not MailInvitation.objects.exists()


def test_another_courses_staff_is_a_stranger_here(chen, course_key, cast, client_of):
    from demo.campus import actions as campus

    other = make_course("course-v1:Test+Birds+2026").course_key
    campus.give_role(user=cast.dara, course_key=other, role=Role.COURSE_STAFF)
    assert client_of(cast.dara).get(address(course_key)).status_code == 403


def test_who_has_left_the_course_no_longer_invites(chen, course_key, cast):
    from demo.campus import actions as campus

    campus.unenrol(user=cast.chen, course_key=course_key, by=None, now=timezone.now())
    assert chen.get(address(course_key)).status_code == 403


@pytest.mark.parametrize("jurisdiction", ["own", "de"])
def test_without_the_teams_wish_nothing_can_be_sent(chen, course_key, link, jurisdiction):
    allow_mail(course_key, jurisdiction=jurisdiction)
    page = chen.get(address(course_key))
    assert page.status_code == 200
    assert "from your own mail program" in page.content.decode()
    assert send(chen, course_key, "a@x.example").status_code == 403
    assert mail.outbox == []
    assert not MailInvitation.objects.exists()
    assert "/community/me/invite/" not in chen.get(f"/r/{link.code}/share").content.decode()


def test_own_mail_program_is_the_default(course_key, cast, client_of):
    name(cast.chen, "Chen L.")
    assert not CoursePolicy.objects.exists()
    assert "from your own mail program" in client_of(cast.chen).get(address(course_key)).content.decode()


@pytest.mark.parametrize("jurisdiction", ["fr", "other"])
def test_with_it_the_panel_leads_here(chen, course_key, link, jurisdiction):
    allow_mail(course_key, jurisdiction=jurisdiction)
    assert f"/community/me/invite/{course_key}/?from={link.code}" in chen.get(f"/r/{link.code}/share").content.decode()
    assert [line for _typed, line in findings(send(chen, course_key, "a@x.example"))] == ["queued"]
    assert recipients() == ["a@x.example"]


def test_who_is_not_named_is_asked_for_a_name_and_keeps_the_list(chen, course_key, cast):
    name(cast.chen, "")
    page = look(chen, course_key, "a@x.example")
    assert page.status_code == 403
    assert "Please choose first how you are named" in page.content.decode()
    assert "a@x.example" in page.content.decode()


def test_who_has_not_confirmed_the_own_address_waits(chen, course_key, cast):
    cast.chen.is_active = False
    cast.chen.save()
    assert "confirm your own e-mail address" in chen.get(address(course_key)).content.decode()
    assert look(chen, course_key, "a@x.example").status_code == 403


def test_a_paused_course_sends_nothing(chen, course_key):
    allow_mail(course_key, paused=True)
    assert look(chen, course_key, "a@x.example").status_code == 403


# Looking


def test_every_line_gets_its_verdict_and_nothing_is_sent(chen, course_key, cast):
    stop_mail(mailbox=mailboxes_of("calm@x.example")[0], now=timezone.now())
    pasted = "a@x.example\nnonsense\nb@gmial.com\nA+1@x.example\nchen@example.org\ncalm@x.example"
    page = look(chen, course_key, pasted)
    assert [finding for _typed, finding in findings(page)] == [
        "valid", "not_an_address", "slip", "repeated", "own", "unreachable",
    ]  # fmt: skip
    assert "Did you mean b@gmail.com?" in page.content.decode()
    assert mail.outbox == []
    assert not MailInvitation.objects.exists()
    assert not Link.objects.filter(channel="invitation").exists()


def test_an_account_is_like_no_account(chen, course_key, cast):
    page = look(chen, course_key, f"{cast.dara.email}\nnobody-at-all@example.org")
    assert [finding for _typed, finding in findings(page)] == ["valid", "valid"]


def test_invited_and_suppressed_are_one_answer(chen, course_key, cast, client_of):
    send(chen, course_key, "a@x.example")
    stop_mail(mailbox=mailboxes_of("b@x.example")[0], now=timezone.now())
    name(cast.bo, "Bo")
    for client in (chen, client_of(cast.bo)):
        assert [finding for _typed, finding in findings(look(client, course_key, "a@x.example b@x.example"))] == [
            "unreachable", "unreachable",
        ]  # fmt: skip


@pytest.mark.parametrize("pasted", ["\n".join(f"p{n}@x.example" for n in range(51)), "é" * 10_001])
def test_a_list_that_is_too_long_is_refused_whole_and_kept(chen, course_key, pasted):
    page = send(chen, course_key, pasted)
    assert page.status_code == 400
    assert "at most 50" in page.content.decode()
    assert pasted[:500] in page.content.decode()
    assert not MailInvitation.objects.exists()


def test_fifty_lines_are_looked_at_with_few_queries(chen, course_key, django_assert_max_num_queries):
    pasted = "\n".join(f"p{n}@x.example" for n in range(50))
    look(chen, course_key, "warm@x.example")
    with django_assert_max_num_queries(20):
        assert len(findings(look(chen, course_key, pasted))) == 50


def test_an_empty_list_says_so(chen, course_key):
    assert "Please enter at least one address" in look(chen, course_key, " \n,").content.decode()


def test_hostile_lines_are_shown_as_text(chen, course_key):
    page = look(chen, course_key, '<script>alert(1)</script>\n"><img src=x>@x.example\na@x.example%0aBcc:b@y.example')
    text = page.content.decode()
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert set(dict(findings(page)).values()) <= {"not_an_address", "valid"}


def test_who_tries_out_too_many_lists_waits_and_keeps_the_list(chen, course_key):
    for _time in range(30):
        assert look(chen, course_key, "a@x.example").status_code == 200
    page = look(chen, course_key, "b@x.example")
    assert page.status_code == 429
    assert "b@x.example" in page.content.decode()
    assert not page.context["lines"]


# Pressing


def test_one_press_sends_one_message_to_each(chen, course_key):
    page = send(chen, course_key, "a@x.example\nb@x.example\nnonsense")
    assert recipients() == ["a@x.example", "b@x.example"]
    assert [len(message.to + message.cc + message.bcc) for message in mail.outbox] == [1, 1]
    assert "2 invitations are on their way" in page.content.decode()
    assert page.context["pasted"] == "nonsense", "what is left over stays to be corrected"
    assert list(Share.objects.values_list("channel", flat=True)) == ["invitation"]


def test_a_second_press_of_the_same_button_says_the_same_and_sends_nothing(chen, course_key):
    looked = look(chen, course_key, "a@x.example b@x.example")
    pages = [press(chen, course_key, looked, "a@x.example b@x.example") for _time in range(3)]
    assert [findings(page) for page in pages] == [findings(pages[0])] * 3
    assert recipients() == ["a@x.example", "b@x.example"]


def test_the_same_list_again_sends_nothing(chen, course_key):
    send(chen, course_key, "a@x.example")
    assert findings(send(chen, course_key, "A+again@x.example")) == [("A+again@x.example", "unreachable")]
    assert recipients() == ["a@x.example"]


def test_without_looking_first_nothing_is_sent(chen, course_key):
    looked = look(chen, course_key, "a@x.example")
    for pasted, carried in (
        ("b@x.example", hidden(looked)),
        ("a@x.example", {}),
        ("a@x.example", hidden(looked) | {"press": ""}),
    ):
        page = chen.post(address(course_key), carried | {"addresses": pasted, "step": "send"})
        assert [finding for _typed, finding in findings(page)] == ["valid"]
    assert mail.outbox == []


def test_a_page_of_yesterday_is_looked_at_again(chen, course_key):
    looked = look(chen, course_key, "a@x.example")
    old = f"{timezone.now() - timedelta(days=1):%Y%m%d}" + hidden(looked)["press"][8:]
    page = press(chen, course_key, looked, "a@x.example", press=old)
    assert findings(page) == [("a@x.example", "valid")]
    assert mail.outbox == []


def test_a_slip_is_sent_as_the_learner_answers(chen, course_key):
    pasted = "a@gmial.com\nb@gmial.com\nc@gmial.com"
    page = send(chen, course_key, pasted, **{"answer-1": "correct", "answer-2": "keep", "answer-3": ""})
    assert recipients() == ["a@gmail.com", "b@gmial.com"]
    assert dict(findings(page))["c@gmial.com"] == "slip"


def test_it_works_without_cookies_of_ours_and_needs_the_forms_token(cast, chen, course_key):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.chen)
    assert strict.post(address(course_key), {"addresses": "a@x.example", "step": "look"}).status_code == 403


def test_the_day_has_a_limit_and_nothing_beyond_it_is_queued(chen, course_key):
    allow_mail(course_key, daily_invitations=3)
    page = send(chen, course_key, "\n".join(f"p{n}@x.example" for n in range(5)))
    assert [finding for _typed, finding in findings(page)] == ["queued", "queued", "queued", "limit", "limit"]
    assert MailInvitation.objects.count() == 3
    assert "as many sent today as can be" in page.content.decode()
    assert [finding for _typed, finding in findings(send(chen, course_key, "p9@x.example"))] == ["limit"]
    assert len(recipients()) == 3


def test_the_limit_holds_for_all_courses_together(chen, course_key, cast):
    from demo.campus import actions as campus

    other = make_course("course-v1:Test+Birds+2026").course_key
    campus.enrol(user=cast.chen, course_key=other, by=None, now=timezone.now())
    for key in (course_key, other):
        allow_mail(key, daily_invitations=2)
    send(chen, course_key, "a@x.example b@x.example")
    assert [finding for _typed, finding in findings(send(chen, other, "c@x.example"))] == ["limit"]


def test_the_day_is_a_day_in_utc(chen, course_key, cast, now):
    allow_mail(course_key, daily_invitations=1)
    midnight = now.replace(hour=0, minute=0) + timedelta(days=1)

    def ask(address, moment):
        ask_to_send(
            user=cast.chen, course_key=course_key, placement="", pasted=address, answers={}, press="0" * 32, now=moment
        )
        MailInvitation.objects.filter(press="0" * 32).update(press="1" * 32)

    ask("a@x.example", midnight - timedelta(seconds=1))
    before = standing(cast.chen, course_key, now=midnight - timedelta(seconds=1))
    assert (before.room, before.renews_at) == (0, midnight)
    ask("b@x.example", midnight - timedelta(seconds=1))
    assert standing(cast.chen, course_key, now=midnight).room == 1
    ask("b@x.example", midnight)
    assert recipients() == ["a@x.example", "b@x.example"]


def test_the_message_leads_to_the_unit_by_a_link_of_its_own(chen, course_key, link, cast):
    looked = look(chen, course_key, "eli@example.org", **{"from": link.code})
    press(chen, course_key, looked, "eli@example.org")
    own = Link.objects.get(channel="invitation")
    assert (own.owner, own.placement, own.course_key) == (cast.chen, link.placement, course_key)
    assert f"/r/{own.code}?utm_source=invitation&utm_medium=email" in mail.outbox[0].body


def test_anothers_code_leads_nowhere_special(chen, course_key, link, cast, client_of):
    name(cast.bo, "Bo")
    other = client_of(cast.bo)
    press(other, course_key, look(other, course_key, "a@x.example", **{"from": link.code}), "a@x.example")
    assert Link.objects.get(channel="invitation").placement == ""


def test_who_comes_by_it_is_credited_to_the_channel(chen, course_key, cast):
    send(chen, course_key, "eli@example.org")
    own = Link.objects.get(channel="invitation")
    visitor = browser()
    joined = press_join(visitor, own.code, open_invitation(visitor, own.code)[1])
    follow(visitor, register(visitor, joined["Location"], "eli"))
    journey = Journey.objects.get(inviter=cast.chen)
    assert journey.link_id == own.id


def test_a_scanner_that_follows_every_link_and_submits_every_form_accepts_nothing(chen, course_key):
    import re

    send(chen, course_key, "eli@example.org")
    message = mail.outbox[0]
    scanner = browser()
    for found in re.findall(r"https?://testserver(\S+)", message.body):
        page = scanner.get(found)
        assert page.status_code == 200
        token = re.search(r'name="token" value="([^"]*)"', page.content.decode())
        for action in re.findall(r'<form method="post" action="([^"]+)"', page.content.decode()):
            scanner.post(action, {"token": token.group(1) if token else "", "join": "tell", "mail": "allow"})
    assert not Journey.objects.filter(inviter__isnull=False).exists()
    assert "referral" not in scanner.cookies
    assert not Click.objects.filter(verdict="person").exists()


def test_the_page_is_never_kept_and_addresses_stay_out_of_reports(chen, course_key):
    page = look(chen, course_key, "a@x.example")
    assert page["Cache-Control"] == "private, no-store"
    assert page.wsgi_request.sensitive_post_parameters == ("addresses",)
