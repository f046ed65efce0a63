"""What our pages may load: their own files and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)


class ContentPolicyMiddleware:
    """Sends the strict policy with every page that has not set its own, as the unit page does for foreign blocks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", STRICT)
        return response
