"""Every choice by people of every part, on people of every part, in this course and in another: the action itself refuses."""

from datetime import timedelta

import pytest
from forum.backends.mysql.models import Comment, CommentThread

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.decisions.authority import Part, may
from community_dashboard.moderation.decisions.errors import GoneError, NotAllowedError
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.queries import choices_for
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.sanctions.models import AuthorNote, Sanction
from demo.campus import actions as campus
from demo.forum.models import CohortMember
from referral_xblock.api import Role
from tests.community_dashboard.moderation.projection.conftest import ForumOf

pytestmark = pytest.mark.django_db


def fields_for(choice, now, to):
    """What the choice needs, so that nothing but the right can refuse it."""
    return {
        "until": (now + timedelta(days=3)).isoformat(),
        "body": "Please read this.",
        "topic_id": "meadow",
        "sure": "yes",
        "text": "A note.",
        "to": str(to.id),
    }


def reason_for(choice):
    return {Choice.EDIT: "needs-clarity", Choice.CLOSE: "off-topic"}.get(choice, "Because.")


def everything():
    """All rows that a decision may write, and all that the forum has."""
    tables = (Decision, KeptOriginal, EarlierText, Sanction, AuthorNote, QueueItem, CommentThread, Comment)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


@pytest.fixture
def elsewhere_forum(elsewhere, cast, now):
    """A thread and an answer in another course."""
    forum = ForumOf(elsewhere)
    thread = forum.thread(cast.chen)
    answer = forum.answer(thread, cast.chen)
    project(course_key=elsewhere, refs=[thread, answer], now=now)
    return thread, answer


@pytest.mark.parametrize("choice", list(Choice))
def test_across_courses_nothing_is_written(cast, course_key, elsewhere, elsewhere_forum, desk, now, choice):
    """bo moderates here and nothing there; otto leads there, and moderates nothing."""
    campus.enrol(user=cast.bo, course_key=elsewhere, by=None, now=now)
    campus.give_role(user=cast.ada, course_key=elsewhere, role=Role.COURSE_STAFF)
    before = everything()
    fields = fields_for(choice, now, cast.bo)
    for ref in (*elsewhere_forum, None):
        person = {"user_id": str(cast.chen.id)} if ref is None else {}
        for by in (cast.bo, cast.ada, cast.chen, cast.dara):
            with pytest.raises((NotAllowedError, GoneError)):
                decide(by=by, course_key=elsewhere, ref=ref, choice=choice, reason=reason_for(choice),
                       fields=fields | person, now=now)  # fmt: skip
            if ref is not None:  # the own course is named, the post is another's
                with pytest.raises((NotAllowedError, GoneError)):
                    decide(by=by, course_key=course_key, ref=ref, choice=choice, reason=reason_for(choice), fields=fields,
                           now=now)  # fmt: skip
    assert everything() == before


def test_a_decision_of_another_course_cannot_be_undone(cast, course_key, elsewhere, elsewhere_forum, now):
    thread, _answer = elsewhere_forum
    campus.enrol(user=cast.dara, course_key=elsewhere, by=None, now=now)
    campus.give_role(user=cast.dara, course_key=elsewhere, role=Role.FORUM_MODERATOR)
    row = decide(by=cast.dara, course_key=elsewhere, ref=thread, choice=Choice.HIDE, now=now)
    before = everything()
    for where in (course_key, elsewhere):
        with pytest.raises((NotAllowedError, GoneError)):
            undo(by=cast.bo, course_key=where, decision_id=row.pk, now=now)
    assert everything() == before


@pytest.mark.parametrize("part", [part.value for part in Part])
def test_the_action_does_what_the_table_says_and_offers_no_more(part, somebody, forum, desk, course_key, now):
    """Every choice on the posts of people of every part, by somebody in no cohort, and in the own one."""
    cohorts = ["", "Red"] if part == "group_moderator" else [""]
    authors = {target: somebody(target.value) for target in Part}
    chief = somebody("global_staff")
    for cohort in cohorts:
        actor = somebody(part, cohort=cohort)
        for target, author in authors.items():
            if cohort:
                CohortMember.objects.get_or_create(
                    user=author, course_key=course_key,
                    defaults={"cohort": CohortMember.objects.get(user=actor).cohort},
                )  # fmt: skip
            thread = forum.thread(author)
            answer = forum.answer(thread, author)
            desk.read(thread, answer)
            offered = choices_for(by=actor, course_key=course_key, posts=[find_post(course_key, answer)])[answer]
            for choice in Choice:
                allowed = may(choice, {Part(part)}, {target}, same_group=bool(cohort))
                if not allowed:
                    assert choice not in offered
                    with pytest.raises(NotAllowedError):
                        decide(by=actor, course_key=course_key, ref=answer, choice=choice, reason=reason_for(choice),
                               fields=fields_for(choice, now, actor), now=now)  # fmt: skip
            for choice in (Choice.CLOSE, Choice.HIDE, Choice.WARN, Choice.BAN):
                if may(choice, {Part(part)}, {target}, same_group=bool(cohort)):
                    row = decide(by=actor, course_key=course_key, ref=thread if choice is Choice.CLOSE else answer,
                                 choice=choice, reason=reason_for(choice), fields={}, now=now)  # fmt: skip
                    assert row.state == "done"
                    undo(by=chief, course_key=course_key, decision_id=row.pk, now=now)


def test_a_group_moderator_bans_nobody_and_silences_members_of_the_cohort_alone(somebody, forum, desk, course_key, now):
    """A post meant for the own cohort does not make its author a member."""
    gil, red, blue = somebody("group_moderator", cohort="Red"), somebody(cohort="Red"), somebody(cohort="Blue")
    group = CohortMember.objects.get(user=gil).cohort_id
    ref = forum.thread(blue, group_id=group)
    desk.read(ref)
    about = {"by": gil, "course_key": course_key, "reason": "Enough.", "now": now}
    until = {"until": (now + timedelta(days=3)).isoformat()}
    assert decide(**about, ref=ref, choice=Choice.HIDE).state == "done"
    with pytest.raises(NotAllowedError, match="own cohort"):
        decide(**about, ref=ref, choice=Choice.SILENCE, fields=until)
    assert decide(**about, ref=None, choice=Choice.SILENCE, fields=until | {"user_id": red.id}).state == "done"
    with pytest.raises(NotAllowedError, match="does not include"):
        decide(**about, ref=None, choice=Choice.BAN, fields={"user_id": red.id})


def test_a_post_that_never_was_is_gone_for_moderators_and_refused_to_others(cast, course_key, now):
    ref = PostRef(PostKind.THREAD, "987654")
    with pytest.raises(GoneError):
        decide(by=cast.bo, course_key=course_key, ref=ref, choice=Choice.APPROVE, now=now)
    with pytest.raises(NotAllowedError):
        decide(by=cast.chen, course_key=course_key, ref=ref, choice=Choice.APPROVE, now=now)
