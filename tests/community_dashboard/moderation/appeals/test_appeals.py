"""An author appeals once, somebody else decides, and what is decided follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community_dashboard.moderation.appeals.actions import appeal, decide_appeal, plain
from community_dashboard.moderation.appeals.models import Appeal
from community_dashboard.moderation.appeals.queries import count_waiting, told_to
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import BadFieldError, GoneError, NotAllowedError
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.sanctions.queries import sanction_on


@pytest.fixture
def other(somebody):
    """A second moderator of the course."""
    return somebody("moderator", username="mo")


@pytest.fixture
def hidden(desk, thread):
    """chen's question, hidden by bo."""
    return desk.decide(thread, Choice.HIDE, "Shouting.")


@pytest.fixture
def say(cast, course_key, desk):
    """`say(decision)`: chen appeals."""

    def one(decision, words="I was quoting the course.", *, by=None, where=course_key):
        return appeal(by=by or cast.chen, course_key=where, decision_id=decision.pk, words=words, now=desk.now)

    return one


@pytest.fixture
def rule(course_key, desk, other):
    """`rule(appealed, overturn=True)`: the second moderator decides."""

    def one(said, *, overturn, by=None, answer="I read it again.", later=timedelta(minutes=1), where=course_key):
        return decide_appeal(
            by=by or other,
            course_key=where,
            appeal_id=said.id,
            overturn=overturn,
            answer=answer,
            now=desk.now + later,
        )

    return one


def test_overturned_the_post_is_as_it_was(desk, thread, hidden, say, rule, other):
    said = say(hidden)
    assert (said.state, count_waiting(desk.course_key)) == ("open", 1)
    before = desk.text(thread)
    ruled = rule(said, overturn=True)
    assert (ruled.state, ruled.undone, ruled.decided_by) == ("overturned", True, other.id)
    assert desk.text(thread) != before
    row = Decision.objects.get(pk=hidden.pk)
    assert (row.state, row.undone_by_id) == ("undone", other.id)
    assert count_waiting(desk.course_key) == 0


def test_upheld_it_stays(desk, thread, hidden, say, rule):
    before = desk.text(thread)
    assert rule(say(hidden), overturn=False).state == "upheld"
    assert desk.text(thread) == before
    assert Decision.objects.get(pk=hidden.pk).state == "done"


def test_once_for_each_decision(hidden, say, rule):
    first = say(hidden)
    assert say(hidden, "And another thing.") == first
    ruled = rule(first, overturn=False)
    assert say(hidden, "Still not.") == ruled
    assert Appeal.objects.count() == 1


def test_sent_twice_at_once_it_is_one(hidden, say, monkeypatch):
    first = say(hidden)
    nothing = Appeal.objects.none()
    monkeypatch.setattr(Appeal.objects, "filter", lambda **about: nothing)  # as the second request saw it
    assert say(hidden, "The same moment.").id == first.id
    monkeypatch.undo()
    assert Appeal.objects.count() == 1


def test_decided_twice_the_first_holds(hidden, say, rule):
    said = say(hidden)
    ruled = rule(said, overturn=False)
    assert rule(said, overturn=True) == ruled
    assert Decision.objects.get(pk=hidden.pk).state == "done"


@pytest.mark.parametrize("words", ["", " \n\t ", "\u0000\u0007", "x" * 2001])
def test_words_are_needed_and_not_too_many(hidden, say, words):
    with pytest.raises(BadFieldError):
        say(hidden, words)
    assert not Appeal.objects.exists()


def test_words_are_kept_as_they_were_written_and_what_cannot_be_seen_is_not():
    assert plain(" <script>alert(1)</script>\r\n\u0000née\u202f! \ud800") == "<script>alert(1)</script>\nnée\u202f!"
    assert plain("لا\u200cأعرف") == "لا\u200cأعرف"


class TestWhoMay:
    def test_nobody_appeals_for_somebody_else(self, cast, hidden, say, elsewhere):
        for stranger in (cast.dara, cast.bo, cast.ada):
            with pytest.raises(NotAllowedError):
                say(hidden, by=stranger)
        with pytest.raises(NotAllowedError):
            say(hidden, where=elsewhere)

    def test_whoever_decided_does_not_judge(self, cast, hidden, say, rule):
        with pytest.raises(NotAllowedError, match="You made this decision"):
            rule(say(hidden), overturn=False, by=cast.bo)

    def test_neither_do_the_author_learners_staff_without_a_role_and_strangers(
        self, cast, hidden, say, rule, somebody, elsewhere
    ):
        said = say(hidden)
        outsider = somebody("moderator", where=elsewhere, username="out")
        for person in (cast.chen, cast.ada, cast.dara, somebody("learner"), outsider):
            with pytest.raises(NotAllowedError):
                rule(said, overturn=True, by=person)
        assert Appeal.objects.get().state == "open"

    def test_an_author_who_became_a_moderator_is_still_the_author(self, cast, course_key, hidden, say, rule):
        from demo.campus import actions
        from referral_xblock.api import Role

        said = say(hidden)
        actions.give_role(user=cast.chen, course_key=course_key, role=Role.FORUM_MODERATOR)
        with pytest.raises(NotAllowedError):
            rule(said, overturn=True, by=cast.chen)

    def test_a_helper_judges_no_ban(self, desk, thread, say, rule, somebody):
        banned = desk.decide(thread, Choice.BAN, "Spam.")
        with pytest.raises(NotAllowedError):
            rule(say(banned), overturn=True, by=somebody("community_ta"))

    def test_another_courses_moderator_finds_no_appeal(self, hidden, say, rule, somebody, elsewhere):
        said = say(hidden)
        with pytest.raises(GoneError):
            rule(said, overturn=True, by=somebody("moderator", where=elsewhere, username="out"), where=elsewhere)

    def test_what_a_rule_did_any_moderator_judges(self, cast, desk, thread, say, rule, other):
        held = desk.decide(thread, Choice.HOLD, "shortener", by=other, automatic=True)
        assert rule(say(held), overturn=True, by=cast.bo).undone


class TestWhatHappenedMeanwhile:
    def test_a_decision_that_was_undone_cannot_be_appealed(self, desk, hidden, say):
        desk.undo(hidden)
        with pytest.raises(GoneError):
            say(hidden)

    def test_undone_after_the_appeal_the_author_was_right(self, desk, hidden, say, rule):
        said = say(hidden)
        desk.undo(hidden)
        assert rule(said, overturn=True).undone

    def test_a_deleted_post_does_not_come_back_and_this_is_said(self, desk, thread, say, rule):
        said = say(desk.decide(thread, Choice.DELETE, sure="yes"))
        ruled = rule(said, overturn=True)
        assert (ruled.state, ruled.undone) == ("overturned", False)

    def test_a_ban_is_lifted_even_when_it_is_too_late_to_undo_it(self, cast, desk, thread, say, rule):
        banned = desk.decide(thread, Choice.BAN, "Spam.")
        said = say(banned)
        ruled = rule(said, overturn=True, later=timedelta(days=45))
        assert ruled.undone
        assert sanction_on(cast.chen.id, desk.course_key, desk.now + timedelta(days=46)) is None
        lifted = Decision.objects.get(choice="lift")
        assert lifted.cause_id == banned.pk

    def test_a_silenced_author_appeals(self, cast, desk, thread, say, rule):
        until = (desk.now + timedelta(days=3)).isoformat()
        said = say(desk.decide(thread, Choice.SILENCE, "Shouting.", until=until))
        rule(said, overturn=True)
        assert sanction_on(cast.chen.id, desk.course_key, desk.now) is None

    def test_the_forum_fails_and_the_appeal_is_still_open(self, desk, hidden, say, rule, monkeypatch):
        from community_dashboard.host.errors import UnavailableError
        from community_dashboard.moderation.decisions.errors import ForumFailedError
        from demo.dashboard_host import DashboardHost

        said = say(hidden)

        def broken(*args, **about):
            raise UnavailableError

        monkeypatch.setattr(DashboardHost, "edit_post", broken)
        with pytest.raises(ForumFailedError):
            rule(said, overturn=True)
        assert Appeal.objects.get().state == "open"
        assert Decision.objects.get(pk=hidden.pk).state == "done"
        monkeypatch.undo()
        assert rule(said, overturn=True).undone


def test_an_author_is_told_what_concerns_them_and_nothing_of_the_teams_own(cast, desk, thread, say, hidden):
    desk.decide(thread, Choice.NOTE, text="Talk to them first.")
    desk.decide(thread, Choice.PIN)
    desk.decide(thread, Choice.WARN, "Please be kind.")
    told = told_to(cast.chen.id)
    assert [one.decision.choice for one in told] == ["warn", "hide"]
    assert all(one.may_appeal for one in told)
    say(hidden)
    assert [one.may_appeal for one in told_to(cast.chen.id)] == [True, False]
    assert told_to(cast.dara.id) == []


def test_a_retired_author_leaves_no_words_and_a_retired_moderator_no_name(cast, hidden, say, rule, other):
    from community_dashboard.retirement import forget_retired

    rule(say(hidden), overturn=False)
    forget_retired(other)
    assert Appeal.objects.get().decided_by_id is None
    forget_retired(cast.chen)
    assert not Appeal.objects.exists()


def test_ones_own_data_has_the_words_and_not_who_decided(cast, hidden, say, rule, other):
    from community_dashboard.moderation.appeals.own_data import own_appeals

    rule(say(hidden, "My words."), overturn=False, answer="Still shouting.")
    (part,) = own_appeals(cast.chen.id)
    (row,) = part.rows
    assert (row["words"], row["state"], row["answer"]) == ("My words.", "upheld", "Still shouting.")
    assert other.id not in row.values()


def test_an_appeal_goes_with_its_decision(hidden, say):
    say(hidden)
    Decision.objects.filter(pk=hidden.pk).delete()
    assert not Appeal.objects.exists()
