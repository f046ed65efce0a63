"""An hour of a course's first week in the forum of a running demo: written in a process of its own, as learners write it.

`python -m tests.browser.storm` writes fifty questions, twelve of them the same in other words, nine offers of a new account, and
reports; makes ada a second moderator; and prints which posts are which. `… over` takes ada's role again.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from tests.browser.aside import run

SAME = (
    "Where do I upload the count sheet?",
    "Where can I upload my count sheet?",
    "Upload of the count sheet: where?",
    "Where is the upload for the count sheet?",
    "I cannot find where to upload the count sheet",
    "Where should we upload the count sheet?",
    "Count sheet, where do I upload it?",
    "Please, where to upload the count sheet?",
    "Where does one upload the count sheet?",
    "Where do we upload our count sheet?",
    "Finished. Where to upload the count sheet now?",
    "Where exactly do I upload the count sheet?",
)
SUBJECTS = (
    "the queen", "leafcutter bees", "my balcony", "the drone", "wild roses", "a mason bee", "the second video", "hoverflies",
    "clover", "ivy in autumn", "the school garden", "pollen baskets", "a wet spring", "the glossary", "nests in sand",
    "carpenter bees", "the map", "night moths", "bee hotels",
)  # fmt: skip
ASKED = ("What does the text mean about {}?", "Can anybody explain {} to me?")
OFFERS = tuple(f"Diploma on demand, number {number}" for number in range(9))
OFFER = "Verified diplomas, no exam, pay after delivery. Write on WhatsApp: https://bit.ly/cert-{}"


def blow(site: Any) -> dict[str, list[dict[str, str]]]:
    """The storm: {"same", "questions", "offers", "reported"}, each a list of {"kind", "id", "title"}."""
    return json.loads(run("tests.browser.storm", "blow", environment=site.environment))


def end(site: Any) -> None:
    """ada is no moderator any more."""
    run("tests.browser.storm", "over", environment=site.environment)


def write() -> dict[str, list[dict[str, str]]]:
    """Posts through the host, with everything listening that listens in the demo."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from community_dashboard.host.chosen import get_host
    from demo.campus.actions import enrol, give_role
    from demo.campus.models import Profile
    from demo.courseware.models import Course
    from referral_xblock.api import Role

    course_key, host = Course.objects.order_by("pk").first().course_key, get_host()
    people = get_user_model().objects
    learners = list(people.filter(username__startswith="learner").order_by("id")[:12])
    for learner in learners:
        enrol_quietly(enrol, learner, course_key, timezone.now())
    stranger = people.create_user("offers27", "offers27@example.net")
    Profile.objects.create(user=stranger, name="Offers")
    enrol_quietly(enrol, stranger, course_key, timezone.now())
    give_role(user=people.get(username="ada"), course_key=course_key, role=Role.FORUM_MODERATOR)

    def post(by: Any, title: str, body: str) -> dict[str, str]:
        named = {"course_key": course_key, "topic_id": "course", "thread_type": "question"}
        ref = host.start_thread(by=by, title=title, body=body, **named).ref
        return {"kind": ref.kind.value, "id": ref.id, "title": title}

    told: dict[str, list[dict[str, str]]] = {"questions": [], "same": [], "offers": []}
    asked = [one.format(subject) for subject in SUBJECTS for one in ASKED]
    for number, title in enumerate(asked):
        body = f"I read the unit twice and I am still not sure about {SUBJECTS[number // 2]}."
        told["questions"].append(post(learners[number % len(learners)], title, body))
    for number, title in enumerate(SAME):
        told["same"].append(post(learners[number % len(learners)], title, title))
    for number, title in enumerate(OFFERS):
        told["offers"].append(post(stranger, title, OFFER.format(number)))
    told["reported"] = told["questions"][:2] + told["offers"][:1]
    for number, one in enumerate(told["reported"]):
        report(host, course_key, one, learners[number + 4])
    return told


def enrol_quietly(enrol: Any, learner: Any, course_key: Any, now: Any) -> None:
    """Most of the crowd is in the course; the rest comes now."""
    from demo.campus.actions import AlreadyEnrolledError

    with suppress(AlreadyEnrolledError):
        enrol(user=learner, course_key=course_key, by=learner, now=now)


def report(host: Any, course_key: Any, post: dict[str, str], by: Any) -> None:
    """Somebody reports a post."""
    from community_dashboard.data import PostKind, PostRef

    host.flag_post(by=by, course_key=course_key, ref=PostRef(PostKind(post["kind"]), post["id"]))


def calm() -> None:
    """Takes back what the storm brought to the team."""
    from django.contrib.auth import get_user_model

    from demo.campus.actions import take_role
    from demo.courseware.models import Course
    from referral_xblock.api import Role

    course_key = Course.objects.order_by("pk").first().course_key
    take_role(user=get_user_model().objects.get(username="ada"), course_key=course_key, role=Role.FORUM_MODERATOR)


if __name__ == "__main__":
    import django

    django.setup()
    calm() if sys.argv[1:] == ["over"] else print(json.dumps(write()))
