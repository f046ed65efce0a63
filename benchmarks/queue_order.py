"""`python -m benchmarks.queue_order`: whether the queue's score puts first what deserves a moderator.

NDCG@20 on the labelled posts of `moderation_posts`, for the queue's score, for newest first and for most reports first (equals:
newest first). Over all posts of a set, where what has no reason to stand in the queue comes last, and over those alone that
stand in the queue, where every way orders the same posts. With two kinds of ages: those written with the posts, where nearly all
that is grave is a few hours old, so that "newest first" knows the grade; and ages drawn without looking at the post, from an hour
to three days, the mean of fifty draws. Exit status 1 if the score is not the best with drawn ages.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from statistics import fmean

from benchmarks.moderation_posts import Post, read_posts
from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.queue.score import Facts, rank
from community_dashboard.moderation.shield.judging import Facts as Seen
from community_dashboard.moderation.shield.judging import judge as judge_spam
from community_dashboard.moderation.shield.rules import Rules
from community_dashboard.moderation.urgency.judging import judge, judge_error
from community_dashboard.moderation.urgency.weighing import course_error_finding, urgent_finding

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
AT = 20
DRAWS = 50
TARGET = timedelta(hours=24)  # for an answer
POSTS_OF = {"new": 1, "known": 12, "helper": 60}  # of the author in the course
Order = Callable[[Sequence[Post]], list[Post]]


def main() -> int:
    """Measures, prints, and returns the exit status."""
    orders: dict[str, Order] = {"the queue's score": by_score, "newest first": newest, "most reports first": by_reports}
    print("| set | ages | posts | " + " | ".join(orders) + " |\n|---|---|---|" + "---|" * len(orders))
    best = True
    for name in "ab":
        written = read_posts(name)
        drawn = [aged(written, Random(seed)) for seed in range(DRAWS)]
        for ages, worlds in (("written", [written]), ("drawn", drawn)):
            for which, narrow in (("all", list), ("in the queue", in_queue)):
                values = [fmean(ndcg(order(narrow(posts))) for posts in worlds) for order in orders.values()]
                best &= ages == "written" or values[0] == max(values)
                print(f"| {name.upper()} | {ages} | {which} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    print("\n" + ("With drawn ages the score is the best." if best else "With drawn ages the score is not the best."))
    return 0 if best else 1


def aged(posts: Sequence[Post], random: Random) -> list[Post]:
    """The same posts with ages that know nothing of them."""
    return [replace(post, hours=random.randint(1, 72)) for post in posts]


def in_queue(posts: Sequence[Post]) -> list[Post]:
    """Those for which something was found."""
    return [post for post in posts if facts_of(post).findings]


def by_score(posts: Sequence[Post]) -> list[Post]:
    """What stands in the queue as it orders it, then the rest as it came."""
    named = {post.number: post for post in posts}
    cases = {post.number: (facts_of(post), NOW - timedelta(hours=post.hours)) for post in posts}
    queued = rank({number: case for number, case in cases.items() if case[0].findings})
    return [named[number] for number in queued] + [post for post in newest(posts) if post.number not in set(queued)]


def newest(posts: Sequence[Post]) -> list[Post]:
    """As a forum shows them."""
    return sorted(posts, key=lambda post: (post.hours, post.number))


def by_reports(posts: Sequence[Post]) -> list[Post]:
    """As a list of flagged posts shows them."""
    return sorted(newest(posts), key=lambda post: -post.reports)


def facts_of(post: Post) -> Facts:
    """What the sources find of a post, and what is known besides."""
    since = NOW - timedelta(hours=post.hours)
    findings = list(findings_of(post, since))
    return Facts(tuple(findings), reports=post.reports, author_posts=POSTS_OF[post.author], answers=post.answers)


def findings_of(post: Post, since: datetime) -> list[Finding]:
    """The findings of every source that needs no table."""
    found = list(_of_text(post.title, post.body, post.author == "new"))
    found += [Finding(Reason.REPORTED, "reports", 0.0, since)] if post.reports else []
    found += [Finding(Reason.FIRST_POST, "first_post", 5.0, since)] if post.author == "new" else []
    waits = "?" in post.title + post.body and not post.answers and NOW - since > TARGET
    found += [Finding(Reason.UNANSWERED, "late", 30.0, since)] if waits else []
    return found


@cache
def _of_text(title: str, body: str, is_new: bool) -> tuple[Finding, ...]:
    joined_at = NOW if is_new else NOW - timedelta(days=60)
    spam = judge_spam(Seen(title, body, NOW, "somebody", joined_at=joined_at, has_lasted=not is_new), Rules())
    urgency, error = judge(title, body), judge_error(title, body)
    found = list(spam.findings)
    found += [urgent_finding(urgency, NOW)] if urgency.is_urgent else []
    found += [course_error_finding(error, NOW)] if error.is_urgent else []
    return tuple(found)


def ndcg(posts: Sequence[Post]) -> float:
    """The gain of the first twenty over that of the best order; 1 is the best. A grade of 3 is worth 7, 2 is 3, 1 is 1."""
    best = sorted(posts, key=lambda post: -post.grade)
    return _gain(posts) / _gain(best)


def _gain(posts: Sequence[Post]) -> float:
    return math.fsum((2**post.grade - 1) / math.log2(place + 2) for place, post in enumerate(posts[:AT]))


if __name__ == "__main__":
    sys.exit(main())
