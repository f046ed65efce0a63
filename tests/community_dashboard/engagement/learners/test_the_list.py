"""The list of learners: who is on it, in which order, found how, and what its figures are."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.choosing import EVERYBODY
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.learners.actions import add_tag
from demo.campus import actions
from demo.forum.models import Cohort, CohortMember
from tests.community_dashboard.engagement import recount


def following(response) -> str:
    found = re.search(r'<a id="page-next" href="([^"]+)"', response.content.decode())
    return unescape(found[1]) if found else ""


def test_learners_in_the_course_stand_in_it_the_latest_seen_first_and_the_team_not(school_class, page, cast, names_in):
    names, response = names_in(cast.ada, page)
    assert response.status_code == 200
    seen = [f"Pupil {number:02}" for number in range(10)]
    assert names[:10] == seen
    assert set(names[10:]) >= {"Pupil 10", "Pupil 11"}
    assert "ada" not in names and "bo" not in names


@pytest.mark.parametrize("up", [False, True])
@pytest.mark.parametrize("sort", people.SORTS)
def test_pages_of_every_order_hold_everybody_once_and_in_order(school_class, page, cast, names_in, settings, sort, up):
    settings.COMMUNITY_PAGE_SIZE = 4
    address, seen = f"{page}?who=all&sort={sort}{'&up=1' if up else ''}", []
    for _turn in range(10):
        names, response = names_in(cast.ada, address)
        assert response.status_code == 200
        seen += names
        address = following(response)
        if not address:
            break
    states = people.states_of(school_class.course_key, [pupil.id for pupil in school_class.pupils])
    assert len(seen) == len(set(seen)) == people.count(school_class.course_key, EVERYBODY, now=school_class.at)
    numbers = [int(name[-2:]) for name in seen if name.startswith("Pupil")]
    values = [getattr(states[school_class.pupils[number].id], sort) for number in numbers]
    known = [value for value in values if value is not None and not (sort in people.SHARES and value < 0)]
    assert known == sorted(known, reverse=not up)
    assert values[: len(known)] == known


def test_the_head_of_the_column_says_how_the_list_is_ordered_and_turns_it(school_class, page, cast, client_of):
    text = client_of(cast.ada).get(page + "?sort=posts").content.decode()
    assert text.count("aria-sort=") == 1
    head = re.search(r'aria-sort="descending"><a id="sort-posts" href="([^"]+)"', text)
    turned = client_of(cast.ada).get(unescape(head[1])).content.decode()
    assert re.search(r'aria-sort="ascending"><a id="sort-posts" href="([^"]+)"', turned)


def test_figures_are_those_of_the_record(school_class, page, cast, client_of):
    text = client_of(cast.ada).get(page + "?columns=posts&columns=completed&columns=days").content.decode()
    rows = dict(re.findall(r"<bdi>Pupil (\d\d)</bdi>(.*?)</tr>", text, re.S))
    by_hand = recount.people(school_class.course_key, now=school_class.at)
    assert by_hand[school_class.pupils[7].id].posts == 7
    for number, pupil in enumerate(school_class.pupils):
        own = by_hand[pupil.id]
        cells = re.findall(r'<td data-label="[^"]+" class="community-number"><bdi>([^<]*)</bdi>', rows[f"{number:02}"])
        assert cells == [str(own.days), str(own.completed), str(own.posts)], number


def test_what_nobody_knows_is_not_called_nothing(school_class, page, cast, client_of):
    text = client_of(cast.ada).get(page).content.decode()
    assert "not known yet" in text
    assert "-1" not in re.sub(r'"[^"]*"', "", text)


def test_columns_are_chosen_in_the_address(school_class, page, cast, client_of):
    def heads(query: str) -> list[str]:
        text = client_of(cast.ada).get(page + query).content.decode()
        return [re.sub(r"<[^>]+>|[▲▼]", "", head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text)]

    usual = ["Learner", "Started", "Last seen", "Progress", "Grade", "Posts", "Answers", "Invited", "At risk"]
    assert heads("") == usual
    assert heads("?columns=tags&columns=grade") == ["Learner", "Grade", "Tags"]


def test_who_left_and_the_team_have_lists_of_their_own(school_class, page, cast, names_in, now):
    actions.unenrol(user=school_class.pupils[3], course_key=school_class.course_key, by=None, now=now)
    fill_course(school_class.course_key, now=school_class.at)
    assert "Pupil 03" not in names_in(cast.ada, page)[0]
    assert names_in(cast.ada, page + "?who=left")[0] == ["Pupil 03"]
    everybody, _response = names_in(cast.ada, page + "?who=all")
    assert "Pupil 03" in everybody
    team, _response = names_in(cast.ada, page + "?who=team")
    assert team and not any(name.startswith("Pupil") for name in team)
    assert set(team) < set(everybody)


def test_cohort_track_segment_and_tag_narrow_it(school_class, page, cast, names_in, enrol, now):
    key = school_class.course_key
    cohort = Cohort.objects.create(course_key=key, name="Blue")
    CohortMember.objects.create(course_key=key, cohort=cohort, user=school_class.pupils[2])
    enrol("vera", "Vera", mode="verified")
    fill_course(key, now=school_class.at)
    add_tag(by=cast.ada, course_key=key, user_id=school_class.pupils[5].id, label="Tutor", now=now)
    assert names_in(cast.ada, f"{page}?cohort={cohort.id}")[0] == ["Pupil 02"]
    assert names_in(cast.ada, page + "?mode=verified")[0] == ["Vera"]
    assert names_in(cast.ada, page + "?tag=Tutor")[0] == ["Pupil 05"]
    never = set(names_in(cast.ada, page + "?segment=never-started")[0])
    assert {"Pupil 10", "Pupil 11", "Vera"} <= never
    assert not {f"Pupil {number:02}" for number in range(10)} & never


class TestSearch:
    def find(self, client, page, text, query=""):
        response = client.post(page + "search/", {"text": text, "query": query})
        assert response.status_code == 303
        return response["Location"]

    @pytest.mark.parametrize("text", ["pupil07", "PUPIL07", "pupil07@exam", "Pupil 07", "pupil 07"])
    def test_by_the_beginning_of_username_address_or_name(self, school_class, page, cast, client_of, names_in, text):
        address = self.find(client_of(cast.ada), page, text)
        assert names_in(cast.ada, address)[0] == ["Pupil 07"]

    def test_nothing_of_it_stands_in_the_address(self, school_class, page, cast, client_of, names_in):
        address = self.find(client_of(cast.ada), page, "pupil07@example.org")
        assert "pupil07" not in address.lower() and "example" not in address.lower()
        _names, response = names_in(cast.ada, address)
        assert "pupil07@example.org" in response.content.decode()  # in the box, and in the sentence
        for link in re.findall(r'(?:href|action)="([^"]*)"', response.content.decode()):
            assert "pupil07" not in link

    def test_it_keeps_the_filter_and_the_order(self, school_class, page, cast, client_of):
        address = self.find(client_of(cast.ada), page, "pupil", "who=left&sort=posts")
        assert "who=left" in address and "sort=posts" in address

    def test_without_a_text_it_is_the_whole_list(self, school_class, page, cast, client_of):
        assert self.find(client_of(cast.ada), page, "  ") == page

    def test_who_left_is_found_too(self, school_class, page, cast, client_of, names_in, now):
        actions.unenrol(user=school_class.pupils[3], course_key=school_class.course_key, by=None, now=now)
        fill_course(school_class.course_key, now=school_class.at)
        assert names_in(cast.ada, self.find(client_of(cast.ada), page, "pupil03"))[0] == ["Pupil 03"]

    def test_it_finds_nobody_of_another_course(self, school_class, page, cast, client_of, names_in, elsewhere, enrol):
        enrol("pupil99", where=elsewhere)
        fill_course(elsewhere, now=school_class.at)
        assert names_in(cast.ada, self.find(client_of(cast.ada), page, "pupil99"))[0] == []

    def test_more_than_are_looked_at_is_said(self, school_class, page, cast, client_of, monkeypatch):
        monkeypatch.setattr("community_dashboard.engagement.learners.wishes.MOST_FOUND", 3)
        text = client_of(cast.ada).get(self.find(client_of(cast.ada), page, "pupil")).content.decode()
        assert "please type more letters" in text

    @pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "<script>", "\x00"])
    def test_signs_of_the_database_are_letters_like_others(self, school_class, page, cast, client_of, names_in, sign):
        response = client_of(cast.ada).post(page + "search/", {"text": sign})
        names, response = names_in(cast.ada, response["Location"])
        assert response.status_code == 200
        assert names == [] or sign == "\x00"  # which no form takes: the whole list
        assert "<script>" not in response.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    "query",
    ["who=nobody", "cohort=77", "cohort=x", "mode=gold", "segment=none", "tag=none", "sort=username", "sort=person",
     "columns=secret", "after=x", "found=x", "start=yesterday&joined=1", "after=gAAAAA", "up=1&sort="],
)  # fmt: skip
def test_what_makes_no_sense_in_the_address_is_said(school_class, page, cast, client_of, query):
    response = client_of(cast.ada).get(f"{page}?{query}")
    text = response.content.decode()
    if query.startswith("up"):
        assert response.status_code == 200
    else:
        assert response.status_code == 400
        assert 'role="alert"' in text
        assert "learners-list" not in text


def test_a_page_of_one_order_is_none_of_another(school_class, page, cast, client_of, names_in, settings):
    settings.COMMUNITY_PAGE_SIZE = 3
    address = following(names_in(cast.ada, page + "?sort=posts")[1])
    response = client_of(cast.ada).get(address.replace("sort=posts", "sort=answers"))
    assert response.status_code == 400


def test_no_account_stands_in_an_address_by_its_number(school_class, page, cast, client_of, settings):
    settings.COMMUNITY_PAGE_SIZE = 3
    text = client_of(cast.ada).get(page).content.decode()
    for link in re.findall(r'href="([^"]*)"', text):
        for pupil in school_class.pupils:
            assert f"/{pupil.id}/" not in link and f"={pupil.id}&" not in link + "&"


def test_names_are_shown_as_they_are_written(page, cast, client_of, enrol, course_key, now):
    enrol("mallory", "<b>Mallory</b>")
    fill_course(course_key, now=now + timedelta(days=1))
    text = client_of(cast.ada).get(page).content.decode()
    assert "<b>Mallory" not in text
    assert "&lt;b&gt;Mallory" in text


def test_before_anything_is_counted_the_page_says_what_will_be_there(cast, page, client_of):
    text = client_of(cast.ada).get(page).content.decode()
    assert "Nothing is counted yet" in text


def test_retired_people_are_not_on_it(school_class, page, cast, names_in):
    from community_dashboard.retirement import forget_retired

    forget_retired(school_class.pupils[4])
    fill_course(school_class.course_key, now=school_class.at)
    assert "Pupil 04" not in names_in(cast.ada, page + "?who=all")[0]


def test_as_many_queries_for_many_as_for_few(
    school_class, page, cast, client_of, django_assert_max_num_queries, settings
):
    client = client_of(cast.ada)
    client.get(page)
    for size in (2, 50):
        settings.COMMUNITY_PAGE_SIZE = size
        with django_assert_max_num_queries(32):
            assert client.get(page + "?columns=tags&columns=cohort&columns=risk").status_code == 200
