"""The key of all keyed hashes of this package on this site."""

from django.conf import settings


def hash_secret() -> str:
    """The site's secret key with our salt: a leak of one kind of hash does not open another's."""
    return settings.SECRET_KEY + settings.REFERRAL_HASH_SALT
