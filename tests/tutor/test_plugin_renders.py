"""What Tutor makes of the plugin: the image, the settings, the services, the jobs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tutor.conftest import Project
from tests.tutor.options import offered

pytestmark = pytest.mark.slow

OPTIONS = offered()
IMAGE = "build/openedx/Dockerfile"
SETTINGS = {option.setting: option.default for option in OPTIONS if option.setting and not option.drawn}
PINS = "Django==4.2.20\nXBlock==5.2.0\nora2 @ git+file:///ora2\n"


def step(dockerfile: str, begins: str) -> str:
    """The shell command of the one RUN line that begins so, without what only Docker reads."""
    found = re.findall(rf"^RUN {re.escape(begins)}(?:.*\\\n)*.*$", dockerfile, re.MULTILINE)
    assert len(found) == 1
    return re.sub(r"--mount=\S+ \\\n", "", found[0]).removeprefix("RUN ")


def program(path: Path, lines: str) -> Path:
    """An executable shell script."""
    path.write_text("#!/bin/sh\n" + lines, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("variable", ["PIP_COMMAND", None])
def test_the_image_installs_the_package_and_moves_nothing_of_the_platform(project: Project, tmp_path, variable):
    """In Tutor 20 pip does it, later what PIP_COMMAND names; either is told every version that is there."""
    pip = program(
        tmp_path / "pip",
        f'if [ "$1" = freeze ]; then printf "{PINS}"; else cp "$3" "{tmp_path}/pins"; echo "$@" > "{tmp_path}/said"; fi\n',
    )
    environment = {variable: str(pip)} if variable else {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = step(
        project.text(IMAGE), "--mount=type=cache,target=/openedx/.cache/pip,sharing=shared \\\n    ${PIP_COMMAND"
    )
    subprocess.run(["sh", "-c", command], env={**os.environ, **environment}, check=True)
    assert (tmp_path / "said").read_text().split()[0::3] == ["install", "openedx-community-growth==0.1.0"]
    assert (tmp_path / "pins").read_text() == "Django==4.2.20\nXBlock==5.2.0\n"


def test_a_mounted_checkout_takes_the_place_of_the_published_package(new_project, tmp_path):
    checkout = tmp_path / "openedx-community-growth"
    checkout.mkdir()
    project = new_project("COMMUNITY_GROWTH_REQUIREMENT=must-not-be-there")
    project.tutor("mounts", "add", str(checkout))
    dockerfile = project.text(IMAGE)
    assert "must-not-be-there" not in dockerfile
    assert 'install -e "/mnt/openedx-community-growth"' in dockerfile
    for name in ("local/docker-compose.yml", "local/docker-compose.prod.yml"):
        for service in ("lms", "cms", "lms-worker", "cms-worker", "community-growth-beat"):
            volumes = project.documents(name)[0]["services"].get(service, {}).get("volumes")
            assert volumes is None or any("/mnt/openedx-community-growth" in volume for volume in volumes), service


def test_the_image_puts_the_block_into_studios_own_list(project: Project, tmp_path):
    """Run on a file of the same shape; where the list is not found, the build stops and says what to do."""
    source = tmp_path / "cms/djangoapps/contentstore/views/component.py"
    source.parent.mkdir(parents=True)
    source.write_text("DEFAULT_ADVANCED_MODULES = [\n    'poll',\n]\n")
    command = step(project.text(IMAGE), "studio_list=")
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    found: dict[str, Any] = {}
    exec(source.read_text(), found)
    assert found["DEFAULT_ADVANCED_MODULES"] == ["referral", "poll"]

    source.write_text("MODULES = []\n")
    failed = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert failed.returncode == 1
    assert "COMMUNITY_GROWTH_BLOCK_IN_ALL_COURSES" in failed.stderr


def test_every_option_has_its_default_and_reaches_both_services(project: Project):
    for service in ("lms", "cms"):
        (settings,) = project.documents(f"apps/openedx/config/{service}.env.yml")
        assert {name: settings.get(name) for name in SETTINGS} == SETTINGS
        assert re.fullmatch(r"\w{20}", settings["REFERRAL_HASH_SALT"])
    said = project.tutor("community-growth", "options").stdout
    for option in OPTIONS:
        note = "drawn at random, kept in config.yml" if option.drawn else f"default {json.dumps(option.default)}"
        assert f"{option.name} ({note})\n    {option.help}\n" in said
    assert yaml.safe_load(project.tutor("config", "printvalue", "COMMUNITY_GROWTH_RUN_BEAT").stdout) is True


def test_the_salt_is_drawn_once(project: Project):
    before = project.documents("apps/openedx/config/lms.env.yml")
    project.tutor("config", "save")
    assert project.documents("apps/openedx/config/lms.env.yml") == before


def test_what_an_operator_sets_arrives_as_it_was_meant(new_project: Callable[..., Project]):
    project = new_project(
        "COMMUNITY_GROWTH_PAGE_SIZE=20",
        "COMMUNITY_GROWTH_SHOW_COURSE_TAB=false",
        "COMMUNITY_GROWTH_ACTING_ACCOUNT='it''s \"me\": <é>'",
        "COMMUNITY_GROWTH_RUN_BEAT=false",
        "COMMUNITY_GROWTH_BLOCK_IN_ALL_COURSES=false",
        "COMMUNITY_GROWTH_REQUIREMENT=openedx-community-growth==9.9",
    )
    for service in ("lms", "cms"):
        (settings,) = project.documents(f"apps/openedx/config/{service}.env.yml")
        assert settings["COMMUNITY_PAGE_SIZE"] == 20
        assert settings["COMMUNITY_SHOW_COURSE_TAB"] is False
        assert settings["COMMUNITY_ACTING_ACCOUNT"] == 'it\'s "me": <é>'
    assert "'openedx-community-growth==9.9'" in project.text(IMAGE)
    assert "DEFAULT_ADVANCED_MODULES" not in project.text(IMAGE)
    assert "community-growth-beat" not in project.text("local/docker-compose.prod.yml")
    assert "community-growth-beat" not in project.text("k8s/deployments.yml")
    said = project.tutor("community-growth", "options").stdout
    assert "COMMUNITY_GROWTH_PAGE_SIZE (default 50, now 20)\n" in said


def test_one_service_starts_the_periodic_tasks(project: Project):
    """It is the LMS's worker with another command: the same image, settings and environment, never two of it."""
    services = project.documents("local/docker-compose.prod.yml")[0]["services"]
    beat, worker = services["community-growth-beat"], services["lms-worker"]
    assert beat["command"][:3] == ["celery", "--app=lms.celery", "beat"]
    assert (beat["image"], beat["environment"]) == (worker["image"], worker["environment"])

    deployments = {
        document["metadata"]["name"]: document["spec"] for document in project.documents("k8s/deployments.yml")
    }
    assert deployments["community-growth-beat"]["replicas"] == 1
    assert deployments["community-growth-beat"]["strategy"] == {"type": "Recreate"}
    pods = [deployments[name]["template"]["spec"] for name in ("community-growth-beat", "lms-worker")]
    assert pods[0]["volumes"] == pods[1]["volumes"]
    beat, worker = (pod["containers"][0] for pod in pods)
    assert beat["args"][:3] == ["celery", "--app=lms.celery", "beat"]
    assert (beat["image"], beat["env"], beat["volumeMounts"]) == (
        worker["image"],
        worker["env"],
        worker["volumeMounts"],
    )


@pytest.fixture
def docker(tmp_path: Path) -> Callable[..., list[str]]:
    """A program of that name that starts nothing. `docker(project, words, answer)` runs a job with it, which ends as `answer`
    says, and gives the commands that were to run in the LMS."""

    def run(project: Project, words: list[str], *, answer: int = 0) -> list[str]:
        lines = (
            f'echo "$@" >> "{tmp_path}/asked"\n'
            f'case "$*" in *"ls --format json") echo "[]";; *lms-job*) exit {answer};; esac\n'
        )
        path = program(tmp_path / "docker", lines).parent
        done = project.tutor("local", "do", *words, check=False, PATH=f"{path}:{os.environ['PATH']}")
        assert (done.returncode == 0) == (answer == 0), done.stderr
        asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
        return [line.rpartition(" sh -e -c ")[2].strip() for line in asked if "lms-job" in line]

    return run


def test_init_makes_the_tables(project: Project, docker):
    assert docker(project, ["init", "--limit=community-growth"]) == ["./manage.py lms migrate"]


def test_the_check_runs_in_the_lms_with_its_options(project: Project, docker):
    words = ["--contract", "--write", "--course", "course-v1:A+B+C"]
    assert docker(project, ["community-check", *words]) == [f"./manage.py lms community_check {' '.join(words)}"]


def test_a_check_that_fails_fails_the_job(project: Project, docker):
    assert docker(project, ["community-check"], answer=1) == ["./manage.py lms community_check"]
