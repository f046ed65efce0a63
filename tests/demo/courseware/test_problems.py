"""Questions with choices: answered without a script, scored, completed; everything else is a placeholder."""

from __future__ import annotations

import pytest
from completion.models import BlockCompletion

from demo.courseware import actions, queries
from demo.courseware.blocks.problem import read_question
from tests.demo.courseware.exports import SMALL, as_folder, small

PROBLEM = SMALL["problem/p1.xml"]


def answer_url(moss) -> str:
    """Where the form of the question is sent."""
    return f"/courses/{moss.key}/xblock/{moss.p1}/handler/submit"


def page_of(browser, moss) -> str:
    """The unit with the question."""
    return browser.get(f"/courses/{moss.key}/unit/{moss.u2}").content.decode()


def test_the_question_is_a_plain_form(moss, people, client_of):
    text = page_of(client_of(people.chen), moss)
    assert f'<form method="post" class="courseware-problem" action="{answer_url(moss)}"' in text
    assert "csrfmiddlewaretoken" in text
    assert "Has moss roots?" in text
    assert text.count('type="radio"') == 2
    assert "It has rhizoids." not in text
    assert "Only threads." not in text
    assert "data-init" not in text


def test_a_right_answer_is_scored_and_completes(moss, people, client_of):
    browser = client_of(people.chen)
    answer = browser.post(answer_url(moss), {"choice": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/courses/{moss.key}/unit/{moss.u2}#p1")
    text = page_of(browser, moss)
    assert "That is right." in text
    assert "It has rhizoids." in text
    assert queries.grade(people.chen.pk, moss.key) == 1.0
    assert queries.grade(people.bo.pk, moss.key) == 0.0
    rows = BlockCompletion.objects.values_list("user", "block_key", "completion")
    assert list(rows) == [(people.chen.pk, moss.p1, 1.0)]


def test_a_wrong_answer_says_why_and_may_be_given_again(moss, people, client_of):
    browser = client_of(people.chen)
    browser.post(answer_url(moss), {"choice": "0"})
    text = page_of(browser, moss)
    assert "That is not right." in text
    assert "Only threads." in text
    assert queries.grade(people.chen.pk, moss.key) == 0.0
    browser.post(answer_url(moss), {"choice": "1"})
    assert queries.grade(people.chen.pk, moss.key) == 1.0


def test_the_best_score_counts(moss, people, client_of):
    browser = client_of(people.chen)
    for choice in ("1", "0"):
        browser.post(answer_url(moss), {"choice": choice})
    assert "That is not right." in page_of(browser, moss)
    assert queries.grade(people.chen.pk, moss.key) == 1.0


def test_attempts_end(moss, people, client_of, tmp_path, now):
    two = str(PROBLEM).replace("<problem ", '<problem max_attempts="2" ')
    actions.load_course(as_folder(tmp_path / "two", small({"problem/p1.xml": two})), now)
    browser = client_of(people.chen)
    for _ in range(2):
        browser.post(answer_url(moss), {"choice": "0"})
    assert "You have used all your attempts." in page_of(browser, moss)
    browser.post(answer_url(moss), {"choice": "1"})
    assert queries.grade(people.chen.pk, moss.key) == 0.0


@pytest.mark.parametrize(
    "sent", [{}, {"choice": "7"}, {"choice": "-1"}, {"choice": "²"}, {"choice": "9" * 5000}, {"other": "1"}]
)
def test_what_is_no_choice_is_no_answer(moss, people, client_of, sent):
    browser = client_of(people.chen)
    assert browser.post(answer_url(moss), sent).status_code == 303
    assert "That is" not in page_of(browser, moss)
    assert not BlockCompletion.objects.exists()


def test_several_right_answers_are_check_boxes(moss, people, client_of, tmp_path, now):
    several = (
        "<problem><choiceresponse><label>Which are mosses?</label><checkboxgroup>"
        '<choice correct="true">A</choice><choice correct="false">B</choice><choice correct="true">C</choice>'
        "</checkboxgroup></choiceresponse></problem>"
    )
    actions.load_course(as_folder(tmp_path / "several", small({"problem/p1.xml": several})), now)
    browser = client_of(people.chen)
    assert page_of(browser, moss).count('type="checkbox"') == 3
    browser.post(answer_url(moss), {"choice": ["0"]})
    assert queries.grade(people.chen.pk, moss.key) == 0.0
    browser.post(answer_url(moss), {"choice": ["0", "2"]})
    assert queries.grade(people.chen.pk, moss.key) == 1.0


@pytest.mark.parametrize(
    "olx",
    [
        '<problem><numericalresponse answer="5"><label>?</label></numericalresponse></problem>',
        f"<problem>{PROBLEM!s}{PROBLEM!s}</problem>",
        str(PROBLEM).replace("<multiplechoiceresponse>", "<script>1</script><multiplechoiceresponse>"),
        str(PROBLEM).replace('correct="true"', 'correct="false"'),
        "<problem/>",
        "no xml",
        "",
    ],
)
def test_other_kinds_of_problem_are_placeholders(olx):
    assert read_question(olx) is None


def test_a_placeholder_takes_no_answer_and_counts_for_nothing(moss, people, client_of, tmp_path, now):
    other = '<problem display_name="Sum"><numericalresponse answer="5"/></problem>'
    actions.load_course(as_folder(tmp_path / "other", small({"problem/p1.xml": other})), now)
    browser = client_of(people.chen)
    assert "A block of the type “problem” stands here" in page_of(browser, moss)
    assert browser.post(answer_url(moss), {"choice": "0"}).status_code == 303
    assert moss.p1 not in queries.completable_blocks(moss.key)
    assert queries.course(moss.key).graded is False
    assert queries.grade(people.chen.pk, moss.key) is None
    assert not BlockCompletion.objects.exists()


def test_html_in_a_question_is_cleaned():
    hostile = (
        str(PROBLEM)
        .replace("Has moss", '<img src="x" onerror="alert(1)"/><b>Has</b> moss')
        .replace("No<", "<script>1</script>No<")
    )
    assert read_question(hostile) is None
    question = read_question(hostile.replace("<script>1</script>", '<a href="javascript:alert(1)">so</a> '))
    assert question.text == '<img src="x"><b>Has</b> moss roots?'
    assert "javascript" not in question.choices[1]
