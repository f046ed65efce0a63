"""Registers everything with Tutor when the plugin is enabled."""

from __future__ import annotations

from pathlib import Path

from tutor import hooks

from tutorcommunitygrowth import jobs
from tutorcommunitygrowth.options import OPTIONS, environment_patch

hooks.Filters.CONFIG_DEFAULTS.add_items([(option.name, option.default) for option in OPTIONS if not option.drawn])
hooks.Filters.CONFIG_UNIQUE.add_items([(option.name, option.default) for option in OPTIONS if option.drawn])

# Studio and the LMS share one database, so one migration serves both. Tutor's own task has already done it in a full
# `do init`; this one is for `do init --limit=community-growth`.
hooks.Filters.CLI_DO_INIT_TASKS.add_item(("lms", "./manage.py lms migrate"))

# `tutor mounts add …/openedx-community-growth` builds the checkout into the image and mounts it at run time. Tutor's own
# pattern takes the name too; this keeps it so.
hooks.Filters.MOUNTED_DIRECTORIES.add_item(("openedx", "openedx-community-growth$"))

for patch in sorted((Path(__file__).parent / "patches").iterdir()):
    hooks.Filters.ENV_PATCHES.add_item((patch.name, patch.read_text(encoding="utf-8")))
for service in ("lms", "cms"):
    hooks.Filters.ENV_PATCHES.add_item((f"{service}-env", environment_patch()))

hooks.Filters.CLI_DO_COMMANDS.add_item(jobs.community_check)
hooks.Filters.CLI_COMMANDS.add_item(jobs.community_growth)
