"""The signs find who needs the team today, say why, and are not fooled by the same words in another sense."""

from __future__ import annotations

import time

import pytest
from django.utils import translation

from benchmarks.moderation_posts import read_posts
from community_dashboard.moderation.urgency import course_errors, signs
from community_dashboard.moderation.urgency.judging import asks, judge, judge_error
from community_dashboard.moderation.urgency.text import prepared
from community_dashboard.moderation.urgency.words import SIGNS, urgency_words

URGENT = [
    ("Cannot submit quiz 2", "The button is greyed out and it closes tonight. What should I do?", "closes"),
    ("Impossible de valider", "Le bouton ne réagit pas et la date limite est ce soir, que faire ?", "closes"),
    ("sorry", "I see no reason to live any more.", "distress"),
    ("Je n’en peux plus", "Je ne dors plus, à quoi bon.", "distress"),
    ("My phone number", "Somebody posted my phone number here, please take it down.", "harm"),
    ("Erreur 500", "Erreur 500 sur toutes les pages, mes collègues aussi.", "outage"),
]
CALM = [
    ("Hello", "My name is Niamh, looking forward to this course."),
    ("Rien d’urgent", "Une version imprimable serait chouette."),
    ("Matrice urgent / important", "Où classer une tâche urgente mais pas importante ?"),
    ("Thanks", "Submitted just before the deadline, thank you all."),
    ("The ivy is humming", "Colletes everywhere until November."),
    ("", ""),
]


@pytest.mark.parametrize(("title", "body", "why"), URGENT)
def test_who_needs_the_team_today_is_found_with_a_reason(title, body, why):
    urgency = judge(title, body)
    assert urgency.is_urgent
    assert why in urgency.why


@pytest.mark.parametrize(("title", "body"), CALM)
def test_the_same_words_in_another_sense_are_not_urgent(title, body):
    assert not judge(title, body).is_urgent


def test_a_report_of_an_error_in_the_course_is_found_in_both_languages():
    assert judge_error("Typo in unit 2", "It says Osmia bicolour.").is_urgent
    assert judge_error("Lien mort", "Le lien vers la liste ne marche plus, page introuvable").is_urgent
    assert not judge_error("My loop", "IndentationError in my code, what am I doing wrong?").is_urgent


def test_a_question_is_one_with_or_without_a_question_mark():
    assert asks(prepared("", "how do I tell a bee from a wasp"))
    assert asks(prepared("", "Ça va ?"))
    assert not asks(prepared("Merci", "Très bien."))


def test_what_stands_in_code_links_and_markup_says_nothing():
    body = (
        "```\nprint('I cannot submit and it closes tonight')\n```<pre>site is down</pre> http://closes.example/tonight"
    )
    assert not judge("My program", body).is_urgent
    assert judge("Quiz", "<p>It <b>closes</b> tonight and I can&#39;t submit.</p>").is_urgent


def test_the_goals_are_met_on_the_set_that_nothing_was_tuned_on():
    posts = read_posts("b")
    judged = [judge(post.title, post.body) for post in posts]
    urgent = ["urgent" in post.labels for post in posts]
    hits = sum(a and b.is_urgent for a, b in zip(urgent, judged, strict=True))
    assert 2 * hits / (sum(urgent) + sum(one.is_urgent for one in judged)) >= 0.75
    first = sorted(range(len(posts)), key=lambda at: -judged[at].score)[: len(posts) // 5]
    assert sum(urgent[at] for at in first) / sum(urgent) >= 0.80


@pytest.mark.parametrize(
    "body",
    ["a " * 500_000, "<" * 1_000_000, "!" * 100_000, "due " * 5_000, "in 1 " * 5_000, "@" * 50_000, "x" * 50_000, "`" * 9_999,
     "<code>" * 9_000, "says a " * 3_000, "video " * 3_000],
)  # fmt: skip
def test_the_longest_and_strangest_texts_take_no_longer_than_a_page(body):
    best = float("inf")
    for _time in range(3):
        started = time.process_time()
        judge("x", body)
        judge_error("x", body)
        best = min(best, time.process_time() - started)
    assert best < 0.5  # of the processor; 0.04 where it was measured


def test_every_sign_that_speaks_for_something_has_words_in_both_languages():
    speaking = {sign.code for sign in (*signs.SIGNS, *course_errors.SIGNS) if sign.weight > 0}
    assert speaking <= SIGNS.keys()
    for language in ("en", "fr"):
        with translation.override(language):
            assert len({str(SIGNS[code]) for code in speaking}) == len(speaking)


def test_findings_become_sentences():
    with translation.override("en"):
        assert "something closes soon" in urgency_words("urgent", {"signs": "closes,nonsense"})
        assert "moderator" in urgency_words("marked_urgent", {})
        assert "error" in urgency_words("course_error", {"signs": ""})
        assert urgency_words("urgent", {})
