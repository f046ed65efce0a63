"""…/moderation/health/: its doors, what it says, and its form."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from community_dashboard.moderation.projection.models import ForumPost
from tests.community_dashboard.moderation.clock.world import make_world, thread


@pytest.fixture
def page(community):
    return f"{community}moderation/health/"


@pytest.fixture
def today():
    return timezone.now()


@pytest.fixture
def asked(cast, course_key, today):
    """Eight weeks of questions."""
    start = today - timedelta(days=56)
    return make_world(course_key, learner=cast.chen, team=[cast.bo], start=start, days=56, threads=240, seed=4)


VALUES = {
    "question": "12", "urgent": "2", "report": "6", "any": "0", "share": "90", "zone": "Europe/Paris",
    **{f"day{n}": "9-12, 13:30 – 17h" for n in range(5)}, "day5": "", "day6": "",
    "holidays": "2026-12-24 – 2027-01-02\n2026-05-01",
}  # fmt: skip


def words(response):
    """The text of a page, without tags, on one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def test_who_may_open_it(everybody, client_of, page):
    answers = {who: client_of(user).get(page).status_code for who, user in everybody.items()}
    assert answers == {
        "visitor": 302, "stranger": 403, "learner": 403, "moderator": 200, "group moderator": 200, "course staff": 200,
        "staff of another course": 403, "data researcher": 403, "global staff": 200,
    }  # fmt: skip


def test_who_may_open_and_send_the_form(everybody, client_of, page):
    for who, user in everybody.items():
        allowed = who in ("course staff", "global staff")
        expected = 302 if user is None else 200 if allowed else 403
        assert client_of(user).get(f"{page}targets/").status_code == expected, who
        sent = client_of(user).post(f"{page}targets/", VALUES).status_code
        assert sent == (302 if user is None else 303 if allowed else 403), who


def test_an_empty_course_is_told_what_will_appear(cast, client_of, page):
    said = words(client_of(cast.bo).get(page))
    assert "Nobody waits." in said and "Nobody asked in this period." in said
    assert "Too few questions came in the last four weeks" in said


def test_each_figure_has_its_sentence_and_its_table(asked, cast, client_of, page):
    said = words(client_of(cast.bo).get(page))
    for sentence in (
        r"\d+ wait, \d+ past the target; ",
        r"Half of the answered were answered within ([\d.]+ (h|min|days)|under 1 min), nine in ten within",
        r"\d+ of \d+ are not answered yet",
        r"\d+ moderators? at work in all course hours answers? 90 % within 24 h\. In the 4 weeks replayed",
        r"The median is longest in “A topic that is gone”|The median is the same",
        r"1 moderator gave (\d+) of the team's \1 first answers",
        r"Most is asked on \w+day, \d\d to \d\d h",
    ):
        assert re.search(sentence, said), sentence


def test_the_address_holds_the_filters(asked, cast, client_of, page):
    client = client_of(cast.bo)
    assert client.get(page + "?start=2020-01-01&end=2020-02-01").status_code == 200
    wrong = client.get(page + "?start=2026-02-01&end=2026-01-01")
    assert wrong.status_code == 400 and "lies before the first" in words(wrong)
    assert client.get(page + "?topic=nowhere&hours=yes").status_code == 400


def test_a_group_moderator_sees_the_own_cohort_alone(everybody, course_key, client_of, page, cast, today):
    from demo.forum.models import Cohort, CohortMember

    red = Cohort.objects.create(course_key=course_key, name="Red")
    blue = Cohort.objects.create(course_key=course_key, name="Blue")
    CohortMember.objects.create(user=everybody["group moderator"], course_key=course_key, cohort=red)
    at = today - timedelta(hours=30)
    ForumPost.objects.bulk_create(
        thread(course_key, n, at=at, author=cast.chen, title=title, group_id=group)
        for n, title, group in ((1, "For red", red.id), (2, "For blue", blue.id), (3, "For all", 0))
    )
    said = words(client_of(everybody["group moderator"]).get(page))
    assert "For red" in said and "For blue" not in said and "For all" not in said
    asked_for = words(client_of(everybody["group moderator"]).get(f"{page}?group={blue.id}"))
    assert "For blue" not in asked_for
    assert "For blue" in words(client_of(cast.bo).get(page))


def test_what_learners_wrote_is_shown_as_text(cast, course_key, client_of, page, today):
    hostile = "<script>alert(1)</script>"
    thread(course_key, 1, at=today - timedelta(hours=30), author=cast.chen, title=hostile).save()
    text = client_of(cast.bo).get(page).content.decode()
    assert hostile not in text and "&lt;script&gt;" in text


def test_the_form_saves_hours_and_holidays(cast, client_of, page, course_key):
    assert client_of(cast.ada).post(f"{page}targets/", VALUES).status_code == 303
    row = CourseHours.objects.get(course_key=course_key)
    assert row.week == [[[540, 720], [810, 1020]]] * 5 + [[], []]
    assert len(row.holidays) == 11 and row.holidays[0] == "2026-05-01"
    assert dict(CourseTarget.objects.values_list("kind", "hours")) == {
        "question": 12,
        "urgent": 2,
        "report": 6,
        "any": 0,
    }
    said = words(client_of(cast.ada).get(f"{page}?done=saved"))
    assert "are saved" in said and "Monday · 09:00–12:00, 13:30–17:00" in said and "Sunday · closed" in said
    form = client_of(cast.ada).get(f"{page}targets/").content.decode()
    assert "2026-12-24 – 2027-01-02" in form and 'value="09:00–12:00, 13:30–17:00"' in form


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day0": "nine to five"}, "is no time of opening. Please write it like 09:00–12:00."),
        ({"day0": "17-9"}, "ends before it begins"),
        ({"day0": "9-12, 11-13"}, "Two of these times overlap."),
        ({"day0": "9-25"}, "a day ends at 24:00"),
        ({f"day{n}": "" for n in range(7)}, "Please open at least one hour of the week"),
        ({"holidays": "Christmas"}, "is no day. Please write it like 2026-12-25."),
        ({"holidays": "2026-02-30"}, "is no day"),
        ({"holidays": "2026-05-02 – 2026-05-01"}, "the last day lies before the first"),
        ({"holidays": "2026-01-01 – 2999-05-01"}, "is longer than a year"),
        ({"question": "-1"}, "greater than or equal to 0"),
        ({"question": "10000"}, "less than or equal to 720"),
        ({"zone": "Mars/Olympus"}, "is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(cast, client_of, page, changed, sentence):
    response = client_of(cast.ada).post(f"{page}targets/", VALUES | changed)
    assert response.status_code == 400
    assert sentence in words(response)
    assert not CourseHours.objects.exists() and not CourseTarget.objects.exists()


def test_targets_are_tried_on_the_last_fourteen_days_first(cast, course_key, client_of, page, today):
    rows = [
        thread(
            course_key,
            n,
            at=today - timedelta(days=2),
            author=cast.chen,
            first_answer_at=today - timedelta(hours=48 - n),
        )
        for n in (1, 5, 30)
    ]
    ForumPost.objects.bulk_create([*rows, thread(course_key, 99, at=today - timedelta(days=40), author=cast.chen)])
    tried = client_of(cast.ada).post(f"{page}targets/", VALUES | {"question": "4", "always": "on", "try": "1"})
    said = words(tried)
    assert tried.status_code == 200 and "(3 cases). Nothing is saved yet." in said
    assert "1 case would have gone another way." in said and "Question 5" in said
    assert "late: past the target 1 2" in said
    assert not CourseTarget.objects.exists()


def test_the_number_of_queries_does_not_grow(
    asked, cast, client_of, page, django_assert_max_num_queries, course_key, today
):
    client = client_of(cast.bo)
    client.get(page)
    with django_assert_max_num_queries(45) as few:
        client.get(page)
    ForumPost.objects.bulk_create(
        thread(course_key, 10_000 + n, at=today - timedelta(hours=n), author=cast.chen) for n in range(100)
    )
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(page)
