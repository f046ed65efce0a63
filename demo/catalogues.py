"""`python -m demo.catalogues`: compiles locale/*/LC_MESSAGES/*.po where the source is newer. The repository holds no .mo."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> int:
    """Writes the .mo beside each .po that changed since; returns how many."""
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines, target.open("wb") as compiled:
            write_mo(compiled, read_po(lines, locale=source.parts[-3]))
        written += 1
    return written


if __name__ == "__main__":
    print(f"{compile_catalogues()} catalogues compiled.")
