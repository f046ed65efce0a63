"""A course learns what its moderators find urgent; what it learned is numbers, and is used only where it is better."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks.moderation_posts import read_posts
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.urgency import learning
from community_dashboard.moderation.urgency.actions import KEPT, keep_learned
from community_dashboard.moderation.urgency.judging import judge
from community_dashboard.moderation.urgency.learning import Example, can_learn, learn
from community_dashboard.moderation.urgency.models import LearnedUrgency
from community_dashboard.moderation.urgency.queries import urgency_of, weights_of
from community_dashboard.moderation.urgency.weights import MOST_WEIGHTS, Weights, as_stored, read_weights


def examples(*also):
    """Set A as a course whose moderators call urgent what its labels say, and what has one of the labels `also`."""
    return [Example(post.title, post.body, bool({"urgent", *also} & post.labels)) for post in read_posts("a")]


@pytest.fixture(scope="module")
def learned():
    """What a course learns whose moderators treat reports of errors in it as urgent."""
    return learn(examples("error"))


def test_a_course_learns_what_our_signs_do_not_know(learned):
    assert learned.better
    assert learned.f1_learned > learned.f1_signs + 0.03
    title, body = "Mistake in unit 3", "There is a typo in the caption, and the link to the key does not work."
    assert not judge(title, body).is_urgent
    assert learned.weights.judge(title, body).is_urgent


def test_what_was_urgent_before_still_is(learned):
    urgency = learned.weights.judge("Cannot submit quiz 2", "The button is grey and it closes tonight, please help.")
    assert urgency.is_urgent and "closes" in urgency.why


def test_the_same_decisions_teach_the_same():
    assert learn(examples()) == learn(examples())


def test_too_few_decisions_or_of_one_kind_teach_nothing():
    assert learn(examples()[:20]) is None
    assert learn([Example("Hello", "there", False)] * 100) is None
    assert learn([]) is None


def test_what_is_kept_can_be_read_and_judges_alike(learned):
    stored = json.loads(json.dumps(as_stored(learned.weights)))
    again = read_weights(stored)
    for post in read_posts("b")[:30]:
        one, other = again.judge(post.title, post.body), learned.weights.judge(post.title, post.body)
        assert abs(one.score - other.score) < 0.01
    assert len(json.dumps(stored)) < 150_000


def test_it_stays_small_however_many_words_there_are():
    many = Weights(0.0, {f"w:{number}": float(number) for number in range(10_000)})
    assert len(as_stored(many)["of"]) == MOST_WEIGHTS


@pytest.mark.parametrize(
    "stored",
    [None, [], {}, {"form": 2, "bias": 0, "of": {}}, {"form": 1, "bias": "0", "of": {}}, {"form": 1, "bias": 0, "of": []},
     {"form": 1, "bias": float("nan"), "of": {}}, {"form": 1, "bias": 0, "of": {"z": True}},
     {"form": 1, "bias": 0, "of": {str(number): 0.0 for number in range(9_000)}}],
)  # fmt: skip
def test_what_is_not_exactly_weights_is_not_used(stored):
    assert read_weights(stored) is None


def test_no_word_of_a_learner_can_be_read_in_what_is_kept(learned):
    kept = json.dumps(as_stored(learned.weights))
    assert not [word for word in ("submit", "quiz", "bouton", "osmie", "attestation") if word in kept]


def test_without_scikit_learn_the_signs_alone_judge(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert not can_learn()
    assert judge("Cannot submit quiz 2", "It closes tonight.").is_urgent


def test_judging_never_needs_scikit_learn(learned, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert learned.weights.judge("Cannot submit quiz 2", "It closes tonight.").is_urgent


def test_the_newest_count_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(learning, "MOST", 100)
    assert learn(examples()).examples == 100


@pytest.mark.django_db
def test_each_course_keeps_its_last_versions_and_asks_the_newest(course_key, now):
    ref = PostRef(PostKind.THREAD, "1")
    text = {ref: ("Mistake in unit 3", "There is a typo in the caption, and the link to the key does not work.")}
    assert not urgency_of(course_key, text)[ref].is_urgent
    for _time in range(KEPT + 2):
        keep_learned(course_key=course_key, examples=examples("error"), now=now)
    assert list(LearnedUrgency.objects.order_by("version").values_list("version", flat=True)) == [3, 4, 5, 6, 7]
    assert urgency_of(course_key, text)[ref].is_urgent


@pytest.mark.django_db
def test_what_is_no_better_than_the_signs_is_kept_but_not_used(course_key, now, monkeypatch):
    monkeypatch.setattr(learning, "_is_better", lambda *given: False)
    assert keep_learned(course_key=course_key, examples=examples("error"), now=now) is not None
    assert weights_of(course_key) is None
