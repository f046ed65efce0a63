"""The keys of the badges: the one that signs, and all those by which badges of this site can be checked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from referral_xblock.rewards.key_files import (
    KeyProblemError,
    PublicKey,
    SigningKey,
    algorithm_of,
    key_id,
    load_private,
    load_public,
)
from referral_xblock.sharing.panel import absolute


def signing_key() -> SigningKey | None:
    """The key of REFERRAL_BADGE_KEY; None if the site has none. KeyProblemError if it cannot be used."""
    return load_private(settings.REFERRAL_BADGE_KEY) if settings.REFERRAL_BADGE_KEY else None


def public_keys() -> dict[str, dict[str, Any]]:
    """Every key by which a badge of this site may be signed, as JWK, by its number: the present one first.

    KeyProblemError if one of them cannot be used.
    """
    present = signing_key()
    keys = [present.private.public_key()] if present else []
    keys += [load_public(one) for one in settings.REFERRAL_BADGE_FORMER_KEYS]
    return {key_id(key): _jwk(key) for key in keys}


def key_address(number: str) -> str:
    """The address under which a key's JWK is found: the `kid` of what it signed."""
    return absolute(reverse("referral_xblock:badge_key", args=[number]))


def _jwk(key: PublicKey) -> dict[str, Any]:
    algorithm = algorithm_of(key)
    written = (ECAlgorithm if algorithm == "ES256" else RSAAlgorithm).to_jwk(key, as_dict=True)
    known = {name: value for name, value in written.items() if name in ("kty", "crv", "x", "y", "n", "e")}
    return known | {"kid": key_address(key_id(key)), "use": "sig", "alg": algorithm}


def problem_of_keys() -> str:
    """Why this site makes no badges, or some of them cannot be checked; "" if all is well. For operators and course teams."""
    try:
        public_keys()
    except KeyProblemError as error:
        return str(error)
    return "" if settings.REFERRAL_BADGE_KEY else "no key is set"
