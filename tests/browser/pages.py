"""Every page that a person can open, and who opens it."""

from __future__ import annotations

from tests.browser.conftest import Site
from tests.browser.learned import list_of, one_learner, one_post
from tests.browser.queued import queued_posts

# name: (who is signed in, or None for a visitor; how its address comes from the site)
PAGES = {
    "front": (None, lambda site: site.url + "/"),
    "register": (None, lambda site: site.url + "/register"),
    "sign in": (None, lambda site: site.url + "/login"),
    "about": (None, lambda site: site.facts["about_url"]),
    "invitation": (None, lambda site: site.facts["share_url"]),
    "unknown invitation": (None, lambda site: site.url + "/r/zzzzzzzz"),
    "code": (None, lambda site: site.url + "/r/"),
    "unit": ("chen", lambda site: site.facts["unit_url"]),
    "share": ("chen", lambda site: site.facts["share_url"] + "/share"),
    "me": ("chen", lambda site: site.url + "/community/me/"),
    "studio": ("ada", lambda site: site.facts["studio_url"]),
    "overview": ("ada", lambda site: site.course),
    "overview for a moderator": ("bo", lambda site: site.course),
    "growth": ("ada", lambda site: site.course + "growth/"),
    "settings": ("ada", lambda site: site.course + "growth/settings/"),
    "fraud review": ("ada", lambda site: site.course + "growth/review/"),
    "rewards": ("ada", lambda site: site.course + "growth/rewards/"),
    "milestones": ("ada", lambda site: site.course + "growth/rewards/milestones/"),
    "teams": ("ada", lambda site: site.course + "growth/teams/"),
    "learners": ("ada", lambda site: list_of(site)),
    "learners with every column": ("ada", lambda site: list_of(site) + "?who=all" + every_column()),
    "one learner": ("ada", lambda site: one_learner(site)),
    "post of a learner": ("ada", lambda site: one_post(site)),
    "no such learner": ("ada", lambda site: site.course + "learners/person/nobody/"),
    "trends": ("ada", lambda site: list_of(site) + "trends/"),
    "trends of enrolment": ("ada", lambda site: list_of(site) + "trends/enrolment/"),
    "trends of progress": ("ada", lambda site: list_of(site) + "trends/progress/?joined=1"),
    "who stays": ("ada", lambda site: list_of(site) + "trends/retention/"),
    "forum and invitations": ("ada", lambda site: list_of(site) + "trends/community/"),
    "countries": ("ada", lambda site: list_of(site) + "trends/countries/"),
    "against the last run": ("ada", lambda site: list_of(site) + "trends/runs/"),
    "trends of nothing": ("ada", lambda site: list_of(site) + "trends/?start=2026-02-30&segment=nobody"),
    "segments": ("ada", lambda site: site.course + "learners/segments/"),
    "a segment": ("ada", lambda site: site.course + "learners/segments/drifting/"),
    "a new segment": ("ada", lambda site: site.course + "learners/segments/new/"),
    "team": ("ada", lambda site: site.course + "learners/presence/"),
    "weekly digest": ("ada", lambda site: site.course + "learners/digest/"),
    "queue": ("bo", lambda site: site.course + "moderation/"),
    "queue for course staff": ("ada", lambda site: site.course + "moderation/?reason=reported"),
    "open post": ("bo", lambda site: open_post(site)),
    "answer once": ("bo", lambda site: open_post(site) + "same/"),
    "many posts": ("bo", lambda site: site.course + "moderation/bulk/?filter=&choice=hide&reason=Spam"),
    "health": ("bo", lambda site: site.course + "moderation/health/"),
    "targets": ("ada", lambda site: site.course + "moderation/health/targets/"),
    "rules": ("ada", lambda site: site.course + "moderation/rules/"),
    "replies": ("bo", lambda site: site.course + "moderation/replies/"),
    "log": ("bo", lambda site: site.course + "moderation/log/"),
    "appeals": ("bo", lambda site: site.course + "moderation/appeals/"),
    "phone": ("bo", lambda site: site.course + "moderation/phone/"),
    "at risk": ("ada", lambda site: site.course + "learners/risk/"),
    "how far to believe it": ("ada", lambda site: site.course + "learners/risk/model/"),
    "what dropping out means": ("ada", lambda site: site.course + "learners/risk/settings/"),
    "discussion": ("chen", lambda site: f"{site.url}/courses/{site.facts['course_key']}/discussion/"),
    "no right": ("dara", lambda site: site.course + "growth/"),
}


def open_post(site: Site) -> str:
    """A post of the queue, written for the purpose the first time it is asked for."""
    ref = queued_posts(site)[0]
    return f"{site.course}moderation/item/{ref['kind']}/{ref['id']}/"


def every_column() -> str:
    """The list with all that it can show."""
    from community_dashboard.engagement.learners.columns import COLUMNS

    return "".join(f"&columns={key}" for key in COLUMNS)


def address_of(name: str, site: Site) -> str:
    return PAGES[name][1](site)


def reader_of(name: str) -> str | None:
    return PAGES[name][0]
