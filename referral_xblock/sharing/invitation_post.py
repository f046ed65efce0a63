"""The way out of the house: edx-ace where the platform has it, else Django's mail.

Of edx-ace the policies, the templates and the channel are used, not `ace.send`: after sending it tells the platform of it
together with the address, and the LMS (`lms/djangoapps/bulk_email/signals.py`) writes that into its tracking log.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from referral_xblock.sharing.invitation_letter import Letter, one_line, template_path

# The only channel of edx-ace that can write to somebody without an account, and that carries headers.
ACE_CHANNEL = "django_email"
PARTS = ("subject.txt", "body.txt", "head.html", "body.html")


class Refused(Exception):  # noqa: N818  (it is a policy's answer, not a fault)
    """A policy of the site's does not let this message out."""


def post(letter: Letter, address: str) -> None:
    """Hands the letter over; raises what the mail server or a policy of the site says. No query of ours."""
    if apps.is_installed("edx_ace") and ACE_CHANNEL in getattr(settings, "ACE_ENABLED_CHANNELS", ()):
        _by_ace(letter, address)
    else:
        _by_django(letter, address)


def _by_ace(letter: Letter, address: str) -> None:
    from edx_ace import policy, presentation
    from edx_ace.channel import ChannelType, get_channel_for_message
    from edx_ace.message import Message
    from edx_ace.recipient import Recipient

    message = Message(
        app_label=letter.app,
        name=letter.name,
        recipient=Recipient(lms_user_id=letter.user_id, email_address=address),  # 0 is how the LMS itself writes nobody
        language=letter.language,
        context=letter.context,
        options={"transactional": not letter.user_id, "override_default_channel": ACE_CHANNEL},
        headers=letter.headers,
    )
    if ChannelType.EMAIL not in policy.channels_for(message):
        raise Refused
    channel = get_channel_for_message(ChannelType.EMAIL, message)
    with translation.override(letter.language):
        channel.deliver(message, presentation.render(channel, message))


def _by_django(letter: Letter, address: str) -> None:
    with translation.override(letter.language):
        parts = {name: render_to_string(template_path(name, letter.name, letter.app), letter.context) for name in PARTS}
    mail = EmailMultiAlternatives(
        subject=one_line(parts["subject.txt"]),
        body=parts["body.txt"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers=letter.headers,
    )
    html = (
        f"<!DOCTYPE html>\n<html>\n<head>\n{parts['head.html']}</head>\n<body>\n{parts['body.html']}</body>\n</html>\n"
    )
    mail.attach_alternative(html, "text/html")
    mail.send()
