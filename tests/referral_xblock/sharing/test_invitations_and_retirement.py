"""Who invited, and who was invited, can be retired: nothing is left to find them by, and nobody writes to them again."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from referral_xblock import retirement
from referral_xblock.api import InvitationCounts, count_mail_invitations, is_suppressed
from referral_xblock.consent.actions import stop_mail
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.models import MailInvitation, Suppression
from referral_xblock.sharing.invitation_dispatch import dispatch
from referral_xblock.sharing.invitations import ask_to_send
from tests.people import NOW
from tests.referral_xblock.sharing.inviting import allow_mail, name

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast, course_key):
    """chen has had one invitation sent, to dara, and one waits, to eli."""
    allow_mail(course_key)
    name(cast.chen, "Chen L.")
    for number, address in enumerate((cast.dara.email, "eli@example.org")):
        ask_to_send(
            user=cast.chen,
            course_key=course_key,
            placement="",
            pasted=address,
            answers={},
            press=str(number) * 32,
            now=NOW,
        )
    dispatch(invitation_id=MailInvitation.objects.order_by("id").values_list("id", flat=True)[0], now=NOW)
    assert len(mail.outbox) == 1
    return cast


def everything():
    return [row for table in (MailInvitation, Suppression) for row in table.objects.values()]


def test_of_a_retired_inviter_the_count_stays_and_what_waits_is_never_sent(sent, course_key):
    waiting = MailInvitation.objects.get(state="waiting").id
    retirement.retire(sent.chen, email=sent.chen.email)
    assert count_mail_invitations(course_key) == InvitationCounts(waiting=0, sent=1, failed=0, stopped=0)
    assert dispatch(invitation_id=waiting, now=NOW) is None
    assert len(mail.outbox) == 1
    row = MailInvitation.objects.get()
    assert row.inviter_id != sent.chen.id
    assert get_user_model().objects.get(id=row.inviter_id).username.startswith("anonymous_")
    assert row.press == ""


def test_whom_a_retired_inviter_wrote_to_gets_no_second_message(sent, course_key):
    retirement.retire(sent.chen, email=sent.chen.email)
    name(sent.bo, "Bo")
    (line,) = ask_to_send(
        user=sent.bo, course_key=course_key, placement="", pasted=sent.dara.email, answers={}, press="9" * 32, now=NOW
    )
    assert line.finding == "unreachable"


def test_of_a_retired_invited_person_only_the_suppression_stays(sent, course_key):
    box = mailboxes_of(sent.dara.email)[0]
    before = count_mail_invitations(course_key)
    retirement.retire(sent.dara, email=sent.dara.email)
    assert is_suppressed(sent.dara.email)
    assert not MailInvitation.objects.filter(mailbox=box).exists()
    assert [row for row in everything() if box in str(row)] == list(Suppression.objects.filter(mailbox=box).values())
    assert count_mail_invitations(course_key) == before


def test_an_invitation_that_waits_for_a_retired_person_is_never_sent(sent, course_key):
    waiting = MailInvitation.objects.get(state="waiting").id
    retirement.retire(sent.dara, email="eli@example.org")
    assert dispatch(invitation_id=waiting, now=NOW) is None
    assert len(mail.outbox) == 1


def test_a_second_time_nothing_happens(sent):
    for _time in range(2):
        retirement.retire(sent.dara, email=sent.dara.email)
        retirement.retire(sent.chen, email=sent.chen.email)
        rows = everything()
    retirement.retire(sent.chen, email=sent.chen.email)
    assert everything() == rows


def test_no_table_holds_an_address_in_the_clear(sent, course_key):
    assert "@" not in str(everything())
    assert "example.org" not in str(everything())


def test_the_course_team_learns_counts_only(sent, course_key):
    stop_mail(mailbox=mailboxes_of(sent.dara.email)[0], now=NOW)
    assert count_mail_invitations(course_key) == InvitationCounts(waiting=1, sent=1, failed=0, stopped=1)
