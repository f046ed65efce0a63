"""A piece of the benchmark's world, post by post in the tables: the site sees the very signs that the benchmark sees."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from benchmarks.shield import replay
from benchmarks.shield_world.records import World
from benchmarks.shield_world.world import draw_world
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.shield.actions import remember
from community_dashboard.moderation.shield.judging import judge, look
from community_dashboard.moderation.shield.queries import facts_of
from community_dashboard.moderation.shield.rules import Rules
from demo.campus import actions as campus
from demo.campus.models import Profile
from referral_xblock.api import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POSTS = 100


@pytest.mark.parametrize("which", ["a", "b"])
def test_the_site_sees_what_the_benchmark_sees(which, course_key):
    world = _piece(which)
    rows = {}
    users = _accounts(world, course_key)
    seen = {post.id: verdict for post, _first, verdict, _seconds in replay(world, Rules())}
    assert 40 < sum(verdict.hold for verdict in seen.values()) < len(seen) - 4
    for post in world.posts:
        kind = PostKind.THREAD if post.starts_thread else PostKind.COMMENT
        row = rows[post.id] = ForumPost.objects.create(
            course_key=course_key,
            kind=kind.value,
            post_id=str(post.id),
            thread_id=str(post.thread_id),
            author=users[post.author.id],
            title=post.title,
            created_at=post.posted_at,
            changed_at=post.posted_at,
            by_staff=post.author.team,
        )
        if post.author.team:
            continue
        now = post.posted_at + timedelta(seconds=1)
        [known] = facts_of(course_key, [row], {PostRef(kind, row.post_id): post.body}, Rules(), now)
        verdict = judge(known.facts, Rules())
        assert (verdict.signs, verdict.hold) == (seen[post.id].signs, seen[post.id].hold), post
        remember(seen=[(known, look(known.facts), verdict)], now=now)
        if verdict.hold:
            ForumPost.objects.filter(pk=row.pk).update(masked=True)


def _piece(which: str) -> World:
    """The first posts from three quarters of an hour before the attack on, as a world of their own."""
    world = draw_world(which, 99)
    begin = next(post.posted_at for post in world.posts if post.attack) - timedelta(minutes=45)
    later = [post for post in world.posts if post.posted_at >= begin]
    there = {post.id for post in later if post.starts_thread}
    team = [post for post in world.posts if post.author.team]
    chosen = [post for post in later if post.thread_id in there | {post.id for post in team}][:POSTS]
    first_of: dict[str, int] = {}
    for post in [*team, *chosen]:
        first_of.setdefault(post.author.username, post.author.id)
    chosen = [post for post in chosen if first_of[post.author.username] == post.author.id]
    return World(world.course, [*team, *chosen], world.team)


def _accounts(world: World, course_key) -> dict:
    """Accounts of the site; in the made-up world some share a username, of which `_piece` keeps one."""
    users = {}
    everybody = {account.id: account for account in [*world.team, *(post.author for post in world.posts)]}
    for account in everybody.values():
        users[account.id] = get_user_model().objects.create(
            username=account.username, email=f"{account.id}@example.org", date_joined=account.joined_at
        )
        Profile.objects.create(user=users[account.id], name=account.name)
        if account.team:
            campus.give_role(user=users[account.id], course_key=course_key, role=Role.FORUM_MODERATOR)
    return users
