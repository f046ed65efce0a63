"""Draws the story of the crowd: the same for the same seed, count, moment, course and hold-out."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count as counting
from random import Random
from typing import Any, NamedTuple

from demo.population import inviting
from demo.population.personas import draw_persona
from demo.population.story import SPAN, Binding, CourseShape, Learner, Share, Showing, Story, Studies, Visit
from demo.population.studies import arrival, draw_group, draw_studies, draw_track, seconds

ATTEMPTS = 12
BYSTANDERS = 0.08  # at most so many accounts have nothing to do with the course
COOKIE_DAYS = 20  # well within the shortest window that makes sense here
# What chance leaves out of a small crowd: the first newcomer goes on to the end, the second joins on the inviter's device.
PARTS = KEEN, ON_ONE_DEVICE = "keen", "on one device"


class _Undecided(NamedTuple):
    """Joined, perhaps by several links one after the other, and did not register."""

    first_visit: int
    browser: int
    joined_at: datetime


def draw_story(
    count: int,
    *,
    seed: int,
    now: datetime,
    course: CourseShape,
    channels: tuple[str, ...],
    holds_out: Callable[[int], bool],
) -> Story:
    """A story of exactly `count` accounts, at least one, within the eight weeks before `now`.

    `channels` are those that are offered. `holds_out` says of a learner's number whether the person sees the panel without
    its prompt. How many come by invitation is an outcome; so the number of those who come by themselves is tried until both
    make nearly `count`, and until somebody who was invited has completed the course and somebody has joined on the
    inviter's device; the rest are accounts without a course.
    """
    now = now.replace(microsecond=0)
    alone, room = round(0.75 * count), int(BYSTANDERS * count)
    best, best_rank = Story(), (False, 0)
    for attempt in range(ATTEMPTS):
        telling = _Telling(Random(f"{seed}/{attempt}"), count, now, course, channels, holds_out)
        story = telling.tell(alone)
        reached = len(story.learners)
        # The fuller the better, but one that is complete too early leaves the last weeks without anybody new: it counts as 0.
        rank = (telling.has_everything(), reached % count)
        if rank >= best_rank:
            best, best_rank = story, rank
        if count - room <= reached < count and (rank[0] or not course.prompts):
            break
        alone = min(count, max(1, round(alone * (count - room / 2) / max(reached, 1) - (reached == count) * room)))
    random = Random(f"{seed}/bystanders")
    while len(best.learners) < count:
        number = len(best.learners) + 1
        best.learners.append(Learner(number, draw_persona(random), min(now, arrival(random, now=now))))
    return best


class _Telling:
    """One run through the eight weeks, act by act in the order of time."""

    def __init__(
        self,
        random: Random,
        count: int,
        now: datetime,
        course: CourseShape,
        channels: tuple[str, ...],
        holds_out: Callable[[int], bool],
    ) -> None:
        self.random, self.count, self.now = random, count, now
        self.course, self.channels, self.holds_out = course, channels, holds_out
        self.story = Story()
        self.browsers = counting(1)
        self.enrolled: list[int] = []
        self.undecided: list[_Undecided] = []
        self.played: dict[str, Learner] = {}
        self._order = counting()
        self._plans: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []

    def tell(self, alone: int) -> Story:
        for _person in range(alone):
            self._plan(arrival(self.random, now=self.now), self._arrive)
        while self._plans:
            at, _order, act, facts = heapq.heappop(self._plans)
            act(at, *facts)
        self.story.bindings.sort(key=lambda binding: binding.bound_at)
        return self.story

    def has_everything(self) -> bool:
        """Whether both parts were played, and the one who is keen has come to the end of the course."""
        studies = self.played[KEEN].studies if len(self.played) == 2 else Studies()
        return len(studies.completed) == self.course.blocks > 0 and bool(studies.passed_at) >= self.course.graded

    def _plan(self, at: datetime, act: Callable[..., None], *facts: Any) -> None:
        if at <= self.now:
            heapq.heappush(self._plans, (at, next(self._order), act, facts))

    def _arrive(self, at: datetime) -> None:
        self._enter(registered_at=at, enrolled_at=at + seconds(self.random, 180, 30))

    def _enter(
        self, *, registered_at: datetime, enrolled_at: datetime | None, friend: int = 0, by_team: bool = False,
        keen: bool = False,
    ) -> Learner | None:  # fmt: skip
        """A new account with everything it will do in the course; None when the crowd is complete."""
        if len(self.story.learners) >= self.count or registered_at > self.now:
            return None
        if enrolled_at is not None and enrolled_at > self.now:
            enrolled_at = None
        persona = draw_persona(self.random, friend=self.story.learner(friend).persona if friend else None)
        learner = Learner(len(self.story.learners) + 1, persona, registered_at)
        if enrolled_at:
            studies = draw_studies(self.random, self.course, enrolled_at=enrolled_at, now=self.now, keen=keen)
            track, group = draw_track(self.random, studies, self.course), draw_group(self.random)
            facts = {"enrolled_at": enrolled_at, "by_team": by_team, "studies": studies, "mode": track, "cohort": group}
            learner = replace(learner, **facts)
        self.story.learners.append(learner)
        if enrolled_at:
            self._plan(enrolled_at, self._settle, learner.number)
        for prompt, shown_at in learner.studies.shown:
            self._plan(shown_at, self._see, learner.number, prompt)
        return learner

    def _settle(self, _at: datetime, number: int) -> None:
        self.enrolled.append(number)

    def _is_in(self, number: int, at: datetime) -> bool:
        studies = self.story.learner(number).studies
        return studies.left_at is None or at < studies.left_at

    def _see(self, at: datetime, number: int, prompt: int) -> None:
        self.story.showings.append(Showing(number, prompt, at))
        held_out = self.holds_out(number)
        if self.random.random() < (inviting.SHARES_WITHOUT if held_out else inviting.SHARES_WITH_PROMPT):
            for channel in inviting.draw_channels(self.random, self.channels):
                self._plan(at + seconds(self.random, 40, 5), self._share, number, prompt, channel)

    def _share(self, at: datetime, number: int, prompt: int, channel: str) -> None:
        if not self._is_in(number, at):
            return
        share = Share(number, prompt, channel, at)
        self.story.shares.append(share)
        follow = inviting.draw_follow(self.random, channel)
        for reason in follow.machines:
            self._plan(at + seconds(self.random, 30), self._fetch, share, reason)
        for _person in range(follow.people):
            at_home = at + seconds(self.random, inviting.DELAY, 30)
            act = self._look if self.random.random() < inviting.LOOKS_FIRST else self._open
            self._plan(at_home, act, share, next(self.browsers))
        if self.random.random() < inviting.SHARES_ONCE_MORE:
            self._plan(at + seconds(self.random, 4 * 86400, 86400), self._share, number, prompt, channel)

    def _fetch(self, at: datetime, share: Share, reason: str) -> None:
        self.story.visits.append(Visit(share, next(self.browsers), at, machine=reason))

    def _look(self, at: datetime, share: Share, browser: int) -> None:
        """Opens the page and goes away; comes again some minutes later."""
        self._visit(at, share, browser)
        self._plan(at + seconds(self.random, 900, 20), self._open, share, browser)

    def _visit(self, at: datetime, share: Share, browser: int, **facts: Any) -> int:
        confirmed_by = "beacon" if self.random.random() < inviting.CONFIRMED else ""
        self.story.visits.append(Visit(share, browser, at, **({"confirmed_by": confirmed_by} | facts)))
        return len(self.story.visits) - 1

    def _open(self, at: datetime, share: Share, browser: int) -> None:
        """Opens the page, and reads it or joins."""
        earlier = self._comes_again(at)
        if earlier:
            self._join(at, share, earlier.browser, who="newcomer", earlier=earlier)
        elif self.random.random() < inviting.JOINS:
            self._join(at, share, browser, who=inviting.one_of(self.random, inviting.WHO_JOINS))
        else:
            self._visit(at, share, browser)

    def _comes_again(self, at: datetime) -> _Undecided | None:
        """One of the undecided who joined before, in the browser that still keeps the cookie; mostly it is nobody."""
        fresh = at - timedelta(days=COOKIE_DAYS)
        self.undecided = [one for one in self.undecided if one.joined_at > fresh]
        known = [one for one in self.undecided if one.joined_at < at]
        if not known or self.random.random() >= inviting.COMES_AGAIN:
            return None
        self.undecided.remove(again := self.random.choice(known))
        return again

    def _join(
        self, at: datetime, share: Share, browser: int, *, who: str, earlier: _Undecided | None = None
    ) -> None:  # fmt: skip
        random = self.random
        joined_at = at + seconds(random, 50, 3)
        if joined_at > self.now or (who == "inviter" and not self._is_in(share.learner, joined_at)):
            self._visit(at, share, browser)
            return
        registers = who == "newcomer" and random.random() < inviting.REGISTERS
        part = "" if earlier or not registers else next((one for one in PARTS if one not in self.played), "")
        machine = "prefetch" if random.random() < inviting.PREFETCHED else ""
        visit = self._visit(
            at,
            share,
            browser,
            machine=machine,
            confirmed_by="join" if machine or random.random() < 0.2 else "beacon",
            joined_at=joined_at,
            same_browser=who == "inviter"
            or (part == ON_ONE_DEVICE if part else random.random() < inviting.OWN_BROWSER),
        )
        tells = inviting.one_of(random, inviting.TELLS)
        if who in ("inviter", "enrolled"):
            self._come_back(share, visit, tells, joined_at, who)
        elif who == "account":
            self._enrol_an_account(share, visit, tells, joined_at)
        elif registers:
            self._register(share, visit, tells, joined_at, earlier, part)
        else:
            self.undecided.append(_Undecided(earlier.first_visit if earlier else visit, browser, joined_at))

    def _bind(self, learner: int, visits: tuple[int, ...], way: str, tells: str, at: datetime) -> None:
        if at <= self.now:
            self.story.bindings.append(Binding(learner, visits, way, tells, at))

    def _come_back(self, share: Share, visit: int, tells: str, joined_at: datetime, who: str) -> None:
        """Somebody joins who is in the course already: the inviter, or another learner."""
        others = [number for number in self.enrolled if number != share.learner and self._is_in(number, joined_at)]
        if who == "inviter":
            self._bind(share.learner, (visit,), "back", tells, joined_at + timedelta(seconds=2))
        elif others:
            self._bind(self.random.choice(others), (visit,), "back", tells, joined_at + timedelta(seconds=2))

    def _enrol_an_account(self, share: Share, visit: int, tells: str, joined_at: datetime) -> None:
        """Somebody enrols who registered long before, for another reason."""
        start = self.now - SPAN
        registered_at = start + timedelta(seconds=int(self.random.random() * (joined_at - start).total_seconds()))
        enrolled_at = joined_at + seconds(self.random, 60, 5)
        learner = self._enter(registered_at=registered_at, enrolled_at=enrolled_at, friend=share.learner)
        if learner and learner.enrolled_at:
            way = "cookie" if self.random.random() < 0.8 else "back"
            bound_at = enrolled_at if way == "cookie" else enrolled_at + timedelta(seconds=2)
            self._bind(learner.number, (visit,), way, tells, bound_at)

    def _register(
        self, share: Share, visit: int, tells: str, joined_at: datetime, earlier: _Undecided | None, part: str
    ) -> None:  # fmt: skip
        """A newcomer registers, and mostly enrols at once; who has a part does so with the cookie."""
        random = self.random
        registered_at = joined_at + seconds(random, 150, 40)
        enrols = "at once" if part else inviting.one_of(random, inviting.ENROLS)
        waits = {"at once": seconds(random, 240, 15), "later": seconds(random, 12 * 86400, 3600)}
        waits |= {"by team": seconds(random, 86400, 3600), "never": SPAN}
        learner = self._enter(
            registered_at=registered_at,
            enrolled_at=registered_at + waits[enrols],
            friend=share.learner,
            by_team=enrols == "by team",
            keen=part == KEEN,
        )
        if learner is None:
            return
        if part and learner.enrolled_at:
            self.played[part] = learner
        way = inviting.one_of(random, inviting.WAYS) if enrols == "at once" and not part else "cookie"
        visits = (visit,) if earlier is None or way != "cookie" else (earlier.first_visit, visit)
        if way == "cookie":
            self._bind(learner.number, visits, way, tells, registered_at)
        elif learner.enrolled_at:
            later = timedelta(seconds=2) if way == "back" else seconds(random, 86400, 600)
            self._bind(learner.number, visits, way, tells, learner.enrolled_at + later)
