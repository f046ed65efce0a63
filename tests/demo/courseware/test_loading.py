"""What a good export becomes, and what stays when it is loaded again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from demo.courseware import actions, queries
from demo.courseware.models import Block, FieldValue
from tests.demo.courseware.exports import as_archive, as_folder, small

pytestmark = pytest.mark.databases

REAL_EXPORT = Path(__file__).parents[4] / "shared" / "data" / "openedx-demo-course.tar.gz"


def test_a_course_is_what_its_export_says(moss, now):
    course = queries.course(moss.key)
    assert (course.title, course.organisation, course.number, course.run) == ("Moss", "Test", "Moss", "2026")
    assert course.summary == "All about moss & more"
    assert (course.language, course.start.isoformat(), course.end) == ("en", "2026-01-05T00:00:00+00:00", None)
    assert (course.graded, course.passing_share, course.open_to_public, course.loaded) == (True, 0.6, True, now)
    assert "<h2>Moss</h2>" in course.overview_html
    assert "script" not in course.overview_html
    assert "iframe" not in course.overview_html


def test_a_folder_and_an_archive_give_the_same_course(moss, tmp_path, now):
    def contents():
        rows = Block.objects.order_by("position")
        return list(
            rows.values_list("usage_key", "parent", "unit", "display_name", "completable", "graded", "authored")
        )

    from_folder = contents()
    (tmp_path / "packed").mkdir()
    assert actions.load_course(as_archive(tmp_path / "packed", small()), now) == moss.key
    assert contents() == from_folder


def test_the_outline_is_read_in_order_with_one_query(moss, django_assert_num_queries):
    with django_assert_num_queries(1):
        chapters = queries.outline(moss.key)
    assert [chapter.title for chapter in chapters] == ["Week 1"]
    assert [section.title for section in chapters[0].children] == ["Day 1"]
    assert [unit.title for unit in chapters[0].children[0].children] == ["What is moss", "Quiz"]


def test_every_block_knows_its_unit(moss):
    assert queries.unit_of(moss.h1) == (moss.u1, "What is moss")
    assert queries.unit_of(moss.u1) == (moss.u1, "What is moss")
    assert queries.unit_of(moss.key.make_usage_key("chapter", "c")) is None
    assert queries.unit_of(moss.key.make_usage_key("html", "gone")) is None
    assert queries.first_unit(moss.key) == moss.u1


def test_titles_of_many_units_cost_two_queries(moss, django_assert_num_queries):
    gone = moss.key.make_usage_key("html", "gone")
    with django_assert_num_queries(2):
        titles = queries.unit_titles([moss.h1, moss.p1, moss.u2, gone])
    assert titles == {moss.h1: "What is moss", moss.p1: "Quiz", moss.u2: "Quiz"}


def test_placeholders_cannot_be_completed(moss):
    assert queries.completable_blocks(moss.key) == [moss.h1, moss.p1]


def test_loading_twice_changes_nothing(moss, tmp_path, now):
    before = list(Block.objects.order_by("position").values_list("usage_key", "authored"))
    actions.load_course(as_folder(tmp_path / "again", small()), now)
    assert list(Block.objects.order_by("position").values_list("usage_key", "authored")) == before
    assert [course.course_key for course in queries.courses()] == [moss.key]


def test_loading_again_keeps_what_learners_did_in_blocks_that_are_still_there(moss, people, runtime_for, tmp_path, now):
    problem = runtime_for(moss.key, people.chen).get_block(moss.p1)
    problem.chosen, problem.score = [1], 1.0
    problem.save()
    without_text = {"vertical/u1.xml": '<vertical display_name="Renamed"/>'}
    actions.load_course(as_folder(tmp_path / "again", small(without_text)), now)
    assert runtime_for(moss.key, people.chen).get_block(moss.p1).score == 1.0
    assert queries.unit_of(moss.h1) is None
    actions.load_course(
        as_folder(tmp_path / "third", small({"vertical/u2.xml": '<vertical display_name="Empty"/>'})), now
    )
    assert not FieldValue.objects.filter(scope_id=str(moss.p1)).exists()


def test_long_settings_and_lists_come_back_as_the_fields_store_them(moss, tmp_path, now):
    written = (
        '<vertical display_name="V"><video url_name="v1" display_name="Film" html5_sources="[&quot;https://example.org/a.mp4&quot;]"'
        ' transcripts="{&quot;en&quot;: &quot;a.srt&quot;}"><option:note xmlns:option="http://code.edx.org/xblock/option">one\ntwo'
        "</option:note></video></vertical>"
    )
    spoken = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>moss</i>\nlovers\n"
    actions.load_course(as_folder(tmp_path / "again", small({"vertical/u1.xml": written, "static/a.srt": spoken})), now)
    authored = queries.block(moss.key.make_usage_key("video", "v1")).authored
    assert authored["html5_sources"] == ["https://example.org/a.mp4"]
    assert authored["transcript_texts"] == {"en": "Hello\nmoss lovers"}
    assert authored["note"] == "one\ntwo"


def test_a_block_straight_in_a_sequence_gets_a_unit_of_its_own(moss, tmp_path, now):
    old = '<sequential display_name="Old"><html url_name="h1" display_name="Alone"><p>Text</p></html></sequential>'
    actions.load_course(as_folder(tmp_path / "again", small({"sequential/s.xml": old})), now)
    unit, title = queries.unit_of(moss.h1)
    assert (unit.block_type, title) == ("vertical", "Alone")
    assert queries.block(moss.h1).authored["data"] == "<p>Text</p>"


def test_keys_that_differ_in_case_are_two_blocks(moss, tmp_path, now):
    both = '<vertical display_name="V"><html url_name="Aa">one</html><html url_name="aA">two</html></vertical>'
    actions.load_course(as_folder(tmp_path / "again", small({"vertical/u1.xml": both})), now)
    assert [row.authored["data"] for row in queries.blocks_of(moss.u1)] == ["one", "two"]


def test_only_small_pictures_are_kept(moss, tmp_path, now, settings):
    files = small({"static/film.mp4": b"film", "static/page.html": "<p>x</p>", "static/big.png": bytes(2_100_000)})
    actions.load_course(as_folder(tmp_path / "again", files), now)
    assert set(queries.course(moss.key).files) == {"moss.png"}
    kept = [name for _folder, _folders, names in os.walk(settings.MEDIA_ROOT) for name in names]
    assert [name.endswith(".png") for name in kept] == [True]


def test_the_real_export_loads_with_placeholders(db, now, client_of, django_user_model, django_assert_max_num_queries):
    if not REAL_EXPORT.exists():
        pytest.skip(f"needs {REAL_EXPORT.name} beside the repository")
    key = actions.load_course(REAL_EXPORT, now)
    assert queries.course(key).title == "Open edX Demo Course"
    chapters = queries.outline(key, with_blocks=True)
    units = [unit for chapter in chapters for section in chapter.children for unit in section.children]
    assert (len(chapters), len(units)) == (6, 58)
    browser = client_of(django_user_model.objects.create_user("root", is_staff=True))
    for unit in units:
        with django_assert_max_num_queries(20):
            page = browser.get(f"/courses/{key}/unit/{unit.usage_key}")
        assert page.status_code == 200
        text = page.content.decode()
        for block in unit.blocks:
            assert f'data-usage="{block.usage_key}"' in text
            if block.block_type in ("openassessment", "poll", "drag-and-drop-v2", "library_content"):
                assert f"A block of the type “{block.block_type}” stands here" in text


def test_the_demo_course_loads_whole(db, now, demo_course, runtime_for):
    key = actions.load_course(demo_course, now)
    chapters = queries.outline(key)
    assert len(chapters) >= 3
    assert sum(len(section.children) for chapter in chapters for section in chapter.children) >= 12
    assert queries.first_block(key, "referral").block_type == "referral"
    assert queries.picture(key)[1] == "image/png"
    unit = runtime_for(key, AnonymousUser()).get_block(queries.first_unit(key))
    assert "courseware-text" in unit.render("student_view").body_html()
