"""Badges as Open Badges 3.0 credentials: written, signed as VC-JWT, revoked and valid again as their rewards are.

What the parts mean stands in the specification (https://www.imsglobal.org/spec/ob/v3p0); docs/badges.md says what we chose.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import jwt
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from referral_xblock.data import Course
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.rewards.key_files import KeyProblemError, SigningKey
from referral_xblock.rewards.keys import key_address, signing_key
from referral_xblock.rewards.models import Badge, Reward, State
from referral_xblock.rewards.words import criteria
from referral_xblock.sharing.panel import absolute

log = logging.getLogger(__name__)

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
SHELVES = 256  # revocation lists: whoever asks for one does not say which badge it is about


def keep_badges(rewards: Iterable[Reward], *, now: datetime) -> None:
    """Makes the badges that are missing, and revokes or restores those that are there. Repeatable.

    One query, and for a new badge two more. Without a key, or with one that cannot be used, none is made: the rewards stand,
    and the badges follow when there is a key.
    """
    named = [one for one in rewards if one.badge]
    if not named:
        return
    there = {badge.reward_id: badge for badge in Badge.objects.filter(reward__in=named)}
    for reward in named:
        badge, granted = there.get(reward.id), reward.state == State.GRANTED
        if badge is None and granted:
            _issue(reward, now)
        elif badge is not None and granted == (badge.revoked_at is not None):
            Badge.objects.filter(id=badge.id).update(revoked_at=None if granted else now)


def page_address(public_id: uuid.UUID) -> str:
    """The absolute address of a badge's public page, which is also the credential's id."""
    return absolute(reverse("referral_xblock:badge", args=[public_id]))


def issuer() -> dict[str, Any]:
    """The site as the issuer of its badges: a Profile."""
    return {
        "id": absolute(reverse("referral_xblock:badge_issuer")),
        "type": ["Profile"],
        "name": str(getattr(settings, "PLATFORM_NAME", "") or settings.LMS_ROOT_URL),
        "url": settings.LMS_ROOT_URL,
    }


def list_address(shelf: int) -> str:
    """The address of a revocation list."""
    return absolute(reverse("referral_xblock:revoked_badges", args=[shelf]))


def identity_hash(email: str, salt: str) -> str:
    """How a recipient is told: by a salted hash of the address in small letters."""
    return "sha256$" + hashlib.sha256((email.lower() + salt).encode()).hexdigest()


def _issue(reward: Reward, now: datetime) -> None:
    try:
        key = signing_key()
    except KeyProblemError as error:
        log.error("REFERRAL_BADGE_KEY cannot be used, no badge is made: %s.", error)
        return
    person = get_host().people([reward.user_id]).get(reward.user_id) if key else None
    if key is None or person is None or not person.email:
        return
    public_id, salt = uuid.uuid4(), secrets.token_hex(16)
    badge = Badge(
        public_id=public_id,
        reward=reward,
        shelf=public_id.bytes[0] % SHELVES,
        issued_at=now.replace(microsecond=0),
        recipient_salt=salt,
        recipient_hash=identity_hash(person.email, salt),
        key_id=key.id,
    )
    badge.token = _sign(_credential(badge, reward, seen_course(reward.course_key)), key)
    badge.save()


def _credential(badge: Badge, reward: Reward, course: Course | None) -> dict[str, Any]:
    """The credential in the course's language. It holds no name of a person."""
    language = course.language if course and course.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        narrative = criteria(reward, course.title if course else str(reward.course_key))
    page = page_address(badge.public_id)
    promise = f"{settings.LMS_ROOT_URL}|{reward.course_key}|{reward.slug}|{reward.side}|{reward.badge}|{narrative}"
    return {
        "@context": CONTEXTS,
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": reward.badge,
        "issuer": issuer(),
        "validFrom": _moment(badge.issued_at),
        "awardedDate": _moment(min(reward.earned_at, badge.issued_at)),
        "credentialSubject": {
            "id": uuid.uuid4().urn,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": badge.recipient_hash,
                    "identityType": "emailAddress",
                    "salt": badge.recipient_salt,
                }
            ],
            "achievement": {
                "id": uuid.uuid5(uuid.NAMESPACE_URL, promise).urn,
                "type": ["Achievement"],
                "achievementType": "Badge",
                "name": reward.badge,
                "description": narrative,
                "criteria": {"narrative": narrative},
                "image": {"id": page + "picture.png", "type": "Image"},
            },
        },
        "credentialStatus": {"id": list_address(badge.shelf), "type": "1EdTechRevocationList"},
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _sign(credential: dict[str, Any], key: SigningKey) -> str:
    """The credential as the payload of a compact JWS; the claims repeat what the specification wants repeated."""
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    return jwt.encode(credential | claims, key.private, algorithm=key.algorithm, headers={"kid": key_address(key.id)})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
