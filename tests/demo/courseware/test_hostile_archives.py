"""A broken or hostile export gives one clear sentence and changes nothing."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest

from demo.courseware import actions, archive, queries
from demo.courseware.archive import OlxError
from demo.courseware.models import Block, Course
from tests.demo.courseware.exports import as_archive, as_folder, member, small

BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><chapter display_name="&b;"/>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><chapter display_name="&a;"/>'


def refused(path, now) -> str:
    """The sentence with which the export is refused; fails if anything was written."""
    before = (Course.objects.count(), Block.objects.count())
    with pytest.raises(OlxError) as error:
        actions.load_course(path, now)
    assert (Course.objects.count(), Block.objects.count()) == before
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "course/../../evil.xml", "course\\..\\evil.xml", "C:/evil.xml"]
)
def test_a_path_outside_is_refused(db, tmp_path, now, name):
    assert "points outside" in refused(as_archive(tmp_path, small(), [member(name)]), now)
    assert not (tmp_path.parent / "evil.xml").exists()


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
    ids=lambda kind: kind.decode(),
)
def test_links_and_devices_are_refused(db, tmp_path, now, kind):
    extra = member("course/static/moss.png", type=kind, linkname="/etc/passwd", size=0)
    assert "link or a device" in refused(as_archive(tmp_path, small(), [extra]), now)


def test_a_link_in_a_folder_is_refused(db, tmp_path, now):
    folder = as_folder(tmp_path / "export", small())
    (folder / "html" / "secret.html").symlink_to("/etc/passwd")
    assert "link or a device" in refused(folder, now)


def test_a_linked_folder_is_refused(db, tmp_path, now):
    folder = as_folder(tmp_path / "export", small())
    (folder / "static" / "more").symlink_to("/etc", target_is_directory=True)
    assert "link or a device" in refused(folder, now)


def test_too_many_members_are_refused(db, tmp_path, now, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 40)
    extra = [member(f"course/static/{number}.pdf") for number in range(60)]
    assert "more than 40 files" in refused(as_archive(tmp_path, small(), extra), now)


def test_endless_folders_are_refused(db, tmp_path, now, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 40)
    extra = [member(f"course/static/{number}", b"", type=tarfile.DIRTYPE) for number in range(60)]
    assert "more than 40 files" in refused(as_archive(tmp_path, small(), extra), now)


def test_a_file_that_is_too_large_is_refused(db, tmp_path, now, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE", 1_000_000)
    extra = [member("course/static/film.mp4", bytes(1_000_001))]
    assert "film.mp4" in refused(as_archive(tmp_path, small(), extra), now)


def test_a_text_that_is_too_large_is_refused(db, tmp_path, now):
    assert "larger than 4 MB" in refused(as_archive(tmp_path, small({"html/h1.html": "x" * 4_200_000})), now)


def test_many_files_that_are_too_large_together_are_refused(db, tmp_path, now, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 3_000_000)
    extra = [member(f"course/static/{number}.mp4", bytes(400_000)) for number in range(10)]
    assert "unpacks to more than" in refused(as_archive(tmp_path, small(), extra), now)


def test_a_bomb_in_a_header_is_refused(db, tmp_path, now, monkeypatch):
    """The header of a member may be as long as it likes; only counting what comes out of the compression stops it."""
    monkeypatch.setattr(archive, "MAX_TOTAL", 3_000_000)
    info = tarfile.TarInfo("course/static/a.png")
    info.pax_headers = {"comment": "x" * 8_000_000}
    assert "unpacks to more than" in refused(as_archive(tmp_path, small(), [(info, b"")]), now)


def test_the_read_ahead_of_a_bomb_stays_within_the_allowance(monkeypatch):
    read = []

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return bytes(size)

    metered = archive._Metered(Endless(), 1_000)
    assert len(metered.read(600)) == 600
    with pytest.raises(OlxError):
        metered.read(10**9)
    assert max(read) <= 1_000


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, '<!DOCTYPE chapter><chapter display_name="x"/>'])
def test_entities_and_document_types_are_refused(db, tmp_path, now, xml):
    assert "chapter/c.xml" in refused(as_archive(tmp_path, small({"chapter/c.xml": xml})), now)


def test_bottomless_xml_is_refused(db, tmp_path, now):
    deep = "<problem>" + "<p>" * 100_000 + "</p>" * 100_000 + "</problem>"
    assert "nested too deeply" in refused(as_archive(tmp_path, small({"problem/p1.xml": deep})), now)


def test_bottomless_folders_are_refused(db, tmp_path, now):
    assert "nested too deeply" in refused(as_archive(tmp_path, small(), [member("course/" + "a/" * 40 + "b.xml")]), now)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8bnot really", gzip.compress(b"no tar in here" * 100)])
def test_what_is_no_archive_is_refused(db, tmp_path, now, content):
    path = tmp_path / "export.tar.gz"
    path.write_bytes(content)
    refused(path, now)


def test_an_archive_that_breaks_off_is_refused(db, tmp_path, now):
    path = as_archive(tmp_path, small({"static/moss.png": bytes(range(256)) * 400}))
    path.write_bytes(path.read_bytes()[:-120])
    assert "cannot be unpacked" in refused(path, now)


def test_a_file_that_is_not_there_is_said_so(db, tmp_path, now):
    assert "no file or folder" in refused(tmp_path / "nothing.tar.gz", now)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"course.xml": None}, "no course.xml"),
        ({"course.xml": "<library/>"}, "does not describe a course"),
        ({"course.xml": '<course url_name="a b" org="" course="x"/>'}, "does not say which course"),
        ({"course.xml": f'<course url_name="{"r" * 250}" org="Test" course="Moss"/>'}, "too long"),
        ({"course.xml": "<course"}, "not well-formed"),
        ({"chapter/c.xml": None}, "incomplete"),
        ({"chapter/c.xml": '<sequential display_name="x"/>'}, "not the kind of block"),
        ({"chapter/c.xml": '<chapter><sequential url_name="../../x"/></chapter>'}, "not a name"),
        ({"vertical/u1.xml": '<vertical><vertical url_name="u1"/></vertical>'}, "in circles"),
        ({"policies/2026/policy.json": "{"}, "not valid JSON"),
        ({"policies/2026/policy.json": "[" * 100_000}, "not valid JSON"),
        ({"html/h1.xml": b"\xff\xfe\x00 not text"}, "not well-formed"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(db, tmp_path, now, changes, said):
    assert said in refused(as_archive(tmp_path, small(changes)), now)


def test_too_many_blocks_are_refused(db, tmp_path, now, monkeypatch):
    monkeypatch.setattr("demo.courseware.olx.MAX_BLOCKS", 50)
    crowd = "<vertical>" + "<discussion/>" * 60 + "</vertical>"
    assert "more than 50 blocks" in refused(as_archive(tmp_path, small({"vertical/u1.xml": crowd})), now)


def test_a_refused_reload_leaves_the_course_as_it_was(moss, tmp_path, now):
    (tmp_path / "broken").mkdir()
    refused(as_archive(tmp_path / "broken", small({"vertical/u2.xml": "<vertical"})), now)
    assert queries.course(moss.key).title == "Moss"
    assert [row.usage_key for row in queries.blocks_of(moss.u2)] == [moss.p1]
