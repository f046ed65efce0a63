"""Plays a story act by act through the single actions and the platform's own events, at the moments of the story.

Nothing of the batches is used here: what comes out is what the product makes of the same life when it watches it happen.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import crum
import time_machine
from completion.models import BlockCompletion
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from openedx_events.learning.data import CourseData, CoursePassingStatusData, UserData, UserPersonalData
from openedx_events.learning.signals import COURSE_PASSING_STATUS_UPDATED

from demo.campus import actions as campus
from demo.population.crowd import username_of
from demo.population.ground import Ground
from demo.population.invitations import visitor_of
from demo.population.story import Binding, Learner, Story
from referral_xblock.data import Telling
from referral_xblock.journey.actions import type_code
from referral_xblock.journey.binding import bind_state
from referral_xblock.links import tokens
from referral_xblock.links.actions import confirm_person, ensure_links, record_click
from referral_xblock.links.queries import find_link
from referral_xblock.sharing.actions import record_share, record_showing
from tests.referral_xblock.visits import NAVIGATION


class Replay:
    """One performance. `play` leaves the tables as the product makes them."""

    def __init__(self, story: Story, *, ground: Ground, seed: int, staff: Any) -> None:
        self.story, self.ground, self.seed, self.staff = story, ground, seed, staff
        self.users: dict[int, Any] = {}
        self.clicks: dict[int, int] = {}
        self.cookies: dict[int, str] = {}  # by browser
        self.bindings: dict[int, list[Binding]] = defaultdict(list)
        for binding in story.bindings:
            self.bindings[binding.learner].append(binding)

    def play(self) -> None:
        for at, _rank, _order, act, facts in sorted(self._acts(), key=lambda act: act[:3]):
            with time_machine.travel(at, tick=False):
                act(at, *facts)

    def _acts(self):
        plan: list[tuple[datetime, int, int, Any, tuple[Any, ...]]] = []

        def add(rank: int, at: datetime | None, act: Any, *facts: Any) -> None:
            if at is not None:
                plan.append((at, rank, len(plan), act, facts))

        for learner in self.story.learners:
            studies = learner.studies
            add(2, learner.registered_at, self.register, learner)
            add(3, learner.enrolled_at, self.enrol, learner)
            for block, at in zip(self.ground.blocks, studies.completed, strict=False):
                add(4, at, self.complete, learner, block)
            add(5, studies.passed_at, self.grade, learner, True)
            add(5, studies.lapsed_at, self.grade, learner, False)
            add(6, studies.left_at, self.leave, learner)
            add(7, studies.came_back_at, self.come_back, learner)
        for showing in self.story.showings:
            add(4, showing.at, self.show, showing)
        for share in self.story.shares:
            add(4, share.at, self.share, share)
        for number, visit in enumerate(self.story.visits):
            add(8, visit.at, self.visit, number, visit)
        for binding in self.story.bindings:
            visit = self.story.visits[binding.visits[-1]]
            if binding.way == "back":
                add(9, binding.bound_at, self.go_back, binding, visit)
            elif binding.way == "code":
                add(9, binding.bound_at, self.type_code, binding, visit)
        for number, visit in enumerate(self.story.visits):
            tells = next((one.tells for one in self.story.bindings if one.visits[-1] == number), "day")
            add(8, visit.joined_at, self.join, number, visit, tells)
        return plan

    # What the learners do

    def register(self, at: datetime, learner: Learner) -> None:
        with self.request(self.cookie_of(learner, at)) as request:
            self.users[learner.number] = campus.register(
                request=request,
                username=username_of(learner),
                email=f"{username_of(learner)}@{learner.persona.email_host}",
                name=learner.persona.name,
                password=None,
                provider="school",
                now=at,
            )

    def enrol(self, at: datetime, learner: Learner) -> None:
        user = self.users[learner.number]
        by = self.staff if learner.by_team else user
        with self.request("" if learner.by_team else self.cookie_of(learner, at), user=by):
            campus.enrol(user=user, course_key=self.ground.course_key, mode=learner.mode, by=by, now=at)

    def come_back(self, at: datetime, learner: Learner) -> None:
        user = self.users[learner.number]
        with self.request("", user=user):
            campus.enrol(user=user, course_key=self.ground.course_key, mode=learner.mode, by=user, now=at)

    def leave(self, at: datetime, learner: Learner) -> None:
        user = self.users[learner.number]
        campus.unenrol(user=user, course_key=self.ground.course_key, by=user, now=at)

    def complete(self, _at: datetime, learner: Learner, block: Any) -> None:
        BlockCompletion.objects.submit_completion(user=self.users[learner.number], block_key=block, completion=1.0)

    def grade(self, at: datetime, learner: Learner, passing: bool) -> None:
        user = self.users[learner.number]
        pii = UserPersonalData(username=user.username, email=user.email, name="")
        COURSE_PASSING_STATUS_UPDATED.send_event(
            time=at,
            course_passing_status=CoursePassingStatusData(
                is_passing=passing,
                user=UserData(id=user.id, is_active=True, pii=pii),
                course=CourseData(course_key=self.ground.course_key),
            ),
        )

    # What is shared, and who comes

    def links(self, number: int, prompt: int, channel: str, at: datetime) -> Any:
        place = {"placement": self.ground.prompts[prompt], "course_key": self.ground.course_key}
        return ensure_links(owner_id=self.users[number].id, channels=[channel], now=at, **place)[channel]

    def show(self, at: datetime, showing: Any) -> None:
        self.links(showing.learner, showing.prompt, "copy", at)
        user_id = self.users[showing.learner].id
        record_showing(
            user_id=user_id,
            course_key=self.ground.course_key,
            placement=self.ground.prompts[showing.prompt],
            in_holdout=self.ground.holds_out(user_id),
            now=at,
        )

    def share(self, at: datetime, share: Any) -> None:
        self.links(share.learner, share.prompt, share.channel, at)
        record_share(
            user_id=self.users[share.learner].id,
            course_key=self.ground.course_key,
            placement=self.ground.prompts[share.prompt],
            channel=share.channel,
            now=at,
        )

    def link_of(self, visit: Any) -> Any:
        return self.links(visit.share.learner, visit.share.prompt, visit.share.channel, visit.at)

    def visit(self, at: datetime, number: int, visit: Any) -> None:
        self.clicks[number] = record_click(
            link_id=self.link_of(visit).id,
            course_key=self.ground.course_key,
            visitor=visitor_of(visit, seed=self.seed),
            machine=visit.machine,
            now=at,
        )
        if visit.confirmed_by == "beacon":
            confirm_person(click_id=self.clicks[number], by="beacon")

    def join(self, _at: datetime, number: int, visit: Any, tells: str) -> None:
        confirm_person(click_id=self.clicks[number], by="join", same_browser=visit.same_browser)
        self.cookies[visit.browser] = tokens.remember(
            self.cookies.get(visit.browser),
            course_key=str(self.ground.course_key),
            click_id=self.clicks[number],
            tells=Telling(tells),
            window_days=30,
        )

    def go_back(self, at: datetime, binding: Binding, visit: Any) -> None:
        with self.request("", user=self.users[binding.learner]) as request:
            request.GET = {
                "s": tokens.state(click_id=self.clicks[binding.visits[-1]], tells=Telling(binding.tells))
            }  # fmt: skip
            assert bind_state(request=request, link=find_link(self.link_of(visit).code, now=at), now=at) == 1

    def type_code(self, at: datetime, binding: Binding, visit: Any) -> None:
        link = find_link(self.link_of(visit).code.upper(), now=at)
        type_code(user=self.users[binding.learner], link=link, tells=Telling(binding.tells), now=at)

    # The browser

    def cookie_of(self, learner: Learner, at: datetime) -> str:
        """What the learner's browser sends now: the cookie of the visits that brought the account, if it was not lost."""
        for binding in self.bindings[learner.number]:
            if binding.way == "cookie" and binding.bound_at <= at:
                return self.cookies[self.story.visits[binding.visits[-1]].browser]
        return ""

    @staticmethod
    def request(cookie: str, *, user: Any = None) -> Any:
        request = HttpRequest()
        request.method = "GET"
        request.META = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in NAVIGATION.items()}
        request.session = SessionStore()
        request.user = user or AnonymousUser()
        request.COOKIES = {tokens.COOKIE_NAME: cookie} if cookie else {}
        return _Current(request)


class _Current:
    """The request in which the platform's code runs, as the middleware of the LMS keeps it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __enter__(self) -> HttpRequest:
        crum.set_current_request(self.request)
        return self.request

    def __exit__(self, *_error: object) -> None:
        crum.set_current_request(None)
