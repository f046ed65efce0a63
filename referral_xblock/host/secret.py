"""The key of all keyed hashes of this package on this site."""

from django.conf import settings


def hash_secret() -> str:
    """The site's secret key with our salt: a leak of one kind of hash does not open another's."""
    return settings.SECRET_KEY + settings.REFERRAL_HASH_SALT


def hash_secrets() -> tuple[str, ...]:
    """The present key first, then the former ones: what must still be found after the site's key was changed."""
    return tuple(key + settings.REFERRAL_HASH_SALT for key in (settings.SECRET_KEY, *former_keys()))


def former_keys() -> list[str]:
    """Keys that the site had before, without our salt."""
    return [*settings.SECRET_KEY_FALLBACKS, *settings.REFERRAL_FORMER_SECRET_KEYS]
