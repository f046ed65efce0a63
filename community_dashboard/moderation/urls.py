"""Gathers the addresses of moderation's folders, below …/courses/<course_key>/moderation/."""

from community_dashboard.moderation.answers import urls as answers
from community_dashboard.moderation.appeals import urls as appeals
from community_dashboard.moderation.bulk import urls as bulk
from community_dashboard.moderation.decisions import urls as decisions
from community_dashboard.moderation.digest import urls as digest
from community_dashboard.moderation.health import urls as health
from community_dashboard.moderation.intake import urls as intake
from community_dashboard.moderation.log import urls as log
from community_dashboard.moderation.phone import urls as phone
from community_dashboard.moderation.queue import urls as queue
from community_dashboard.moderation.replies import urls as replies
from community_dashboard.moderation.shield import urls as shield

pages = [
    *answers.pages,
    *intake.pages,
    *health.pages,
    *phone.pages,
    *queue.pages,
    *decisions.pages,
    *bulk.pages,
    *log.pages,
    *replies.pages,
    *shield.pages,
    *appeals.pages,
]
api = [*queue.api, *decisions.api]
# A person's own pages, below /community/ itself.
own = [*appeals.own, *digest.site]
