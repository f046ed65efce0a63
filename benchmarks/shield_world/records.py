"""What a world is made of: accounts and their posts. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Account:
    """Somebody who writes. `team`: of the course's staff or with a forum role."""

    id: int
    username: str
    name: str
    joined_at: datetime
    team: bool = False


@dataclass(frozen=True)
class Post:
    """A thread (no `thread_id` of another) or an answer in one. `label` says which kind of honest post or of attack it is."""

    id: int
    author: Account
    posted_at: datetime
    title: str  # "" in an answer
    body: str
    label: str
    attack: bool
    thread_id: int  # the post that began the thread; its own id if it did

    @property
    def starts_thread(self) -> bool:
        """Whether it began a thread."""
        return self.thread_id == self.id


@dataclass
class World:
    """A few days of a forum, posts in the order of their time."""

    course: str
    posts: list[Post] = field(default_factory=list)
    team: list[Account] = field(default_factory=list)

    def first_posts(self) -> set[int]:
        """Ids of the posts that were their author's first."""
        seen: set[int] = set()
        first = set()
        for post in self.posts:
            if post.author.id not in seen:
                first.add(post.id)
            seen.add(post.author.id)
        return first
