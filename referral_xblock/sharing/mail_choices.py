"""/community/unsubscribe/<token>/ and /community/preferences/<token>/: who got a mail stops all mail, without an account.

Reading changes nothing. One POST stops, from whoever holds the token: mail programs send it without cookies and without
saying where they come from (RFC 8058), and a person's press must never be taken for a machine's. A scanner that submits the
form too stops a mailbox at worst; that can be taken back, and taking back asks for a person's press, so no machine brings
mail to anybody. Nothing here accepts an invitation.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from referral_xblock.consent.actions import allow_mail, stop_mail
from referral_xblock.consent.mail_tokens import read_mailbox_token
from referral_xblock.consent.queries import is_stopped
from referral_xblock.links import tokens
from referral_xblock.links.answers import page
from referral_xblock.links.origin import is_same_origin, was_pressed


@csrf_exempt  # the token is the right to do it; a mail program has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button; pressing it, or the mail program's own, stops all mail to the mailbox. Idempotent. One query."""
    mailbox = read_mailbox_token(token)
    if not mailbox:
        return page("mail_unknown.html", {}, status=404)
    if request.method == "POST":
        stop_mail(mailbox=mailbox, now=timezone.now())
    return _page(mailbox, token, done=request.method == "POST")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Whether mail comes to the mailbox, to be stopped (by any POST) or allowed again (by a person's press). Two queries."""
    mailbox = read_mailbox_token(token)
    if not mailbox:
        return page("mail_unknown.html", {}, status=404)
    if request.method == "POST":
        if request.POST.get("mail") != "allow":
            stop_mail(mailbox=mailbox, now=timezone.now())
        elif _a_person_pressed(request, mailbox):
            allow_mail(mailbox=mailbox)
    return _page(mailbox, token, choosing=True, done=request.method == "POST")


def _page(mailbox: str, token: str, *, done: bool, choosing: bool = False) -> HttpResponse:
    context = {
        "stopped": is_stopped(mailbox),
        "choosing": choosing,
        "done": done,
        "drawn": tokens.page_token(click_id=0, code=mailbox),
        "unsubscribe_url": reverse("referral_xblock:unsubscribe", args=[token]),
        "preferences_url": reverse("referral_xblock:preferences", args=[token]),
    }
    return page("mail_choice.html", context)


def _a_person_pressed(request: HttpRequest, mailbox: str) -> bool:
    """As on the button that accepts an invitation: from this very page, and not faster than anybody reads."""
    drawn = tokens.read_page_token(request.POST.get("drawn"), mailbox)
    own_origin = f"{request.scheme}://{request.get_host()}"
    if drawn is None or not is_same_origin(request.headers, own_origin=own_origin):
        return False
    return was_pressed(request.headers, seconds_on_page=timezone.now().timestamp() - drawn.drawn_at)
