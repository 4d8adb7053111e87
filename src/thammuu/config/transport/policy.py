"""The content security policy of pages. What is no page gets a stricter one from the guard: nothing runs at all."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase


class PagePolicy(CSPMiddleware):
    """Give pages the policy of the settings, with the nonce of their script."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave everything that is no page to the guard."""
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
