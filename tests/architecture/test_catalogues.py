"""Every visible string is in the catalogues, and French is complete and fits its places."""

import re

import pytest

from tests.catalogues import found, read_catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def messages():
    return [message for message in found() if message.id]


@pytest.fixture(scope="module")
def french():
    return read_catalogue("fr")


def translated(catalogue, message):
    own = catalogue.get(message.id if isinstance(message.id, str) else message.id[0], context=message.context)
    if own is None or own.fuzzy:
        return []
    return [own.string] if isinstance(own.string, str) else list(own.string)


def test_the_english_source_has_every_string(messages):
    english = read_catalogue("en")
    missing = [message.id for message in messages if english.get(_first(message), context=message.context) is None]
    assert missing == [], "Run: make messages"


def test_french_is_complete(messages, french):
    missing = [_first(message) for message in messages if not all(translated(french, message) or [""])]
    assert missing == []


def test_french_keeps_every_placeholder(messages, french):
    wrong = []
    for message in messages:
        wanted = [
            set(PLACEHOLDER.findall(text)) for text in ([message.id] if isinstance(message.id, str) else message.id)
        ]
        for text in translated(french, message):
            if text and set(PLACEHOLDER.findall(text)) not in wanted:
                wrong.append((_first(message), text))
    assert wrong == []


def test_french_has_its_own_quotes_and_spaces(french):
    wrong = [
        message.string
        for message in french
        if message.id
        and isinstance(message.string, str)
        and (
            re.search(r"[^\s\u00a0\u202f«(][:;!?](\s|$)", message.string)
            or '"' in message.string
            or "'" in message.string
        )
        and not re.search(r"https?:|<|=", message.string)
    ]
    assert wrong == []


def _first(message):
    return message.id if isinstance(message.id, str) else message.id[0]
