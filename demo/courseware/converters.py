"""Keys of blocks in addresses: `block-v1:org+number+run+type@html+block@name`, with the plus signs as they are or as %2B."""

from django.urls import register_converter
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey


class UsageKeyConverter:
    """`<usage_key:usage_key>` in a path; what is no key of a block is another address."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> UsageKey:
        """The key; ValueError makes Django try the next pattern."""
        try:
            return UsageKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: UsageKey | str) -> str:
        """The key as text."""
        return str(value)


register_converter(UsageKeyConverter, "usage_key")
