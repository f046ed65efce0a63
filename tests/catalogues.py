"""Finds every translatable string, and brings the catalogues up to date: `make messages`.

Babel reads the Python files; Django's own `templatize` turns a template into something Babel can read as Python.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("referral_xblock", "community_dashboard", "demo")
LANGUAGES = ("en", "fr")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """Every Python file and template of the three packages."""
    for folder in FOLDERS:
        for pattern in ("*.py", "*.html", "*.txt"):
            for path in sorted((ROOT / folder).rglob(pattern)):
                if not {"migrations", "course", "locale"} & set(path.relative_to(ROOT / folder).parts):
                    yield path


def _as_python(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # Indentation means nothing in a template and would be an error in Python.
    return "\n".join(line.lstrip() for line in templatize(text).splitlines()).encode()


def found() -> Catalog:
    """A catalogue of every message in the sources, with the files it stands in."""
    catalogue = Catalog(project="openedx-community-growth", charset="utf-8")
    for path in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(_as_python(path)), keywords=KEYWORDS):
            # No line numbers: they would change in every commit.
            catalogue.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue as committed; an empty one if there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="openedx-community-growth", charset="utf-8")
    with path.open("rb") as lines:
        return read_po(lines, locale=language)


def update() -> None:
    """Adds new messages to the catalogues and drops those that no source has."""
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(found(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.header_comment = (
            f"# {catalogue.locale.english_name} catalogue, Apache-2.0. Brought up to date by: make messages"
        )
        catalogue.version, catalogue.last_translator = "0", "the maintainers"
        catalogue.msgid_bugs_address = catalogue.language_team = ""
        catalogue.revision_date = catalogue.creation_date = datetime(2027, 1, 1, tzinfo=UTC)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as lines:
            write_po(lines, catalogue, width=120, sort_output=True, include_lineno=False)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} messages" + (f", {missing} to translate" if language != "en" else ""))


if __name__ == "__main__":
    update()
