"""The pages of segments: their door, live counts, trying before saving, and what is wrong in a form."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.activity.rollup.models import LearnerState
from community_dashboard.activity.rollup.people import count
from community_dashboard.engagement.segments.queries import segment_of, segments_of

GRADE = {"all-2-fact": "grade", "all-2-operator": "at_least", "all-2-value": "50"}


@pytest.fixture
def page(course_key):
    return f"/community/courses/{course_key}/learners/segments/"


def sent(form_page, **changed):
    """The fields of a form page as a browser sends them, with some changed."""
    html = form_page.content.decode()
    found = {}
    for name, value in re.findall(r'<input type="(?:text|number|hidden)" name="([^"]+)"(?: value="([^"]*)")?', html):
        found[name] = value
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen.group(1) if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found | changed


@pytest.mark.parametrize("who", ["stranger", "learner", "moderator", "staff of another course", "data researcher"])
@pytest.mark.parametrize("part", ["", "new/", "mentors/"])
def test_others_are_refused(who, part, everybody, client_of, page):
    client = client_of(everybody[who])
    assert client.get(page + part).status_code == 403
    assert client.post(page + part, {"name": "x"}).status_code in (403, 405)


def test_a_visitor_signs_in_first(client_of, page, cast):
    for part in ("", "new/", "mentors/"):
        assert client_of(None).get(page + part).status_code == 302


def test_each_segment_has_its_count_which_leads_to_its_list(sorts, client_of, page, course_key, cast, due):
    due(sorts.at + timedelta(days=3))
    client = client_of(cast.ada)
    html = client.get(page).content.decode()
    for one in segments_of(course_key, now=sorts.at):
        address, number = re.search(rf'<a href="([^"]+\?segment={one.key})">(\d+)</a>', html).groups()
        assert int(number) == count(course_key, one.chosen, now=sorts.at), one.key
        listed = re.search(r'id="learners-total">(\w+)', client.get(address).content.decode()).group(1)
        assert listed == (number if number != "0" else "Nobody"), one.key


def test_thousands_stand_apart(cast, client_of, page, course_key, now):
    LearnerState.objects.bulk_create(
        LearnerState(course_key=course_key, person=10_000 + n, enrolled=True, filled_at=now) for n in range(1234)
    )
    client = client_of(cast.ada)
    assert ">1,234</a>" in client.get(page).content.decode()
    form = client.get(page + "never-started/")
    assert "1,234 learners now" in form.content.decode()
    tried = client.post(page + "never-started/", sent(form) | {"try": "1"})
    assert "1,234 learners would be in it; now 1,234." in tried.content.decode()


def test_the_cost_does_not_grow_with_the_learners(sorts, client_of, page, cast):
    client = client_of(cast.ada)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    assert len(queries) <= 20
    assert sum("COUNT" in query["sql"] and "learnerstate" in query["sql"] for query in queries) == 1


def test_an_empty_course_says_what_will_appear(cast, client_of, page):
    html = client_of(cast.ada).get(page).content.decode()
    assert ("Never started" in html and "no coming deadline" in html) or "Nothing is counted yet" in html


def test_a_change_is_tried_before_it_is_saved(sorts, client_of, page, course_key, cast):
    client = client_of(cast.ada)
    before = segment_of(course_key, "never-started")
    form = client.get(page + "never-started/")
    data = sent(form, **{"all-1-fact": "tried", "all-1-operator": "at_least", "all-1-value": "1"})
    tried = client.post(page + "never-started/", data | {"try": "1"})
    html = tried.content.decode()
    assert tried.status_code == 200
    assert (
        "What this would change" in html and "Learners who are enrolled and answered a problem at least 1 time." in html
    )
    changed = segment_of(course_key, "never-started").chosen
    assert changed == before.chosen, "nothing is saved"
    for name in ("Rita", "Dirk", "Busy"):
        assert f"<bdi>{name}</bdi>" in html
    comes = int(re.search(r"(\d+) would come in, (\d+) would go out", html).group(1))
    assert comes == len(
        re.findall(r'<li><a href="[^"]+/learners/person/[^"]+"><bdi>', html.partition("who would go out")[0])
    )
    saved = client.post(page + "never-started/", sent(tried))
    assert saved.status_code == 303 and saved["Location"].endswith("?done=changed")
    assert segment_of(course_key, "never-started").sentence.endswith("answered a problem at least 1 time.")
    html = client.get(page + "never-started/").content.decode()
    assert "<bdi>ada</bdi> changed it." in html
    assert client.post(page + "never-started/", {"back": "1"}).status_code == 303
    assert segment_of(course_key, "never-started").chosen == before.chosen


def test_one_of_the_courses_own_is_made_and_deleted(sorts, client_of, page, course_key, cast):
    client = client_of(cast.ada)
    data = sent(
        client.get(page + "new/"),
        **{"name": "Opened <much>", "group0-0-fact": "opened", "group0-0-operator": "at_least", "group0-0-value": "3"},
    )
    tried = client.post(page + "new/", data | {"try": "1"})
    assert "1 learner would be in it." in tried.content.decode() and "<bdi>Fred</bdi>" in tried.content.decode()
    assert 'name="group1-0-fact"' in tried.content.decode(), "another group can be filled"
    assert client.post(page + "new/", data).status_code == 303
    html = client.get(page).content.decode()
    assert "Opened &lt;much&gt;" in html and "made by this course" in html
    (own,) = (one for one in segments_of(course_key) if one.own)
    assert client.post(f"{page}{own.key}/", {"delete": "1"}).status_code == 303
    assert client.get(f"{page}{own.key}/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"all-0-operator": "never"}, "Of this fact one can say"),
        ({"all-0-operator": "rhymes"}, "Select a valid choice"),
        ({"all-0-fact": "shoe_size"}, "Select a valid choice"),
        ({"all-0-operator": "at_least"}, "Of this fact one can say: “yes, it is so”, “no, it is not so”."),
        ({**GRADE, "all-2-operator": "yes"}, "Of this fact one can say: “at least”"),
        ({**GRADE, "all-2-operator": "is"}, "Select a valid choice"),
        ({**GRADE, "all-2-value": ""}, "Please give a number."),
        ({**GRADE, "all-2-value": "101"}, "At most 100."),
        ({**GRADE, "all-2-value": "-1"}, "greater than or equal to 0"),
        ({**GRADE, "all-2-value": "9" * 30}, "At most 100."),
        ({"deadline": "1000"}, "less than or equal to 60"),
        ({"version": "many"}, "Not saved yet"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changed, words, cast, client_of, page, course_key):
    client = client_of(cast.ada)
    data = sent(client.get(page + "never-started/"), **changed)
    answer = client.post(page + "never-started/", data)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not segment_of(course_key, "never-started").changed


def test_who_saves_late_is_told_and_keeps_the_own_words(cast, client_of, page, course_key):
    client = client_of(cast.ada)
    data = sent(client.get(page + "alumni/"), name="Mine")
    assert client.post(page + "alumni/", data).status_code == 303
    late = client.post(page + "alumni/", data | {"name": "Later"})
    assert late.status_code == 409
    assert (
        "Somebody else changed this segment meanwhile" in late.content.decode()
        and 'value="Later"' in late.content.decode()
    )


def test_what_is_no_segment_is_not_found(cast, client_of, page):
    client = client_of(cast.ada)
    for key in ("own-1", "x" * 200):
        assert client.get(f"{page}{key}/").status_code == 404
        assert client.post(f"{page}{key}/", {"delete": "1"}).status_code == 404
    assert client.post(f"{page}alumni/", {}).status_code == 400
    assert client.post(f"{page}alumni/", {"delete": "1"}).status_code == 400, "a ready-made one is not deleted"
    assert client.post(f"{page}new/", {"all-0-fact": "posts", "group9-9-fact": "posts"}).status_code == 400
