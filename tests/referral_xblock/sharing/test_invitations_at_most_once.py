"""Nobody gets a second message, whatever is repeated, lost, killed or asked for by two; and no address lies around."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_xblock.consent.actions import allow_mail as allow_again
from referral_xblock.consent.actions import stop_mail
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.models import MailInvitation, Suppression
from referral_xblock.sharing import invitation_dispatch, invitations
from referral_xblock.sharing.invitation_dispatch import catch_up, dispatch, remind_of_forgotten, wipe
from referral_xblock.sharing.invitation_post import post as genuine_post
from referral_xblock.sharing.invitation_seal import seal, unseal
from referral_xblock.sharing.invitations import ask_to_send
from tests.people import NOW
from tests.referral_xblock.sharing.inviting import allow_mail, name

ADDRESSES = ("a@x.example", "A+b@x.example", "c@x.example", "d@y.example")  # the first two are one mailbox


class Killed(BaseException):
    """The worker is gone, as by SIGKILL: nothing after this line runs."""


@pytest.fixture
def named(cast, course_key):
    """chen and bo may have invitations sent, ten each."""
    allow_mail(course_key)
    name(cast.chen, "Chen L.")
    name(cast.bo, "Bo")
    return cast


def ask(user, course_key, address, press="0" * 32, now=NOW):
    return ask_to_send(
        user=user, course_key=course_key, placement="", pasted=address, answers={}, press=press, now=now
    )[0].finding.value


def waiting():
    return list(MailInvitation.objects.filter(state="waiting").values_list("id", flat=True))


def got():
    return [message.to[0] for message in mail.outbox]


@pytest.mark.django_db
def test_the_row_is_marked_and_wiped_before_the_mail_goes_out(named, course_key, monkeypatch):
    seen = []

    def look_at_the_row(letter, address):
        seen.append((address, *MailInvitation.objects.values_list("state", "sealed").get()))

    monkeypatch.setattr(invitation_dispatch, "post", look_at_the_row)
    ask(named.chen, course_key, "a@x.example")
    assert dispatch(invitation_id=waiting()[0], now=NOW) == "sent"
    assert seen == [("a@x.example", "taken", "")]


@pytest.mark.django_db(transaction=True)
def test_the_mark_is_committed_before_the_mail_goes_out(named, course_key, monkeypatch):
    """So that a worker which dies with the mail half handed over cannot take the mark along."""
    open_transactions = []
    monkeypatch.setattr(
        invitation_dispatch, "post", lambda letter, address: open_transactions.append(connection.in_atomic_block)
    )
    ask(named.chen, course_key, "a@x.example")
    assert open_transactions == [False]
    assert MailInvitation.objects.get().state == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize("sent_before_it_died", [False, True])
def test_a_killed_worker_sends_nothing_again(named, course_key, monkeypatch, sent_before_it_died):
    def die(letter, address):
        if sent_before_it_died:
            genuine_post(letter, address)
        raise Killed

    ask(named.chen, course_key, "a@x.example")
    (number,) = waiting()
    with monkeypatch.context() as patch:
        patch.setattr(invitation_dispatch, "post", die)
        with pytest.raises(Killed):
            dispatch(invitation_id=number, now=NOW)
    for _delivery in range(3):
        assert dispatch(invitation_id=number, now=NOW) is None
    catch_up(now=NOW + timedelta(days=3))
    assert len(got()) == sent_before_it_died
    row = MailInvitation.objects.get()
    assert (row.state, row.sealed) == ("taken", "")
    assert ask(named.bo, course_key, "a@x.example") == "unreachable"


@pytest.mark.django_db
def test_a_mail_server_that_refuses_is_not_asked_again_and_the_log_names_nobody(named, course_key, monkeypatch, caplog):
    def refuse(letter, address):
        raise OSError(f"{address} is unknown here")

    ask(named.chen, course_key, "a@x.example")
    (number,) = waiting()
    with monkeypatch.context() as patch:
        patch.setattr(invitation_dispatch, "post", refuse)
        assert dispatch(invitation_id=number, now=NOW) == "failed"
    assert dispatch(invitation_id=number, now=NOW) is None
    assert got() == []
    assert "a@x.example" not in caplog.text
    assert "OSError" in caplog.text


@pytest.mark.django_db
def test_two_at_the_same_moment_are_decided_by_the_database(named, course_key, monkeypatch):
    monkeypatch.setattr(invitations, "_known", lambda addresses: {})  # both looked before either wrote
    assert ask(named.chen, course_key, "a@x.example") == "queued"
    assert ask(named.bo, course_key, "A+b@x.example") == "unreachable"
    assert ask(named.bo, course_key, "a@x.example") == "unreachable"
    assert MailInvitation.objects.count() == 1


@pytest.mark.django_db
def test_two_presses_at_the_same_moment_stay_within_the_day(named, course_key, monkeypatch):
    allow_mail(course_key, daily_invitations=2)
    monkeypatch.setattr(invitations, "_used_slots", lambda user_id, day: set())  # each believes the day is free
    answers = [ask(named.chen, course_key, f"p{number}@x.example", press=str(number) * 32) for number in range(4)]
    assert answers == ["queued", "queued", "limit", "limit"]


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_the_same_moment_send_one_message_each(named, course_key):
    """Two learners, four lists that overlap, each pressed twice; on a server of a database, which has real rows to wait for."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer.")
    people = [f"p{number}@x.example" for number in range(8)]
    lists = [(named.chen, people[:6]), (named.bo, people[:2:-1]), (named.chen, people[4:]), (named.bo, people[2:5])] * 2
    together = threading.Barrier(len(lists))

    def press_at_once(number, user, addresses):
        together.wait()
        try:
            lines = ask_to_send(
                user=user,
                course_key=course_key,
                placement="",
                pasted=" ".join(addresses),
                answers={},
                press=str(number % 4) * 32,
                now=NOW,
            )
            return [line.finding.value for line in lines]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lists)) as pool:
        answers = list(pool.map(lambda task: press_at_once(task[0], *task[1]), enumerate(lists)))
    assert sorted(got()) == people
    assert answers[:4] == answers[4:], "both presses of one button say the same"
    assert sum(answer.count("queued") for answer in answers[:4]) == len(people)
    assert not MailInvitation.objects.exclude(state="sent").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["stopped", "rules", "paused", "nameless"])
def test_what_may_no_longer_be_sent_is_withdrawn(named, course_key, change):
    ask(named.chen, course_key, "a@x.example")
    (number,) = waiting()
    if change == "stopped":
        stop_mail(mailbox=mailboxes_of("a@x.example")[0], now=NOW)
    elif change == "nameless":
        name(named.chen, "")
    else:
        allow_mail(course_key, **({"jurisdiction": "de"} if change == "rules" else {"paused": True}))
    assert dispatch(invitation_id=number, now=NOW) is None
    assert got() == []
    assert not MailInvitation.objects.exists()


@pytest.mark.django_db
def test_while_it_waits_the_address_is_encrypted_and_no_longer_than_a_day(named, course_key):
    ask(named.chen, course_key, "a@x.example")
    row = MailInvitation.objects.values().get()
    assert "x.example" not in str(row)
    assert unseal(row["sealed"]) == "a@x.example"
    assert wipe(now=NOW + timedelta(hours=23), keep=timedelta(hours=24)) == 0
    catch_up(now=NOW + timedelta(hours=25))
    assert not MailInvitation.objects.exists()
    assert got() == []
    assert ask(named.bo, course_key, "a@x.example") == "queued", "nothing was sent, so the mailbox is free"


@pytest.mark.django_db
def test_what_the_broker_lost_is_sent_by_the_next_catch_up(named, course_key):
    ask(named.chen, course_key, "a@x.example")
    assert remind_of_forgotten(now=NOW + timedelta(minutes=4)) == 0
    assert got() == []
    assert remind_of_forgotten(now=NOW + timedelta(minutes=6)) == 1
    assert got() == ["a@x.example"]
    assert remind_of_forgotten(now=NOW + timedelta(minutes=20)) == 0


def test_a_seal_outlives_a_change_of_the_key_and_nothing_else(settings):
    before = settings.SECRET_KEY
    sealed = seal("a@x.example")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [before]
    assert unseal(sealed) == "a@x.example"
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed) == ""
    assert unseal("") == unseal("nonsense") == unseal("é") == ""


@pytest.mark.django_db
def test_a_change_of_the_sites_key_forgets_neither_who_was_invited_nor_who_wants_no_mail(named, course_key, settings):
    ask(named.chen, course_key, "a@x.example")
    stop_mail(mailbox=mailboxes_of("c@x.example")[0], now=NOW)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert [ask(named.bo, course_key, address) for address in ("a@x.example", "c@x.example")] == ["unreachable"] * 2


STEPS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(["chen", "bo"]), st.sampled_from(ADDRESSES), st.integers(0, 2)),
    st.tuples(st.just("work"), st.sampled_from(["well", "dies before", "dies after", "refused"]), st.integers(0, 5)),
    st.tuples(st.just("stop"), st.sampled_from(ADDRESSES)),
    st.tuples(st.just("allow"), st.sampled_from(ADDRESSES)),
    st.tuples(st.just("catch up"), st.sampled_from([1, 10, 60 * 30])),
)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(STEPS, max_size=25))
def test_in_any_order_of_presses_retries_crashes_and_refusals_a_mailbox_gets_one_message_at_most(
    named, course_key, steps
):
    MailInvitation.objects.all().delete()
    Suppression.objects.all().delete()
    mail.outbox.clear()
    ever, stopped_at = [], {}  # ids that were ever given to a worker; mailbox: how many mails it had when it said stop
    for step, *what in steps:
        if step == "ask":
            who, address, press = what
            ask(getattr(named, who), course_key, address, press=f"{who}{press}".ljust(32, "0"))
            ever += [number for number in waiting() if number not in ever]
        elif step == "work" and ever:
            _work(ever[what[1] % len(ever)], how=what[0])
        elif step == "stop":
            stop_mail(mailbox=mailboxes_of(what[0])[0], now=NOW)
            stopped_at.setdefault(mailboxes_of(what[0])[0], _had(what[0]))
        elif step == "allow":
            allow_again(mailbox=mailboxes_of(what[0])[0])
            stopped_at.pop(mailboxes_of(what[0])[0], None)
        elif step == "catch up":
            catch_up(now=NOW + timedelta(minutes=what[0]))
        for address in ADDRESSES:
            assert _had(address) <= 1
            assert _had(address) == stopped_at.get(mailboxes_of(address)[0], _had(address))
        assert not MailInvitation.objects.exclude(state="waiting").exclude(sealed="").exists()


def _had(address):
    return sum(mailboxes_of(one)[0] == mailboxes_of(address)[0] for one in got())


def _work(number, *, how):
    def unreliable(letter, address):
        if how != "dies before" and how != "refused":
            genuine_post(letter, address)
        if how.startswith("dies"):
            raise Killed
        if how == "refused":
            raise OSError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invitation_dispatch, "post", unreliable)
        with suppress(Killed):
            dispatch(invitation_id=number, now=NOW)
