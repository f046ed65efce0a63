"""Keys as a site hands them to us: a PEM text, or the path of a file that holds one.

P-256 signs as ES256, RSA as RS256; nothing else is taken. The number of a key is made from the key itself, so it is the same on
every machine and needs no list. Plain Python.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

LEAST_RSA_BITS = 2048
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class KeyProblemError(Exception):
    """What was given is no key that can be used; the argument says why."""


@dataclass(frozen=True)
class SigningKey:
    """A key that signs."""

    id: str
    algorithm: str
    private: Any


def key_id(key: PublicKey) -> str:
    """The number of a key."""
    written = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(written).hexdigest()[:32]


@lru_cache(maxsize=8)
def load_private(setting: str) -> SigningKey:
    """The private key of a setting; KeyProblemError."""
    try:
        private: Any = load_pem_private_key(_pem(setting), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyProblemError("it is not a private key in PEM without a password") from error
    return SigningKey(key_id(private.public_key()), algorithm_of(private.public_key()), private)


@lru_cache(maxsize=32)
def load_public(setting: str) -> PublicKey:
    """The public key of a setting, which may hold its private half; KeyProblemError."""
    pem = _pem(setting)
    try:
        key: Any = load_pem_public_key(pem) if b"PUBLIC KEY" in pem else load_pem_private_key(pem, None).public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyProblemError("it is not a key in PEM") from error
    algorithm_of(key)
    return key


def _pem(setting: str) -> bytes:
    text = str(setting)
    if "-----BEGIN" in text:
        return text.replace("\\n", "\n").encode()
    try:
        return Path(text).read_bytes()
    except (OSError, ValueError) as error:
        raise KeyProblemError(f"the file {text} cannot be read") from error


def algorithm_of(key: Any) -> str:
    """By which algorithm this key signs; KeyProblemError for another kind of key."""
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return "ES256"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
        return "RS256"
    raise KeyProblemError(f"it is neither a P-256 key nor an RSA key of at least {LEAST_RSA_BITS} bits")


def problem_of_key(setting: str, *, private: bool) -> str:
    """Why a setting is no key that can be used, "" if it is one."""
    try:
        if private:
            load_private(setting)
        else:
            load_public(setting)
    except KeyProblemError as error:
        return str(error)
    return ""
