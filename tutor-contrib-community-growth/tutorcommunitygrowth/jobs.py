"""Commands: `tutor local do community-check` (also dev and k8s) and `tutor community-growth options`."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable

import click
from tutor import config as tutor_config
from tutor.commands.context import Context

from tutorcommunitygrowth.options import OPTIONS


@click.command(name="community-check", help="Check what is wired inside the LMS and what is not")
@click.option("--contract", is_flag=True, help="Also run the contract tests of the platform's side; they only read.")
@click.option("--write", is_flag=True, help="With --contract: also what writes, in --course, rolled back at the end.")
@click.option("--course", metavar="KEY", help="The course without learners that --write may use.")
def community_check(contract: bool, write: bool, course: str | None) -> Iterable[tuple[str, str]]:
    """Runs `manage.py lms community_check` in a container of the LMS; its exit status is the job's."""
    words = ["./manage.py", "lms", "community_check"]
    words += ["--contract"] if contract else []
    words += ["--write"] if write else []
    words += ["--course", course] if course else []
    yield "lms", shlex.join(words)


@click.group(name="community-growth", help="Open edX community and growth")
def community_growth() -> None:
    """Holds what needs no container."""


@community_growth.command(name="options", help="List what can be set, with defaults and current values")
@click.pass_obj
def list_options(context: Context) -> None:
    """Prints each option with its meaning; a changed one with both values, a drawn one without."""
    config = tutor_config.load_minimal(context.root)
    for option in OPTIONS:
        current = config.get(option.name, option.default)
        note = f"default {json.dumps(option.default)}"
        if option.drawn:
            note = "drawn at random, kept in config.yml"
        elif current != option.default:
            note += f", now {json.dumps(current)}"
        click.echo(f"{option.name} ({note})")
        click.echo(f"    {option.help}")
