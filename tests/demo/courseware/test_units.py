"""The unit page: who sees it, what it shows, and that reading completes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from completion.models import BlockCompletion
from django.conf import settings

from demo.courseware import actions
from tests.demo.courseware.exports import as_folder, small


def address(moss, unit=None) -> str:
    """The address of a unit of the small course."""
    return f"/courses/{moss.key}/unit/{unit or moss.u1}"


@pytest.mark.parametrize("name", ["chen", "ada"])
def test_learners_and_the_team_see_the_unit(moss, people, client_of, name):
    page = client_of(getattr(people, name)).get(address(moss))
    assert page.status_code == 200
    assert "Soft and" in page.content.decode()


@pytest.mark.parametrize("name", ["dara", None])
def test_others_are_shown_the_about_page(moss, people, client_of, name):
    answer = client_of(getattr(people, name) if name else None).get(address(moss))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/courses/{moss.key}/about")


def test_who_has_left_the_course_is_shown_the_about_page(moss, people, client_of):
    from demo.campus.models import Enrolment

    Enrolment.objects.filter(user=people.chen).update(active=False)
    assert client_of(people.chen).get(address(moss)).status_code == 302


def test_plus_signs_may_be_quoted(moss, people, client_of):
    quoted = f"/courses/{quote(str(moss.key), safe='')}/unit/{quote(str(moss.u1), safe='')}"
    assert client_of(people.chen).get(quoted).status_code == 200


@pytest.mark.parametrize("path", ["unit/nonsense", "unit/block-v1:Test+Moss+2026+type@vertical+block@gone"])
def test_what_is_no_unit_is_not_found(moss, people, client_of, path):
    assert client_of(people.ada).get(f"/courses/{moss.key}/{path}").status_code == 404


def test_a_block_is_no_unit_and_another_course_is_another_course(moss, people, client_of):
    assert client_of(people.ada).get(address(moss, moss.h1)).status_code == 404
    assert client_of(people.ada).get(f"/courses/course-v1:Other+C+R/unit/{moss.u1}").status_code == 404


def test_nothing_that_an_author_wrote_runs(moss, people, client_of):
    text = client_of(people.chen).get(address(moss)).content.decode()
    assert "alert(1)" not in text
    assert "onclick" not in text
    assert "<script>" not in text
    assert "style=" not in text


def test_pictures_come_from_the_course(moss, people, client_of):
    text = client_of(people.chen).get(address(moss)).content.decode()
    assert f'src="/courses/{moss.key}/file/moss.png"' in text


def test_a_block_that_is_not_installed_has_a_labelled_place(moss, people, client_of):
    text = client_of(people.chen).get(address(moss)).content.decode()
    assert "Sort them" in text
    assert "A block of the type “drag-and-drop-v2” stands here" in text


def test_a_block_that_fails_costs_itself_alone(moss, people, client_of, monkeypatch):
    def fail(self, context=None):
        raise RuntimeError("no view today")

    monkeypatch.setattr("demo.courseware.blocks.html.HtmlBlock.student_view", fail)
    page = client_of(people.chen).get(address(moss))
    assert page.status_code == 200
    assert "This part of the unit could not be shown" in page.content.decode()
    assert "Sort them" in page.content.decode()


def test_the_way_on_and_back_is_shown(moss, people, client_of):
    browser = client_of(people.chen)
    first, last = (browser.get(address(moss, unit)).content.decode() for unit in (moss.u1, moss.u2))
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in last
    assert "Week 1" in first
    assert "Day 1" in first


def test_only_the_team_is_offered_studio(moss, people, client_of):
    assert "/studio/" in client_of(people.ada).get(address(moss)).content.decode()
    assert "/studio/" not in client_of(people.chen).get(address(moss)).content.decode()


def test_the_page_is_strict_and_not_kept(moss, people, client_of):
    page = client_of(people.chen).get(address(moss))
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_a_unit_costs_a_bounded_number_of_queries(
    moss, people, client_of, django_assert_max_num_queries, tmp_path, now
):
    many = "".join(f'<html url_name="x{number}">Text {number}</html>' for number in range(40))
    actions.load_course(as_folder(tmp_path / "many", small({"vertical/u1.xml": f"<vertical>{many}</vertical>"})), now)
    browser = client_of(people.chen)
    with django_assert_max_num_queries(14):
        assert b"Text 39" in browser.get(address(moss)).content


def test_i_have_read_this_completes_the_texts_and_nothing_else(moss, people, client_of):
    browser = client_of(people.chen)
    answer = browser.post(f"{address(moss)}/read")
    assert (answer.status_code, answer.headers["Location"]) == (303, address(moss))
    rows = BlockCompletion.objects.values_list("user", "context_key", "block_key", "completion")
    assert list(rows) == [(people.chen.pk, moss.key, moss.h1, 1.0)]
    browser.post(f"{address(moss)}/read")
    assert BlockCompletion.objects.count() == 1


def test_a_unit_without_texts_has_nothing_to_read(moss, people, client_of):
    browser = client_of(people.chen)
    assert "/read" not in browser.get(address(moss, moss.u2)).content.decode()
    assert browser.post(f"{address(moss, moss.u2)}/read").status_code == 404
    assert not BlockCompletion.objects.exists()


def test_reading_is_for_learners_and_by_post(moss, people, client_of):
    assert client_of(people.dara).post(f"{address(moss)}/read").status_code == 403
    assert client_of().post(f"{address(moss)}/read").status_code == 403
    assert client_of(people.chen).get(f"{address(moss)}/read").status_code == 405
    assert not BlockCompletion.objects.exists()


def test_the_sections_of_both_languages_are_there_for_the_stylesheet_to_choose(moss, people, client_of):
    text = client_of(people.chen).get(address(moss)).content.decode()
    assert '<section lang="fr">Mousse</section><section lang="en">Moss</section>' in text
    style = next(
        folder / "demo" / "courseware.css" for folder in settings.STATICFILES_DIRS if (folder / "demo").is_dir()
    )
    assert 'html:lang(fr) .courseware-unit :has(> [lang|="fr"]) > :is([lang|="en"]' in style.read_text(encoding="utf-8")
