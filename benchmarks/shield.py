"""`make benchmark-shield`: what the usual rules hold of attacks and of honest posts, where they were tuned and elsewhere.

Prints Markdown: a line per kind of post with what became of it, precision and recall of holding, honest first posts held, and the
time per post. Exit status 1 if a goal is missed on the attack that was reported.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import thread_time

from benchmarks.shield_world import SEEDS, SETS, UNSEEN
from benchmarks.shield_world.records import Post, World
from benchmarks.shield_world.world import draw_world
from community_dashboard.moderation.shield.judging import Facts, Verdict, judge
from community_dashboard.moderation.shield.rules import Rules
from community_dashboard.moderation.shield.sameness import mark_of

HELD = 0.95  # of the attack's posts, at least
GENUINE_HELD = 0.01  # of honest first posts, at most
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Tally:
    """The posts of one kind."""

    attack: bool
    posts: int = 0
    held: int = 0
    shown: int = 0  # not held, but put before the moderators
    signs: Counter = field(default_factory=Counter)


@dataclass
class Result:
    """All kinds in some worlds."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    first: int = 0  # honest first posts
    first_held: int = 0
    first_shown: int = 0
    seconds: list[float] = field(default_factory=list)

    def of(self, *, attack: bool) -> tuple[int, int]:
        """Posts, and held ones, of the attack or of honest people."""
        chosen = [one for one in self.kinds.values() if one.attack is attack]
        return sum(one.posts for one in chosen), sum(one.held for one in chosen)

    @property
    def recall(self) -> float:
        """The share of the attack that is held."""
        posts, held = self.of(attack=True)
        return held / posts

    @property
    def precision(self) -> float:
        """The share of the attack among what is held."""
        return self.of(attack=True)[1] / max(self.of(attack=True)[1] + self.of(attack=False)[1], 1)

    @property
    def genuine_held(self) -> float:
        """The share of honest first posts that are held."""
        return self.first_held / self.first


class History:
    """What a course's forum has seen, as the site counts it when a post comes."""

    def __init__(self) -> None:
        self.of_author: dict[int, deque[datetime]] = defaultdict(deque)
        self.first_standing: dict[int, datetime] = {}
        self.threads: dict[int, Post] = {}
        self.marks: dict[str, deque[tuple[datetime, int]]] = defaultdict(deque)
        self.held: deque[datetime] = deque()

    def facts(self, post: Post, mark: str, world: World) -> Facts:
        """What is known of this post when it comes."""
        now = post.posted_at
        mine = self.of_author[post.author.id]
        while mine and now - mine[0] > AN_HOUR:
            mine.popleft()
        while self.held and now - self.held[0] > AN_HOUR:
            self.held.popleft()
        same = {thread for at, thread in self.marks[mark] if now - at <= A_DAY} - {post.thread_id} if mark else set()
        began = self.threads.get(post.thread_id)
        standing = self.first_standing.get(post.author.id)
        return Facts(
            title=post.title,
            body=post.body,
            posted_at=now,
            username=post.author.username,
            name=post.author.name,
            joined_at=post.author.joined_at,
            has_lasted=standing is not None and now - standing > A_DAY,
            posts_in_hour=len(mine),
            same_text=len(same),
            held_in_hour=len(self.held),
            after_thread=now - began.posted_at if began and began.author.id != post.author.id else None,
            team=tuple((one.username, one.name) for one in world.team),
        )

    def remember(self, post: Post, mark: str, verdict: Verdict) -> None:
        """The post with what became of it."""
        self.of_author[post.author.id].append(post.posted_at)
        if post.starts_thread:
            self.threads[post.id] = post
        self.marks[mark].append((post.posted_at, post.thread_id))
        if verdict.hold:
            self.held.append(post.posted_at)
        else:
            self.first_standing.setdefault(post.author.id, post.posted_at)


def main() -> int:
    """Measures, prints, and returns the exit status."""
    missed: list[str] = []
    for which in SETS:
        result = measure(which, SEEDS[which])
        name = "unseen" if which == UNSEEN else "tuned on"
        print(
            f"\n## Set {which}, {name} (seeds {', '.join(map(str, SEEDS[which]))})\n\n{table(result)}\n\n{summary(result)}",
            flush=True,
        )
        missed += [f"Set {which}: {one}" for one in missed_goals(result)]
    print("\n" + ("\n".join(missed) if missed else "Every goal is met on both sets."))
    return 1 if missed else 0


def measure(which: str, seeds: Iterable[int], rules: Rules | None = None) -> Result:
    """What these rules, the usual ones by default, do in the worlds of a set."""
    result = Result()
    for seed in seeds:
        for post, first, verdict, seconds in replay(draw_world(which, seed), rules or Rules()):
            tally = result.kinds.setdefault(post.label, Tally(post.attack))
            shown = not verdict.hold and bool(verdict.findings)
            tally.posts += 1
            tally.held += verdict.hold
            tally.shown += shown
            tally.signs.update(sign.value for sign in verdict.signs)
            result.seconds.append(seconds)
            if first and not post.attack:
                result.first += 1
                result.first_held += verdict.hold
                result.first_shown += shown
    return result


def replay(world: World, rules: Rules) -> Iterable[tuple[Post, bool, Verdict, float]]:
    """Every post of a world, but the team's, in its order: whether it is its author's first, what is made of it, seconds."""
    history, first = History(), world.first_posts()
    for post in world.posts:
        begun = thread_time()
        mark = mark_of(post.title, post.body)
        marked = thread_time()
        facts = history.facts(post, mark, world)  # asks tables on a site, so its time here says nothing
        ready = thread_time()
        verdict = Verdict(False, 0) if post.author.team else judge(facts, rules)
        seconds = thread_time() - ready + marked - begun
        history.remember(post, mark, verdict)
        if not post.author.team:
            yield post, post.id in first, verdict, seconds


def table(result: Result) -> str:
    """One line per kind: what became of its posts, and the signs that were seen on them."""
    lines = ["| | posts | held | shown only | share held | signs, share of posts |", "|---|---|---|---|---|---|"]
    for kind, one in sorted(result.kinds.items(), key=lambda item: (item[1].attack, item[0])):
        signs = ", ".join(f"{sign} {times / one.posts:.0%}" for sign, times in one.signs.most_common(5))
        name = f"attack: {kind}" if one.attack else kind
        lines.append(
            f"| {name} | {one.posts:,} | {one.held:,} | {one.shown:,} | {one.held / one.posts:.1%} | {signs} |"
        )
    return "\n".join(lines)


def summary(result: Result) -> str:
    """The figures that the goals are about."""
    seconds = sorted(1000 * one for one in result.seconds)
    usual, slow = seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100]
    return (
        f"Of the attack held (recall): {result.recall:.1%} (goal {HELD:.0%}). "
        f"Honest first posts held: {result.first_held} of {result.first:,}, {result.genuine_held:.2%} "
        f"(goal {GENUINE_HELD:.0%} at most); "
        f"shown to moderators without being held: {result.first_shown / result.first:.1%}. "
        f"Of all that is held, attack (precision): {result.precision:.1%}. "
        f"Judging takes {usual:.2f} ms a post (median), {slow:.2f} ms (99th percentile)."
    )


def missed_goals(result: Result) -> list[str]:
    """What is not reached, in words."""
    missed = []
    if result.recall < HELD:
        missed.append(f"only {result.recall:.1%} of the attack is held.")
    if result.genuine_held > GENUINE_HELD:
        missed.append(f"{result.genuine_held:.2%} of the honest first posts are held.")
    return missed


if __name__ == "__main__":
    sys.exit(main())
