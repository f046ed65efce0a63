"""docs/activity.md says what the code declares."""

from pathlib import Path

import pytest

from community_dashboard.activity.kinds import KINDS, Kind

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "activity.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_stands_in_the_table_as_it_is_declared(kind):
    meaning = KINDS[kind]
    active = "yes" if meaning.learning else ""
    assert f"| `{kind}` | {meaning.what} | {meaning.source} | {meaning.found_again or 'no'} | {active} |" in PAGE
