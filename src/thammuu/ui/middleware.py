"""Refusals become pages that say what happened, what was kept and what to do."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused, ThammuuError
from thammuu.ui import faults

Answer = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Answer the expected faults of an act (`thammuu.kernel.errors`) with a page, or with JSON where asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or answer.content:
            return answer
        page = faults.not_a_page(request)
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Return the page for an expected fault; leave every other one to Django."""
        if not isinstance(fault, ThammuuError):
            return None
        if isinstance(fault, Refused):
            return faults.refused(request, fault.reason)
        if isinstance(fault, Missing):
            return faults.missing(request)
        if isinstance(fault, Conflict):
            return faults.conflict(request, str(fault))
        if isinstance(fault, BadInput):
            return faults.bad_input(request, fault.reason)
        return faults.bad_input(request, str(fault))
