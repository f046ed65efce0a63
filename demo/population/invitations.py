"""The part of the story that is the packages' own: showings, shares, links, clicks, and what the ledger heard of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from demo.population.ground import Ground
from demo.population.story import Binding, Learner, Share, Story, Visit
from referral_xblock import api
from referral_xblock.api import EventKind, NewEvent

Say = Callable[[str], None]


def load_invitations(story: Story, *, users: dict[int, Any], ground: Ground, seed: int, progress: Say) -> None:
    """Writes everything but the journeys. Accounts, enrolments and completed blocks must be there already."""
    random = Random(f"{seed}/rows")
    course_key, prompts = ground.course_key, ground.prompts
    api.record_showings(
        course_key=course_key,
        showings=[
            api.NewShowing(user_id, prompts[showing.prompt], ground.holds_out(user_id), showing.at)
            for showing in story.showings
            for user_id in [users[showing.learner].id]
        ],
    )
    api.record_shares(
        course_key=course_key,
        shares=[
            api.NewShare(users[share.learner].id, prompts[share.prompt], share.channel, share.at)
            for share in story.shares
        ],
    )
    links = api.ensure_links_for_many(
        course_key=course_key, wanted=_wanted_links(story, users, prompts), choose=random.choice
    )
    progress(f"  {len(story.showings):,} showings, {len(story.shares):,} shares, {len(links):,} links")

    def link_of(share: Share) -> Any:
        return links[(users[share.learner].id, prompts[share.prompt], share.channel)]

    click_ids = api.record_clicks(
        course_key=course_key,
        visits=[
            api.Visit(
                link_id=link_of(visit.share).id,
                visitor=visitor_of(visit, seed=seed),
                created_at=visit.at,
                machine=visit.machine,
                confirmed_by=visit.confirmed_by,
                same_browser=visit.same_browser,
            )
            for visit in story.visits
        ],
    )
    progress(f"  {len(click_ids):,} clicks")
    api.note_events(events=_what_everybody_did(story, users, course_key, random))
    touches = []
    for binding in story.bindings:
        tells = _believed(binding)
        if binding.way == "code":
            code = link_of(story.visits[binding.visits[0]].share).code
            typed = api.find_link(code, now=binding.bound_at)
            touches.append(api.NewTouch(users[binding.learner], binding.bound_at, tells, typed=typed))
        else:
            touches += [
                api.NewTouch(users[binding.learner], binding.bound_at, tells, click_id=click_ids[visit])
                for visit in binding.visits
            ]
    api.bind_touches(course_key=course_key, touches=touches)
    api.note_events(events=_what_the_invited_did(story, users, ground, random))
    progress(f"  {len({binding.learner for binding in story.bindings}):,} people came by an invitation")


def visitor_of(visit: Visit, *, seed: int) -> str:
    """What stands for this browser on this day, hashed as that of a real visitor; no address is made up for it."""
    return api.visitor_hash(address="crowd", user_agent=str(visit.browser), now=visit.at, secret=f"crowd {seed}")


def _believed(binding: Binding) -> api.Telling:
    """What of the person's choice counts: an address on the way back, without the cookie, shows the day at most."""
    tells = api.Telling(binding.tells)
    return api.Telling.DAY if binding.way == "back" and tells is api.Telling.STAGES else tells


def _wanted_links(story: Story, users: dict[int, Any], prompts: tuple[str, ...]) -> Iterator[api.WantedLink]:
    """The link to copy, which everybody has who sees a panel, and one for each channel by which somebody shares."""
    for showing in story.showings:
        yield api.WantedLink(users[showing.learner].id, prompts[showing.prompt], "copy", showing.at)
    for share in story.shares:
        yield api.WantedLink(users[share.learner].id, prompts[share.prompt], share.channel, share.at)


def _number(random: Random) -> str:
    """A number such as the platform gives its events."""
    return str(UUID(int=random.getrandbits(128), version=4))


def _what_everybody_did(
    story: Story, users: dict[int, Any], course_key: Any, random: Random
) -> Iterator[NewEvent]:  # fmt: skip
    """Registrations and enrolments: the ledger hears of everybody's. Coming back is no second enrolment."""
    for learner in story.learners:
        user_id = users[learner.number].id
        yield NewEvent(user_id, EventKind.REGISTERED, learner.registered_at, event_id=_number(random))
        if learner.enrolled_at:
            yield NewEvent(user_id, EventKind.ENROLLED, learner.enrolled_at, course_key, learner.by_team)


def _what_the_invited_did(
    story: Story, users: dict[int, Any], ground: Ground, random: Random
) -> Iterator[NewEvent]:  # fmt: skip
    """What the ledger hears only of people who came by an invitation, from the moment since when that is known."""
    known_since: dict[int, Binding] = {}
    for binding in story.bindings:
        known_since.setdefault(binding.learner, binding)
    per_cent = api.policy_of(ground.course_key).completion_share
    for number, binding in known_since.items():
        learner, user_id, since = story.learner(number), users[number].id, binding.bound_at
        studies = learner.studies
        moments = [
            (EventKind.PRESENT, learner.enrolled_at),
            (EventKind.UNENROLLED, studies.left_at),
            (EventKind.PRESENT, studies.came_back_at),
            (EventKind.COMPLETED, studies.passed_at),
            (EventKind.LAPSED, studies.lapsed_at),
        ]
        has_passed = False
        for kind, moment in moments:
            # What binds after the enrolment was told comes too late for that moment; the cookie comes along with it.
            in_time = moment != learner.enrolled_at or binding.way == "cookie"
            if moment and (moment > since or (moment == since and in_time)):
                if kind is EventKind.LAPSED and not has_passed:
                    continue  # not to pass before one was known to have passed is no change
                has_passed |= kind is EventKind.COMPLETED
                number_of_event = f"{kind.value}:{_number(random)}"
                yield NewEvent(user_id, kind, moment, ground.course_key, event_id=number_of_event)
        enough = None if ground.shape.graded else _enough(learner, since, ground.shape.blocks, per_cent)
        if enough:
            yield NewEvent(user_id, EventKind.COMPLETED, enough, ground.course_key)


def _enough(learner: Learner, since: datetime, blocks: int, per_cent: int) -> datetime | None:
    """When so much of an ungraded course was completed that it counts, or since when the person is known if that was later."""
    for number, moment in enumerate(learner.studies.completed, start=1):
        if number / blocks * 100 >= per_cent:
            return max(moment, since)
    return None
