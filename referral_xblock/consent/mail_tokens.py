"""The token in a mail that stands for its mailbox: the keyed hash, signed. It holds no address and never expires, because the
mail it stands in does not either."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from referral_xblock.consent.mailboxes import HASH_LENGTH
from referral_xblock.host.secret import former_keys

SALT = "referral.mailbox"
LONGEST = 200


def mailbox_token(mailbox: str) -> str:
    """The token for a mailbox, given by its keyed hash."""
    return _signer().sign(mailbox)


def read_mailbox_token(text: str) -> str:
    """The keyed hash in a token; "" for one that was not made here."""
    try:
        mailbox = _signer().unsign(text[:LONGEST])
    except signing.BadSignature:
        return ""
    return mailbox if len(mailbox) == HASH_LENGTH else ""


def unsubscribe_path(mailbox: str) -> str:
    """Where one press stops all mail to this mailbox; the site's own address stands before it."""
    return reverse("referral_xblock:unsubscribe", args=[mailbox_token(mailbox)])


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".", fallback_keys=former_keys())
