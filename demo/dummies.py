"""Two dummy languages to look at pages with: a long one with accents, and one that is written from right to left.

They are made from the English source into the demo's own folder, never into `locale/`: a site must not show them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from demo.catalogues import LOCALE

# What must stay as it is: placeholders of both kinds, tags, entities.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "àéîöüýÀÉÎÖÜÝçñšž")
RIGHT_TO_LEFT = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهوزحطيكلمنسعفصقرشتثخذض")


def lengthen(text: str) -> str:
    """The text with accents and a good third longer, as German or Finnish would be."""
    return text.translate(ACCENTS) + " " + "·ẍ" * max(2, len(text) // 6)


def turn(text: str) -> str:
    """The text in Arabic letters, so that a browser writes it from right to left."""
    return text.lower().translate(RIGHT_TO_LEFT)


DUMMIES: dict[str, Callable[[str], str]] = {"eo": lengthen, "ar": turn}


def dummy(text: str, change: Callable[[str], str]) -> str:
    """The text changed between its placeholders."""
    return "".join(
        part if KEPT.fullmatch(part) else change(part) if part.strip() else part for part in KEPT.split(text)
    )


def make_dummies(folder: Path) -> None:
    """Writes <folder>/<language>/LC_MESSAGES/django.mo for each dummy language."""
    with (LOCALE / "en" / "LC_MESSAGES" / "django.po").open("rb") as lines:
        source = read_po(lines, locale="en")
    for language, change in DUMMIES.items():
        catalogue = Catalog(locale=language)
        for message in source:
            if message.id:
                forms = [message.id] if isinstance(message.id, str) else list(message.id)
                changed = [dummy(text, change) for text in forms]
                string = (
                    changed[0]
                    if isinstance(message.id, str)
                    else tuple(changed[-1] for _form in range(catalogue.num_plurals))
                )
                catalogue.add(message.id, string, context=message.context)
        target = folder / language / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as compiled:
            write_mo(compiled, catalogue)
