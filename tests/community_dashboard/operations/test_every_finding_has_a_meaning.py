"""The ids in the code, the list of meanings and the table of the document are the same."""

import re
from pathlib import Path

from community_dashboard.operations.findings import MEANINGS, Severity, table
from community_dashboard.operations.resolving import PROVIDED

ROOT = Path(__file__).resolve().parents[3]


def test_the_document_has_the_table_of_the_code():
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert table() in text, "Replace the table of docs/operating.md by what findings.table() gives."


def test_ids_are_unique_and_sentences_whole():
    assert len({meaning.id for meaning in MEANINGS}) == len(MEANINGS)
    assert [meaning.id for meaning in MEANINGS if not (meaning.meaning.endswith(".") and meaning.hint)] == []


def test_every_id_is_used_and_every_use_has_a_meaning():
    sources = [*(ROOT / "community_dashboard" / "operations").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "findings.py")
    used = set(
        re.findall(
            r'"((?:platform|host|wiring|background|database|figures|forum|account|site|events|contract|check)\.[a-z-]+)"',
            text,
        )
    )
    used |= {f"platform.{kind}" for kind in PROVIDED}
    checks = "\n".join(
        (ROOT / package / "checks.py").read_text() for package in ("referral_xblock", "community_dashboard")
    )
    used |= set(re.findall(r'"((?:referral|community)\.[EW]\d{3})"', checks))
    assert used == {meaning.id for meaning in MEANINGS}


def test_a_system_check_weighs_what_its_letter_says():
    letters = {"E": Severity.ERROR, "W": Severity.WARNING}
    ours = [one for one in MEANINGS if re.search(r"\.[EW]\d{3}$", one.id)]
    assert [one.id for one in ours if letters[one.id[-4]] is not one.severity] == []
