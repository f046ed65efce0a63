"""Mail that stays here: a Django e-mail backend that writes rows instead of talking to a server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class DatabaseOutbox(BaseEmailBackend):
    """Shown at /demo/outbox/; one row per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps the messages and answers how many there were. One query."""
        from demo.campus.models import OutboxMessage

        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                to=address[:254], subject=str(message.subject)[:255], body=str(message.body), sent=timezone.now()
            )
            for message in email_messages
            for address in message.recipients()
        )
        return len(email_messages)
