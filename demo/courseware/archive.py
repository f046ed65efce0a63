"""Opens a course export without trusting it: what comes out is a dictionary of names and bytes, nothing touches the disk."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
TEXTS = frozenset({".xml", ".html", ".json"})
TRANSCRIPTS = frozenset({".srt", ".vtt", ".txt"})

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 20_000
MAX_TOTAL = 256 * MEGABYTE  # unpacked, with everything that a tar file holds beside its files
MAX_FILE = 64 * MEGABYTE
MAX_TEXT = 4 * MEGABYTE
MAX_PICTURE = 2 * MEGABYTE
MAX_DEPTH = 12


class OlxError(Exception):
    """What is wrong with an export, as one sentence for the person who chose it."""


class _Metered:
    """A stream that stops when more comes out of it than allowed, whatever the headers inside claim."""

    def __init__(self, stream: Any, allowance: int) -> None:
        self._stream = stream
        self._left = allowance

    def read(self, size: int = -1) -> bytes:
        """The next bytes; OlxError past the allowance."""
        data = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise OlxError(_("This export unpacks to more than %d MB.") % (MAX_TOTAL // MEGABYTE))
        return data


def _metered(stream: Any) -> Any:
    return _Metered(stream, MAX_TOTAL)


def read_export(path: Path) -> dict[str, bytes]:
    """The files of an export that a course is made of, by their path below `course.xml`.

    `path` is a `.tar.gz` from Studio or a folder with the same content. Texts, transcripts and small pictures come
    back; films and other heavy files are left out. Raises OlxError with one sentence if the archive is damaged, too
    large or tries to reach outside itself. Memory is bounded by MAX_TOTAL.
    """
    if not path.exists():
        raise OlxError(_("There is no file or folder at %s.") % path)
    try:
        files = _collect(_folder_members(path) if path.is_dir() else _archive_members(path))
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        raise OlxError(_("This is not a course export, or it is damaged: it cannot be unpacked.")) from error
    return _below_course(files)


def _collect(members: Iterator[tuple[str, int, IO[bytes]]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for count, (name, size, stream) in enumerate(members, start=1):
        total += size
        if count > MAX_MEMBERS:
            raise OlxError(_("This export holds more than %d files.") % MAX_MEMBERS)
        if size > MAX_FILE:
            raise OlxError(_("“%(name)s” in this export is larger than %(limit)d MB.") % _limit(name, MAX_FILE))
        if total > MAX_TOTAL:
            raise OlxError(_("This export unpacks to more than %d MB.") % (MAX_TOTAL // MEGABYTE))
        if _is_wanted(name, size):
            files[name] = stream.read()
    return files


def _is_wanted(name: str, size: int) -> bool:
    ending = os.path.splitext(name)[1].lower()
    if "static" in name.split("/")[:-1]:
        return (ending in PICTURES and size <= MAX_PICTURE) or (ending in TRANSCRIPTS and size <= MEGABYTE)
    if ending in TEXTS and size > MAX_TEXT:
        raise OlxError(_("“%(name)s” in this export is larger than %(limit)d MB.") % _limit(name, MAX_TEXT))
    return ending in TEXTS


def _limit(name: str, limit: int) -> dict[str, object]:
    return {"name": name, "limit": limit // MEGABYTE}


def _safe_name(name: str) -> str:
    parts = [part for part in name.split("/") if part not in ("", ".")]
    try:
        name.encode("utf-8")
        readable = name.isprintable()
    except UnicodeEncodeError:
        readable = False
    if not readable:
        raise OlxError(_("A file in this export has a name that cannot be read."))
    if name.startswith("/") or "\\" in name or ".." in parts or ":" in "".join(parts[:1]):
        raise OlxError(_("“%s” in this export points outside of it.") % name)
    if len(parts) > MAX_DEPTH:
        raise OlxError(_("The folders in this export are nested too deeply."))
    return "/".join(parts)


def _archive_members(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    with gzip.open(path) as unpacked, tarfile.open(fileobj=_metered(unpacked), mode="r|") as archive:
        for member in archive:
            name = _safe_name(member.name)
            if member.isdir():
                yield f"{name}/", 0, io.BytesIO()  # counted, never kept
                continue
            if not member.isreg() or member.issparse():
                raise OlxError(_("“%s” in this export is a link or a device, not a file.") % name)
            stream = archive.extractfile(member)
            if stream is not None:
                yield name, member.size, stream


def _folder_members(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    for folder, subfolders, names in os.walk(path, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in [*subfolders, *sorted(name for name in names if not name.startswith("."))]:
            file = Path(folder) / name
            relative = file.relative_to(path).as_posix()
            if file.is_symlink():
                raise OlxError(_("“%s” in this export is a link or a device, not a file.") % relative)
            if file.is_dir():
                continue
            if not file.is_file():
                raise OlxError(_("“%s” in this export is a link or a device, not a file.") % relative)
            with file.open("rb") as stream:
                yield _safe_name(relative), file.stat().st_size, stream


def _below_course(files: dict[str, bytes]) -> dict[str, bytes]:
    roots = sorted((name.count("/"), name) for name in files if name.split("/")[-1] == "course.xml")
    if not roots or roots[0][0] > 1:
        raise OlxError(_("There is no course.xml in this export, so it is not a course."))
    prefix = roots[0][1].removesuffix("course.xml")
    return {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}
