"""The floor under every click: a redirect, and a redirect after one row. Neither opens a transaction around itself."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from benchmarks.click_site.models import Visit


@transaction.non_atomic_requests
def bare(request: HttpRequest) -> HttpResponse:
    """302 to the front page. No statement of its own."""
    return HttpResponseRedirect("/")


@transaction.non_atomic_requests
def bare_insert(request: HttpRequest) -> HttpResponse:
    """302 to the front page after one row, durable before the answer. One statement."""
    Visit.objects.create(came_at=timezone.now(), user_agent=request.headers.get("User-Agent", "")[:255])
    return HttpResponseRedirect("/")
