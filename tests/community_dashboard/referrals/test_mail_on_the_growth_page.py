"""The growth page counts the invitations that the platform sent, by period, and says who came by one."""

from datetime import timedelta

import pytest

from referral_xblock.api import InvitationCounts, count_mail_invitations, policy_of
from referral_xblock.models import CoursePolicy, Journey, Link, MailInvitation, Suppression
from tests.community_dashboard.referrals.test_the_growth_page import numbers_of, rows_of
from tests.referral_xblock.visits import set_policy


@pytest.fixture
def messages(cast, course_key, now):
    """`messages("sent", "failed", days=3)`: chen asked for so many so many days ago; the first reader wants no more."""

    def write(*states, days=0, course=course_key):
        asked = now - timedelta(days=days)
        for number, state in enumerate(states):
            MailInvitation.objects.create(
                mailbox=f"{course}-{days}-{number}"[-40:], inviter=cast.chen, course_key=course, press=str(days),
                day=asked.date(), slot=number + 10 * (course != course_key), state=state, asked_at=asked,
            )  # fmt: skip

    return write


def stop(state):
    row = MailInvitation.objects.filter(state=state).first()
    Suppression.objects.create(mailbox=row.mailbox, reason="asked", since=row.asked_at)


def test_the_counts_stand_on_the_page(cast, client_of, community, course_key, grown, messages, now):
    messages("sent", "sent", "sent", "failed", "taken", "waiting")
    stop("sent")
    invited = Link.objects.create(
        code="mailed", owner=cast.chen, course_key=course_key, channel="invitation", label="mailed", created_at=now
    )
    Journey.objects.filter(user__in=grown.friends[2:4]).update(link=invited)
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    assert "3 messages were sent; 2 people enrolled by one." in html
    assert "Sent Enrolled Wanted no more mail Waiting Not handed over" in rows_of(html)
    assert "3 2 1 1 2" in rows_of(html)
    (url,) = {
        url for text, url in numbers_of(html) if "network=invitation" in url and "/enrolled/" in url and text == "2"
    }
    assert client_of(cast.ada).get(url).content.decode().count("<tr>") == 3


def test_a_period_holds_for_them_too(cast, client_of, community, course_key, grown, messages, now):
    messages("sent", days=0)
    messages("sent", "sent", days=5)
    day = (now - timedelta(days=5)).date()
    assert count_mail_invitations(course_key, start=day, end=day) == InvitationCounts(0, 2, 0, 0)
    assert count_mail_invitations(course_key, start=day + timedelta(days=1)) == InvitationCounts(0, 1, 0, 0)
    html = client_of(cast.ada).get(f"{community}growth/?start={now.date()}").content.decode()
    assert "1 message was sent; 0 people enrolled by one." in html


def test_nothing_is_said_where_the_platform_sends_none(cast, client_of, community, grown):
    assert "Invitations sent by the platform" not in client_of(cast.ada).get(community + "growth/").content.decode()


def test_it_is_said_before_the_first_is_sent_and_after_it_was_switched_off(
    cast, client_of, community, course_key, grown, messages
):
    set_policy(course_key, jurisdiction="fr")
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    assert "The platform has sent no invitation in this period." in html
    CoursePolicy.objects.all().delete()
    set_policy(course_key)
    assert not policy_of(course_key).sends_mail
    messages("sent")
    assert "1 message was sent" in client_of(cast.ada).get(community + "growth/").content.decode()


def test_messages_of_another_course_are_not_counted(cast, client_of, community, elsewhere, grown, messages):
    messages("sent", "sent", course=elsewhere)
    assert "Invitations sent by the platform" not in client_of(cast.ada).get(community + "growth/").content.decode()
