"""Fields of a form that hold one name per line: e-mail domains, networks, channels. Lists inside."""

from __future__ import annotations

import ipaddress
import re

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 200
DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$")
CHANNEL = re.compile(r"^[a-z0-9_-]{1,24}$")


class LinesField(forms.CharField):
    """Names, one per line or with commas between; a list of lower-case names inside. `too_many` and `wrong` say what is wrong."""

    widget = forms.Textarea(attrs={"rows": 3})
    too_many = _("At most %(most)d lines can be written here.")
    wrong = ""

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        if isinstance(value, list | tuple):
            value = "\n".join(str(item) for item in value)
        return [self.cleaned_name(name) for name in re.split(r"[\s,;]+", value or "") if name]

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST:
            raise forms.ValidationError(self.too_many, params={"most": MOST})
        for name in value:
            if not self.is_right(name):
                raise forms.ValidationError(self.wrong, params={"name": name})

    def cleaned_name(self, name: str) -> str:
        """The name as it is kept."""
        return name.lower()

    def is_right(self, name: str) -> bool:
        """Whether it is what the field asks for."""
        raise NotImplementedError


class DomainsField(LinesField):
    """E-mail domains, with or without the @."""

    too_many = _("At most %(most)d domains can be named.")
    wrong = _("“%(name)s” is not a domain name such as univ.example.")

    def cleaned_name(self, name: str) -> str:
        """Without the @."""
        return name.lower().lstrip("@")

    def is_right(self, name: str) -> bool:
        """Whether it has the form of a domain with a dot in it."""
        return bool(DOMAIN.match(name))


class NetworksField(LinesField):
    """Networks in CIDR notation, IPv4 or IPv6; a single address is a network of one."""

    wrong = _("“%(name)s” is not a network such as 192.0.2.0/24 or 2001:db8::/32.")

    def is_right(self, name: str) -> bool:
        """Whether it can be read as a network, with no bits set beyond it."""
        try:
            ipaddress.ip_network(name)
        except ValueError:
            return False
        return True


class ChannelsField(LinesField):
    """Channels of links by their short names."""

    wrong = _("“%(name)s” is not the short name of a channel such as reddit or copy.")

    def is_right(self, name: str) -> bool:
        """Whether it could be one. Channels are added by later versions, so a list is not asked."""
        return bool(CHANNEL.match(name))
