"""Warnings, silences, bans and notes: once for each decision, over when they are over, and undone whole."""

from datetime import timedelta

import pytest
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.errors import BadValueError, DisabledError
from community_dashboard.moderation.sanctions import actions
from community_dashboard.moderation.sanctions.models import AuthorNote, Sanction
from community_dashboard.moderation.sanctions.queries import (
    history_of,
    sanction_on,
    sanctioned_in,
    sanctions_now,
    sanctions_on,
)


@pytest.fixture
def about(cast, course_key, now):
    """What every sanction of chen takes, but for its decision."""
    return {
        "by": cast.bo,
        "course_key": course_key,
        "user": cast.chen,
        "reason": "Insults in three posts.",
        "now": now,
    }


@pytest.fixture
def keeps(cast, course_key, now):
    """`keeps(hours=3)`: whether chen is kept from posting then."""
    return lambda **later: sanction_on(cast.chen.id, course_key, now + timedelta(**later)) is not None


def test_a_warning_keeps_nobody_from_posting(about, keeps, cast, course_key):
    actions.warn(**about, decision_id=1)
    assert not keeps()
    assert history_of(cast.chen.id, course_key).number_of("warn") == 1


def test_a_silence_ends_by_itself(about, keeps, now):
    actions.silence(**about, until=now + timedelta(hours=2), decision_id=1)
    assert keeps()
    assert keeps(minutes=119)
    assert not keeps(hours=2)


def test_a_ban_lasts_until_it_is_lifted(about, keeps, cast, course_key, now):
    actions.ban(**about, decision_id=1)
    assert keeps(days=4000)
    assert actions.lift(by=cast.bo, course_key=course_key, user=cast.chen, decision_id=2, now=now) == 1
    assert not keeps()


def test_the_longest_holds(about, cast, course_key, now):
    actions.silence(**about, until=now + timedelta(days=3), decision_id=1)
    actions.silence(**about, until=now + timedelta(days=1), decision_id=2)
    assert sanction_on(cast.chen.id, course_key, now).decision_id == 1
    actions.ban(**about, decision_id=3)
    assert sanction_on(cast.chen.id, course_key, now).kind == "ban"


def test_the_same_decision_twice_is_one_sanction(about, cast, now):
    first = actions.silence(**about, until=now + timedelta(days=1), decision_id=1)
    assert actions.silence(**about, until=now + timedelta(days=2), decision_id=1).pk == first.pk
    actions.note(by=cast.bo, course_key=about["course_key"], user=cast.chen, text="Talk first.", decision_id=2, now=now)
    actions.note(by=cast.bo, course_key=about["course_key"], user=cast.chen, text="Talk first.", decision_id=2, now=now)
    assert (Sanction.objects.count(), AuthorNote.objects.count()) == (1, 1)


@pytest.mark.parametrize("hours", [0, -1, 24 * 367])
def test_a_silence_in_the_past_or_beyond_a_year_is_refused(about, now, hours):
    with pytest.raises(BadValueError):
        actions.silence(**about, until=now + timedelta(hours=hours), decision_id=1)
    assert not Sanction.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_the_author_is_told_why_in_a_few_words(about, reason):
    with pytest.raises(BadValueError):
        actions.warn(**(about | {"reason": reason}), decision_id=1)


@pytest.mark.parametrize("key", ["library-v1:Test+Books", None])
def test_what_is_no_course_has_no_sanctions(about, key):
    nowhere = CourseKey.from_string(key) if key else None
    with pytest.raises(DisabledError):
        actions.warn(**(about | {"course_key": nowhere}), decision_id=1)


def test_another_course_is_another_matter(about, cast, elsewhere, course_key, now):
    actions.ban(**about, decision_id=1)
    assert sanction_on(cast.chen.id, elsewhere, now) is None
    assert set(sanctions_now(cast.chen.id, now)) == {course_key}
    assert history_of(cast.chen.id, elsewhere).sanctions == ()
    assert actions.lift(by=cast.bo, course_key=elsewhere, user=cast.chen, decision_id=2, now=now) == 0
    assert sanction_on(cast.chen.id, course_key, now) is not None


class TestTakenBack:
    def test_a_silence(self, about, keeps, cast, now):
        actions.silence(**about, until=now + timedelta(days=1), decision_id=1)
        assert actions.take_back(by=cast.bo, decision_id=1, now=now) == 1
        assert not keeps()
        assert actions.take_back(by=cast.bo, decision_id=1, now=now) == 0

    def test_a_lift_brings_back_what_it_lifted_and_nothing_else(self, about, keeps, cast, course_key, now):
        actions.silence(**about, until=now + timedelta(days=1), decision_id=1)
        actions.take_back(by=cast.bo, decision_id=1, now=now)
        actions.ban(**about, decision_id=2)
        actions.lift(by=cast.bo, course_key=course_key, user=cast.chen, decision_id=3, now=now)
        assert not keeps()
        actions.take_back(by=cast.bo, decision_id=3, now=now)
        assert sanction_on(cast.chen.id, course_key, now).decision_id == 2
        assert Sanction.objects.get(decision_id=1).lifted_at == now

    def test_a_warning_and_a_note_are_gone(self, about, cast, course_key, now):
        actions.warn(**about, decision_id=1)
        actions.note(by=cast.bo, course_key=course_key, user=cast.chen, text="Talk first.", decision_id=2, now=now)
        for number in (1, 2):
            assert actions.take_back(by=cast.bo, decision_id=number, now=now) == 1
        assert history_of(cast.chen.id, course_key) == history_of(cast.dara.id, course_key)


def test_lists_and_questions_cost_one_query(about, cast, course_key, now, django_assert_num_queries):
    actions.silence(**about, until=now + timedelta(days=1), decision_id=1)
    actions.ban(**about, decision_id=2)
    actions.silence(**(about | {"user": cast.dara}), until=now + timedelta(days=1), decision_id=3)
    with django_assert_num_queries(1):
        assert sanction_on(cast.chen.id, course_key, now).decision_id == 2
    with django_assert_num_queries(1):
        assert set(sanctions_on([cast.chen.id, cast.dara.id, cast.bo.id, None], course_key, now)) == {
            cast.chen.id,
            cast.dara.id,
        }
    with django_assert_num_queries(1):
        assert {(one.user_id, one.kind) for one in sanctioned_in(course_key, now)} == {
            (cast.chen.id, "ban"),
            (cast.dara.id, "silence"),
        }
    with django_assert_num_queries(0):
        assert sanction_on(None, course_key, now) is None


class TestThePlatformsOwnBans:
    @pytest.fixture
    def told(self, monkeypatch):
        """What a forum app that keeps bans is told."""
        from forum import api

        calls = []
        monkeypatch.setattr(api, "ban_user", lambda **about: calls.append(("ban", about)), raising=False)
        monkeypatch.setattr(api, "unban_user", lambda **about: calls.append(("unban", about)), raising=False)
        return calls

    def test_no_published_forum_keeps_any(self, about, cast, course_key, keeps):
        from community_dashboard.host.chosen import get_host

        assert not get_host().keeps_bans(course_key)
        with pytest.raises(DisabledError):
            get_host().ban_person(by=cast.bo, course_key=course_key, user=cast.chen, reason="x")
        actions.ban(**about, decision_id=1)
        assert keeps()

    def test_one_that_does_is_told_of_bans_and_of_nothing_less(self, about, cast, course_key, now, told):
        actions.silence(**about, until=now + timedelta(days=1), decision_id=1)
        assert told == []
        actions.ban(**about, decision_id=2)
        actions.lift(by=cast.bo, course_key=course_key, user=cast.chen, decision_id=3, now=now)
        actions.take_back(by=cast.bo, decision_id=3, now=now)
        actions.take_back(by=cast.bo, decision_id=2, now=now)
        assert [name for name, _about in told] == ["ban", "unban", "ban", "unban"]
        who = {"user": cast.chen, "course_id": course_key, "scope": "course"}
        assert told[0][1] == who | {"banned_by": cast.bo, "reason": about["reason"]}
        assert told[1][1] == who | {"unbanned_by": cast.bo, "reason": ""}

    def test_one_that_refuses_leaves_ours_standing(self, about, cast, told, monkeypatch, keeps, caplog):
        actions.ban(**(about | {"by": cast.dara}), decision_id=1)  # a stranger: the host refuses to tell the platform
        assert told == []
        assert keeps()
        assert "own ban was not changed" in caplog.text


def test_what_is_old_and_over_is_deleted_and_what_holds_stays(about, cast, course_key, now):
    actions.warn(**about, decision_id=1)
    actions.silence(**about, until=now + timedelta(days=1), decision_id=2)
    actions.silence(**about, until=now + timedelta(days=300), decision_id=3)
    actions.ban(**about, decision_id=4)
    actions.note(by=cast.bo, course_key=course_key, user=cast.chen, text="Talk first.", decision_id=5, now=now)
    later = now + timedelta(days=100)
    assert actions.delete_old(before=now, now=later) == 0
    assert actions.delete_old(before=later, now=later) == 3
    assert set(Sanction.objects.values_list("decision_id", flat=True)) == {3, 4}


def test_a_retired_author_is_forgotten_and_a_retired_moderator_has_no_name(about, cast, course_key, now):
    from community_dashboard.retirement import forget_retired

    actions.ban(**about, decision_id=1)
    actions.note(by=cast.bo, course_key=course_key, user=cast.chen, text="Talk first.", decision_id=2, now=now)
    forget_retired(cast.bo)
    assert AuthorNote.objects.get().by_id is None
    forget_retired(cast.chen)
    assert not Sanction.objects.exists()
    assert not AuthorNote.objects.exists()


def test_ones_own_data_has_sanctions_and_notes_and_not_who_made_them(about, cast, course_key, now):
    from community_dashboard.moderation.sanctions.own_data import own_sanctions

    actions.ban(**about, decision_id=1)
    actions.note(by=cast.bo, course_key=course_key, user=cast.chen, text="Talk first.", decision_id=2, now=now)
    (ban,), (note,) = (list(part.rows) for part in own_sanctions(cast.chen.id))
    assert (ban["what"], ban["reason"], note["text"]) == ("ban", about["reason"], "Talk first.")
    assert cast.bo.id not in note.values()
