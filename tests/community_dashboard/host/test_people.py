"""What the demo's host tells the dashboard of people; every list in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocator, LibraryLocatorV2

from community_dashboard.data import Certificate, Cohort, ForumRole, LastSeen, MailChoice, Profile, Standing
from community_dashboard.host.chosen import get_host
from demo.campus import actions
from demo.campus.models import Enrolment
from demo.courseware.models import Block, Course, FieldValue
from demo.forum.models import Cohort as CohortRow
from demo.forum.models import CohortMember, ForumTitle, MailOptOut

NO_COURSES = [
    CourseKey.from_string("course-v1:No+Such+Course"),
    CourseKey.from_string("course-v1:Test+Bees101+2027"),
    LibraryLocator("Test", "Books"),
    LibraryLocatorV2("Test", "Books"),
    "course-v1:Test+Bees101+2026",
    None,
]


@pytest.fixture
def host():
    """The host that the settings choose."""
    return get_host()


@pytest.fixture
def crowd(course_key, now):
    """Twelve hundred learners without a profile."""
    users = User.objects.bulk_create(User(username=f"learner{n}", email=f"learner{n}@example.org") for n in range(1200))
    users = list(User.objects.filter(username__startswith="learner").order_by("id"))
    Enrolment.objects.bulk_create(
        Enrolment(user=user, course_key=course_key, active=True, created=now) for user in users
    )
    return [user.id for user in users]


def test_the_roster_is_read_page_by_page(cast, course_key, host, crowd, now, django_assert_num_queries):
    seen, after = [], 0
    while True:
        with django_assert_num_queries(1):
            page = host.roster(course_key, after=after, limit=500)
        if not page:
            break
        seen += page
        after = page[-1].row_id
    assert len(seen) == 1202
    assert [member.user_id for member in seen] == [cast.bo.id, cast.chen.id, *crowd]
    assert (seen[0].username, seen[0].mode, seen[0].active, seen[0].created) == ("bo", "audit", True, now)
    with django_assert_num_queries(1):
        assert host.roster_size(course_key) == 1202


def test_who_left_stays_in_the_roster_but_is_not_counted(cast, course_key, host, now):
    actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    assert [(member.username, member.active) for member in host.roster(course_key)] == [("bo", True), ("chen", False)]
    assert host.roster_size(course_key) == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda host, ids, key: host.standings(ids, key),
        lambda host, ids, key: host.last_seen(ids, key),
        lambda host, ids, key: host.mail_choices(ids, key),
        lambda host, ids, key: host.cohorts_of(ids, key),
        lambda host, ids, key: host.profiles(ids),
    ],
    ids=["standings", "last_seen", "mail_choices", "cohorts_of", "profiles"],
)
def test_many_cost_as_one_and_a_query_more_for_every_500(course_key, host, crowd, ask):
    def cost(ids):
        with CaptureQueriesContext(connection) as queries:
            ask(host, ids, course_key)
        return len(queries)

    assert cost(crowd[:500]) == cost(crowd[:1]) <= 3
    assert cost(crowd) <= 3 * cost(crowd[:1])
    assert cost([]) <= 2


def test_a_profile_says_what_was_told_and_is_left_out_where_there_is_none(cast, course_key, host, crowd):
    cast.chen.profile.country, cast.chen.profile.language = "SN", "fr"
    cast.chen.profile.save()
    assert host.profiles([cast.chen.id, crowd[0], 0]) == {cast.chen.id: Profile(country="SN", language="fr")}
    assert host.profile_fields() == {"country", "language"}


def test_cohorts_are_of_one_course(cast, course_key, host):
    red = CohortRow.objects.create(course_key=course_key, name="Red")
    blue = CohortRow.objects.create(course_key=course_key, name="Blue")
    CohortRow.objects.create(course_key=NO_COURSES[1], name="Elsewhere")
    CohortMember.objects.create(user=cast.chen, course_key=course_key, cohort=red)
    assert host.cohorts(course_key) == [Cohort(blue.id, "Blue"), Cohort(red.id, "Red")]
    assert host.cohort_of(cast.chen, course_key) == Cohort(red.id, "Red")
    assert host.cohort_of(cast.bo, course_key) is None
    assert host.cohort_of(cast.chen, NO_COURSES[1]) is None
    assert host.cohorts_of([cast.bo.id, cast.chen.id], course_key) == {cast.chen.id: red.id}


def test_moderators_are_those_with_a_role_in_this_courses_forum(everybody, course_key, host):
    known = {user.id: who for who, user in everybody.items() if user is not None}

    def found():
        return {known[user_id] for user_id in host.moderators(course_key) if user_id in known}

    assert found() == {"moderator", "group moderator"}
    everybody["moderator"].is_active = False
    everybody["moderator"].save()
    assert found() == {"group moderator"}
    assert host.moderators(NO_COURSES[1]) == []


def test_roles_in_the_forum_are_told_apart(cast, everybody, course_key, host):
    people = {who: user.id for who, user in everybody.items() if user is not None}

    def found():
        roles = host.forum_roles_of(people.values(), course_key)
        return {who: roles[user_id] for who, user_id in people.items() if user_id in roles}

    assert found() == {"moderator": {ForumRole.MODERATOR}, "group moderator": {ForumRole.GROUP_MODERATOR}}
    title = ForumTitle.objects.create(user=cast.bo, course_key=course_key, title="community_ta")
    assert found()["moderator"] == {ForumRole.COMMUNITY_TA}
    ForumTitle.objects.filter(pk=title.pk).update(title="administrator")
    assert found()["moderator"] == {ForumRole.ADMINISTRATOR}
    assert host.forum_roles_of(people.values(), NO_COURSES[1]) == {}
    cast.bo.is_active = False
    cast.bo.save()
    assert set(found()) == {"group moderator"}


def test_an_opt_out_is_of_one_course(cast, course_key, host):
    MailOptOut.objects.create(user=cast.chen, course_key=course_key)
    wanted = [cast.bo.id, cast.chen.id]
    assert host.mail_choices(wanted, course_key) == {
        cast.bo.id: MailChoice(),
        cast.chen.id: MailChoice(course_mail=False),
    }
    assert host.mail_choices(wanted, NO_COURSES[1]) == dict.fromkeys(wanted, MailChoice())


def test_a_standing_is_the_share_of_all_points(cast, tiny_course, host):
    Course.objects.update(graded=True, passing_share=0.5)
    problem = tiny_course.completable[1]
    Block.objects.filter(usage_key=problem).update(graded=True)
    for person, share in ((cast.bo, 0.25), (cast.chen, 0.75)):
        FieldValue.objects.create(
            digest=person.username, scope="user_state", scope_id=str(problem), user_key=str(person.id),
            field_name="score", value=share,
        )  # fmt: skip
    wanted = [cast.ada.id, cast.bo.id, cast.chen.id]
    found = host.standings(wanted, tiny_course.course_key)
    assert found == {
        cast.ada.id: Standing(),  # has answered nothing yet
        cast.bo.id: Standing(share=0.25),
        cast.chen.id: Standing(share=0.75, passed=True),
    }
    assert {standing.certificate for standing in found.values()} == {Certificate.NONE}  # the campus gives none


def test_the_last_moment_is_that_of_the_course_and_of_signing_in(cast, tiny_course, host, now):
    for usage_key in tiny_course.completable[:2]:
        BlockCompletion.objects.submit_completion(cast.chen, usage_key, 1.0)
    first, last = BlockCompletion.objects.order_by("id")
    BlockCompletion.objects.filter(id=first.id).update(modified=now)
    BlockCompletion.objects.filter(id=last.id).update(modified=now - timedelta(days=1))
    User.objects.filter(id=cast.chen.id).update(last_login=now + timedelta(hours=1))
    found = host.last_seen([cast.chen.id, cast.bo.id], tiny_course.course_key)
    assert found[cast.chen.id] == LastSeen(in_course=now, signed_in=now + timedelta(hours=1))
    assert found[cast.bo.id].in_course is None
    assert host.last_seen([cast.chen.id], NO_COURSES[1])[cast.chen.id].in_course is None


@pytest.mark.parametrize("key", NO_COURSES, ids=str)
def test_what_is_no_course_is_empty_and_never_an_error(cast, host, key):
    wanted = [cast.chen.id]
    assert (host.roster(key), host.roster_size(key), host.cohorts(key), host.topics(key)) == ([], 0, [], [])
    assert host.cohorts_of(wanted, key) == {}
    assert host.cohort_of(cast.chen, key) is None
    assert host.standings(wanted, key) == {cast.chen.id: Standing()}
    assert host.mail_choices(wanted, key) == {cast.chen.id: MailChoice()}
    assert host.last_seen(wanted, key)[cast.chen.id].in_course is None


def test_a_course_deleted_meanwhile_keeps_its_people_but_nothing_to_do(cast, course_key, host):
    Course.objects.all().delete()
    assert host.roster_size(course_key) == 2
    assert host.standings([cast.chen.id], course_key) == {cast.chen.id: Standing()}
    forum = host.forum(course_key)
    assert (forum.enabled, bool(forum.sentence)) == (False, True)


def test_a_visitor_is_in_no_cohort_and_comes_from_nowhere(course_key, host):
    assert host.cohort_of(AnonymousUser(), course_key) is None
    assert host.country_of(RequestFactory().get("/")) == ""


def test_a_tab_is_built_as_the_platform_builds_it(course_key, host):
    class Tab(host.course_tab_base()):
        type, title, view_name = "community", "Community", "dashboard"

    course = type("Course", (), {"id": course_key})()

    def reverse(name, args):
        return f"/{name}/{args[0]}/"

    tab = Tab({})
    assert (tab.name, tab.tab_id, tab.is_hidden) == ("Community", "community", False)
    assert tab.link_func(course, reverse) == f"/dashboard/{course_key}/"
    assert (
        Tab({"name": "People", "tab_id": "x", "link_func": lambda course, reverse: "/x/"}).link_func(course, reverse)
        == "/x/"
    )
    with pytest.raises(NotImplementedError):
        Tab.is_enabled(course)
