"""French and English are told apart by their small words."""

import re
from pathlib import Path

import pytest

from community_dashboard.moderation.projection.language import language_of

POSTS = Path(__file__).resolve().parents[4] / "benchmarks" / "moderation_posts"
FRENCH = [
    "Bonjour, je ne comprends pas la question 3 du quiz, pouvez-vous m'aider ?",
    "Merci !",
    "Où est le fichier de la semaine 2 ?",
    "Même problème chez moi, la vidéo ne démarre pas sur Firefox.",
    "Le lien est cassé",
    "Comment fait-on pour exporter un fichier CSV depuis Excel ?",
]
ENGLISH = [
    "Hi, I don't understand question 3 of the quiz, can you help?",
    "Thanks!",
    "Where is the file of week 2?",
    "Same problem here, the video does not start in Firefox.",
    "The link is broken",
    "How do you export a CSV file from Excel?",
]
NEITHER = ["", "???", "42", "https://example.org/x", "import numpy as np\nx = np.zeros(3)", "こんにちは", "+1", "12:30"]


@pytest.mark.parametrize("text", FRENCH)
def test_french(text):
    assert language_of(text) == "fr"


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text):
    assert language_of(text) == ""


def test_a_text_of_both_is_neither():
    assert language_of("Bonjour, je ne vois pas la video. Hello, I do not see the video and the file.") == ""


def test_the_language_of_most_of_it_counts():
    assert language_of("Hello à tous, je ne trouve pas le fichier de la semaine, merci pour votre aide.") == "fr"


def labelled(name: str) -> list[tuple[str, str]]:
    """Posts that people wrote, with the language that they were labelled with."""
    found: list[tuple[str, list[str]]] = []
    for line in (POSTS / name).read_text(encoding="utf-8").splitlines():
        if head := re.match(r"@ \S+ (fr|en)\b", line):
            found.append((head[1], []))
        elif found:
            found[-1][1].append(line)
    return [(language, "\n".join(lines)) for language, lines in found]


@pytest.mark.parametrize("name", ["posts_a.txt", "posts_b.txt"])
def test_the_labelled_posts(name):
    told = [(language, language_of(text)) for language, text in labelled(name)]
    assert len(told) > 100
    assert [pair for pair in told if pair[1] not in ("", pair[0])] == []
    assert sum(language == found for language, found in told) >= 0.98 * len(told)
