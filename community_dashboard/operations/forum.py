"""The forum that moderation works in, and the account in whose name it acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Finding, found
from referral_xblock.api import Role
from referral_xblock.api import get_host as get_people_host


def check_forum(circumstances: Circumstances) -> Iterator[Finding]:
    """The published forum app is in this process, and keeps the course's posts in this database."""
    if not apps.is_installed("forum"):
        yield found("forum.app", "openedx-forum is not in INSTALLED_APPS.")
    if circumstances.course_key is None:
        yield found("forum.no-course", "No course was named, so its forum was not looked at.")
        return
    with transaction.atomic():
        forum = get_host().forum(circumstances.course_key)
    if not (forum.enabled and forum.in_this_database):
        yield found("forum.course", f"{circumstances.course_key}: {forum.sentence}")


def check_account(circumstances: Circumstances) -> Iterator[Finding]:
    """The acting account exists, is active, and moderates the course. Three queries and those of the roles."""
    username = settings.COMMUNITY_ACTING_ACCOUNT
    if not username:
        yield found("account.none", "COMMUNITY_ACTING_ACCOUNT is not set.")
        return
    with transaction.atomic():
        account = get_user_model().objects.filter(username=username).first()
    if account is None:
        yield found("account.unknown", f"There is no account “{username}”.")
    elif not account.is_active:
        yield found("account.inactive", f"The account “{username}” is not active.")
    else:
        yield from _check_in_course(account, circumstances.course_key)


def _check_in_course(account: Any, course_key: CourseKey | None) -> Iterator[Finding]:
    if course_key is None:
        yield found("account.no-course", f"No course was named, so the role of “{account.username}” was not looked at.")
        return
    with transaction.atomic():
        roles = get_people_host().roles(account, course_key)
        profiles = get_host().profiles([account.id])
    if not roles & {Role.FORUM_MODERATOR, Role.GLOBAL_STAFF}:
        yield found("account.role", f"“{account.username}” is not a moderator of the forum of {course_key}.")
    if not roles & {Role.LEARNER, Role.COURSE_STAFF}:
        yield found("account.outside", f"“{account.username}” is neither enrolled in {course_key} nor on its team.")
    if account.id not in profiles:
        yield found("account.profile", f"“{account.username}” has no profile.")
