"""Files: a block's from its public folder alone, a course's for those who may see the course."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from xblock.core import XBlock

from demo.courseware.models import Course


@pytest.fixture
def package(tmp_path, monkeypatch) -> SimpleNamespace:
    """A block type `shelf` whose package has files inside and outside its public folder."""
    folder = tmp_path / "shelf"
    for name in ("public/a.css", "public/.hidden.css", "static/b.css", "secret.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("body {}", encoding="utf-8")

    class ShelfBlock(XBlock):
        @classmethod
        def _open_resource(cls, uri):
            return (folder / uri).open("rb")

    original = XBlock.load_class.__func__
    monkeypatch.setattr(
        XBlock,
        "load_class",
        classmethod(
            lambda cls, name, *rest, **more: ShelfBlock if name == "shelf" else original(cls, name, *rest, **more)
        ),
    )
    return SimpleNamespace(folder=folder)


def test_a_public_file_is_served(db, client, package):
    answer = client.get("/xblock/resource/shelf/public/a.css")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/css")
    assert b"".join(answer.streaming_content) == b"body {}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["static/b.css", "secret.txt", "public/../secret.txt", "public/%2e%2e/secret.txt", "public/.hidden.css", "public/none.css",
     "public", "public/", "/etc/passwd", "public/%00"],
)  # fmt: skip
def test_nothing_else_is_served(db, client, package, path):
    assert client.get(f"/xblock/resource/shelf/{path}").status_code == 404


def test_an_unknown_block_has_no_files(db, client):
    assert client.get("/xblock/resource/nothing/public/a.css").status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "a.js", f"{'0' * 32}.js", f"{'0' * 32}.html"])
def test_only_scripts_that_a_block_brought_are_served(db, client, name):
    assert client.get(f"/xblock/inline/{name}").status_code == 404


def test_a_picture_of_the_course_cannot_run(moss, client):
    answer = client.get(f"/courses/{moss.key}/file/moss.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["other.png", "../moss.png", "course.xml", "moss.png/x"])
def test_only_names_that_the_course_has_are_served(moss, client, name):
    assert client.get(f"/courses/{moss.key}/file/{name}").status_code == 404


def test_pictures_of_a_closed_course_are_for_its_people(moss, people, client_of):
    Course.objects.update(open_to_public=False)
    path = f"/courses/{moss.key}/file/moss.png"
    people_may = {name: client_of(getattr(people, name)).get(path).status_code for name in ("ada", "chen", "dara")}
    assert people_may == {"ada": 200, "chen": 200, "dara": 404}
    assert client_of().get(path).status_code == 404
