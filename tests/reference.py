"""The documents that are made from the code: `python -m tests.reference` writes docs/settings.md, docs/permissions.md,
docs/moderation-roles.md and docs/events.md.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"referral_xblock": "The block and its links", "community_dashboard": "The dashboard"}

SETTINGS_HEAD = """# Settings

Made from the two `settings.py` by `python -m tests.reference`; a test holds it. Each has a default; a value that the site has
set is kept, whether it comes from a YAML file, from Tutor (`tutor community-growth options`) or from another plugin. What belongs
to one course, such as the attribution window, is not here: it is edited at `…/growth/settings/`.
"""
PERMISSIONS_HEAD = """# Who may see and do what in the dashboard

Made from `community_dashboard/access/roles.py` by `python -m tests.reference`; a test holds it. Roles are those of the course.
Global staff count as course staff everywhere. Without any of the roles: 403, the same whether or not the course exists; not
signed in: the sign-in page, or 401 for the REST interface.
"""
ROLES = {
    "course_staff": "course staff, instructors",
    "data_researcher": "data researchers",
    "global_staff": "global staff",
    "forum_moderator": "forum Administrator, Moderator, Community TA",
    "group_moderator": "Group Moderator",
    "learner": "learners",
}


def settings_of(package: str) -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each setting of a package, in the order of its file."""
    words: list[str] = []
    said = False  # one comment may stand above several settings
    for line in (ROOT / package / "settings.py").read_text(encoding="utf-8").splitlines():
        comment, named = re.match(r"    # (.*)", line), re.match(r'    default\("(\w+)", (.*)\)$', line)
        if comment:
            words = [*words, comment[1]] if not said else [comment[1]]
            said = False
        elif named:
            yield named[1], named[2], " ".join(words)
            said = True
        else:
            words, said = [], False


def settings_document() -> str:
    """docs/settings.md."""
    parts = [SETTINGS_HEAD]
    for package, title in PACKAGES.items():
        rows = [f"| `{name}` | `{value}` | {words} |" for name, value, words in settings_of(package)]
        parts.append(
            "\n".join([f"## {title}", "", "| setting | default | what it does |", "|---|---|---|", *rows]) + "\n"
        )
    return "\n".join(parts)


def permissions_document() -> str:
    """docs/permissions.md."""
    from community_dashboard.access.roles import TABLE

    lines = ["| | " + " | ".join(ROLES.values()) + " |", "|---" * (len(ROLES) + 1) + "|"]
    remarks = _remarks()
    for capability, allowed in TABLE.items():
        remark = f" ({remarks[capability.name]})" if capability.name in remarks else ""
        cells = ["yes" if role in {one.value for one in allowed} else "" for role in ROLES]
        lines.append(f"| {capability.value}{remark} | " + " | ".join(cells) + " |")
    return PERMISSIONS_HEAD + "\n" + "\n".join(lines) + "\n"


def _remarks() -> dict[str, str]:
    """What stands beside a capability in its source."""
    source = (ROOT / "community_dashboard/access/roles.py").read_text(encoding="utf-8")
    lines, tree = source.splitlines(), ast.parse(source)
    enum = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Capability")
    return {
        node.targets[0].id: lines[node.lineno - 1].partition("  # ")[2]
        for node in enum.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and "  # " in lines[node.lineno - 1]
    }


def moderation_roles_document() -> str:
    """docs/moderation-roles.md."""
    from tests.moderation_roles import document

    return document()


def events_document() -> str:
    """docs/events.md."""
    from tests.events_document import document

    return document()


DOCUMENTS = {
    "docs/events.md": events_document,
    "docs/settings.md": settings_document,
    "docs/permissions.md": permissions_document,
    "docs/moderation-roles.md": moderation_roles_document,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for name, made in DOCUMENTS.items():
        (ROOT / name).write_text(made(), encoding="utf-8")
