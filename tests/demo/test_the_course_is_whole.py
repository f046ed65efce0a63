"""The demo course in `demo/course` is a whole Studio export: nothing missing or left over, both languages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element  # only as a type: reading is defusedxml's

import pytest
from defusedxml.ElementTree import fromstring, parse
from PIL import Image

COURSE = Path(__file__).parents[2] / "demo" / "course"
RUN = "2027"
FOLDERS = ("chapter", "sequential", "vertical", "html", "video", "problem")
INLINE = {"referral"}  # written in full inside its unit, as Studio exports a block without content of its own
TITLE = "Abeilles sauvages : observer et protéger / Wild bees: observe and protect"
BILINGUAL = sorted([*(COURSE / "html").glob("*.html"), COURSE / "about" / "overview.html"])


def read(folder: str, name: str) -> Element:
    """The root of one file of the course; fails if the file is missing or not well formed."""
    root = parse(COURSE / folder / f"{name}.xml", forbid_dtd=True).getroot()
    assert root.tag == folder
    return root


def walk(node: Element) -> Iterator[tuple[Element, Element]]:
    """Every (parent, child as its own file says) below a node, in the order in which a learner meets them."""
    for pointer in node:
        child = pointer if pointer.tag in INLINE else read(pointer.tag, pointer.get("url_name", ""))
        child.set("url_name", pointer.get("url_name", ""))
        yield node, child
        if child.tag in ("chapter", "sequential", "vertical"):
            yield from walk(child)


def sections(file: Path) -> dict[str, Element]:
    """The sections of a bilingual file by language; it holds nothing else."""
    root = fromstring(f"<page>{file.read_text(encoding='utf-8')}</page>")
    assert [child.tag for child in root] == ["section", "section"]
    return {child.get("lang", ""): child for child in root}


@pytest.fixture(scope="module")
def blocks() -> list[tuple[Element, Element]]:
    """The (parent, block) pairs of the whole course."""
    return list(walk(read("course", RUN)))


def of(blocks: list[tuple[Element, Element]], kind: str) -> list[Element]:
    """The blocks of one type, in course order."""
    return [block for _, block in blocks if block.tag == kind]


def test_the_course_has_the_key_that_the_demo_announces():
    root = parse(COURSE / "course.xml").getroot()
    assert root.attrib == {"org": "Campus", "course": "BEES101", "url_name": RUN}


def test_the_course_is_long_enough_to_be_a_course(blocks):
    assert len(of(blocks, "chapter")) >= 4
    assert len(of(blocks, "sequential")) >= 8
    assert len(of(blocks, "vertical")) >= 14
    assert len(of(blocks, "problem")) >= 5
    assert 1 <= len(of(blocks, "video")) <= 3
    for parent, _ in blocks:
        assert len(parent), "a chapter, sequential or unit without content"


def test_every_block_is_named_and_placed_once(blocks):
    names = Counter(block.get("url_name") for _, block in blocks)
    assert {name: count for name, count in names.items() if count > 1} == {}
    for _, block in blocks:
        assert re.fullmatch(r"(chapter|seq|unit|html|video|problem|referral)-[a-z0-9-]+", block.get("url_name"))
        assert " · " in block.get("display_name", ""), f"{block.get('url_name')} is not named in both languages"


def test_every_file_is_reached_and_none_is_left_over(blocks):
    reached = {f"{block.tag}/{block.get('url_name')}.xml" for _, block in blocks if block.tag not in INLINE}
    reached |= {f"html/{block.get('filename')}.html" for block in of(blocks, "html")}
    reached |= {"course.xml", f"course/{RUN}.xml", "about/overview.html", "about/short_description.html"}
    reached |= {f"policies/{RUN}/policy.json", f"policies/{RUN}/grading_policy.json"}
    reached |= {"static/wild-bees.png", "static/wild-bees.svg"}
    assert {str(file.relative_to(COURSE)) for file in COURSE.rglob("*") if file.is_file()} == reached


def test_the_referral_block_stands_in_two_units_after_a_text(blocks):
    units = [parent for parent, block in blocks if block.tag == "referral"]
    assert [unit.get("url_name") for unit in units] == ["unit-observe-together", "unit-neighbourhood"]
    for unit in units:
        assert [block.tag for block in unit] == ["html", "referral"]
    first, second = of(blocks, "referral")
    assert not {"title", "invitation_text"} & set(first.attrib)
    assert second.get("title")
    assert second.get("invitation_text")


def test_the_first_referral_closes_the_first_chapter_and_the_second_is_in_the_last(blocks):
    chapters = of(blocks, "chapter")
    first = [block.get("url_name") for _, block in walk(chapters[0]) if block.tag == "vertical"]
    last = [block.get("url_name") for _, block in walk(chapters[-1]) if block.tag == "vertical"]
    assert first[-1] == "unit-observe-together"
    assert "unit-neighbourhood" in last


def test_a_video_is_told_in_words_in_its_own_unit(blocks):
    for unit, block in blocks:
        if block.tag == "video":
            texts = [child.get("url_name", "") for child in unit if child.tag == "html"]
            assert texts == [block.get("url_name", "").replace("video-", "html-")]
            assert not block.get("youtube_id_1_0")
            assert block.get("source") == block.get("sub") == ""


@pytest.mark.parametrize("file", BILINGUAL, ids=lambda file: file.stem)
def test_a_text_says_the_same_in_french_and_in_english(file):
    texts = sections(file)
    assert list(texts) == ["fr", "en"]
    assert [part.tag for part in texts["fr"].iter()] == [part.tag for part in texts["en"].iter()]
    words = {language: len("".join(part.itertext()).split()) for language, part in texts.items()}
    assert min(words.values()) >= 120
    assert max(words.values()) <= 1.25 * min(words.values())


@pytest.mark.parametrize("file", BILINGUAL, ids=lambda file: file.stem)
def test_a_text_carries_no_script_no_style_and_no_foreign_file(file):
    for section in sections(file).values():
        for part in section.iter():
            assert part.tag in {"section", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "i"}
            assert set(part.attrib) <= {"lang"}


def test_every_question_has_one_right_answer_and_an_explanation_in_both_languages(blocks):
    for problem in of(blocks, "problem"):
        (question,) = problem.findall("multiplechoiceresponse")
        choices = question.findall("choicegroup/choice")
        assert len(choices) >= 3
        assert [choice.get("correct") for choice in choices].count("true") == 1
        assert {choice.get("correct") for choice in choices} == {"true", "false"}
        hints = question.findall("choicegroup/choice/choicehint")
        for part in [question.find("label"), question.find("description"), *choices, *hints]:
            assert [span.get("lang") for span in part.findall("span")] == ["fr", None, "en"]
            assert all((span.text or "").strip() for span in part.findall("span"))
        assert [part.get("lang") for part in question.findall("solution/div/p")] == ["fr", "en"]


def test_questions_are_graded_and_nothing_else_is(blocks):
    for sequential in of(blocks, "sequential"):
        kinds = {block.tag for _, block in walk(sequential)} - {"vertical"}
        graded = sequential.get("graded") == "true"
        assert graded == ("problem" in kinds)
        assert sequential.get("format") == ("Quiz" if graded else None)
    policy = json.loads((COURSE / "policies" / RUN / "grading_policy.json").read_text(encoding="utf-8"))
    (grader,) = policy["GRADER"]
    assert grader["type"] == "Quiz"
    assert grader["weight"] == 1.0
    assert grader["min_count"] == sum(part.get("graded") == "true" for part in of(blocks, "sequential"))
    assert policy["GRADE_CUTOFFS"] == {"Pass": 0.5}


def test_the_policy_offers_the_block_and_agrees_with_the_course_file():
    policy = json.loads((COURSE / "policies" / RUN / "policy.json").read_text(encoding="utf-8"))[f"course/{RUN}"]
    course = read("course", RUN)
    assert policy["display_name"] == course.get("display_name") == TITLE
    assert policy["advanced_modules"] == json.loads(course.get("advanced_modules")) == ["referral"]
    for name in ("language", "start", "course_image"):
        assert policy[name] == course.get(name)
    assert policy["language"] == "fr"


def test_the_short_description_is_plain_text_of_one_line():
    text = (COURSE / "about" / "short_description.html").read_text(encoding="utf-8")
    assert "<" not in text
    assert 0 < len(text.strip()) <= 150
    assert len(text.strip().splitlines()) == 1


def test_the_picture_fits_a_preview_card():
    picture = COURSE / "static" / "wild-bees.png"
    assert picture.stat().st_size <= 120_000
    with Image.open(picture) as image:
        assert image.size == (1200, 630)
    source = (COURSE / "static" / "wild-bees.svg").read_text(encoding="utf-8")
    assert fromstring(source, forbid_dtd=True).get("viewBox") == "0 0 1200 630"
    assert "<script" not in source
    assert not re.search(r"(href|src)\s*=", source)
