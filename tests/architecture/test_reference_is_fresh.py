"""The documents that are made from the code say what the code says."""

import re

import pytest

from tests.reference import DOCUMENTS, PACKAGES, ROOT, settings_of


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_what_the_code_gives(name):
    """If not: `python -m tests.reference`."""
    assert (ROOT / name).read_text(encoding="utf-8") == DOCUMENTS[name]()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_setting_is_explained(package):
    found = list(settings_of(package))
    source = (ROOT / package / "settings.py").read_text(encoding="utf-8")
    assert len(found) == len(re.findall(r"^    default\(", source, flags=re.MULTILINE)) > 3
    assert [name for name, _value, words in found if len(words) < 15] == []
