"""Which names of other packages our host files rely on, read from the files themselves, so that the list cannot drift.

`from common.djangoapps.student.models import CourseEnrollment` and, later in the function,
`CourseEnrollment.objects.filter(user_id__in=ids)` become two uses: the name is imported, and of it the attribute `objects`
is taken, of that `filter`, which is called with a keyword. Plain Python; nothing is imported or run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

from community_dashboard.operations.source_reader import Reader
from community_dashboard.operations.syntax import guards_in
from community_dashboard.operations.uses import Use


def host_files(package: Path) -> list[Path]:
    """The host files of a package's folder: `host/edx_platform*.py`, or a folder of that name with files in it."""
    found = set(package.glob("host/edx_platform*.py")) | set(package.glob("host/edx_platform*/**/*.py"))
    return sorted(found)


def uses_in(source: str, file: str = "", guards: Mapping[str, frozenset[str]] | None = None) -> list[Use]:
    """Every use of a foreign name in this source, in the order in which they stand there. SyntaxError if it is no Python.

    `guards`: decorators that catch errors, each with the errors; those that the source itself defines are known.
    """
    tree = ast.parse(source)
    reader = Reader(file, {**(guards or {}), **guards_in(tree)})
    reader.visit(tree)
    return list(dict.fromkeys(reader.uses))


def uses_in_files(package: Path, paths: Iterable[Path]) -> list[Use]:
    """The same for files of one package, whose guards hold in each other; `file` of a use begins with the package's name."""
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    guards = {name: caught for source in sources.values() for name, caught in guards_in(ast.parse(source)).items()}
    return [
        use
        for path, source in sources.items()
        for use in uses_in(source, path.relative_to(package.parent).as_posix(), guards)
    ]
