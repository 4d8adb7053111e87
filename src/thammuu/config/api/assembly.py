"""The interface's version 1: whose parts it has, and how faults, caching and unknown addresses are answered."""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial, wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from thammuu import __version__
from thammuu.desk import api as journal
from thammuu.directives import api as assignments
from thammuu.directives.incoming import api as incoming
from thammuu.directives.inspection import api as inspections
from thammuu.interop import api as alerts
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused, ThammuuError
from thammuu.org.api import problems, units
from thammuu.org.api.bearer import Bearer
from thammuu.org.api.problems import OutOfScope, TooMany, Unauthorized, Wrong
from thammuu.org.middleware import INTERFACE
from thammuu.watch.api import incidents, log, orders

log_of_faults = logging.getLogger("django.request")
DESCRIPTION = """\
Another system acts for the post of the officer who made its token: it sees and does what the token's scopes let \
through of what that post may see and do now. What it may not see does not exist (404); what it may not do is refused \
with a reason (403). Faults are problem details (RFC 9457). What asks for the officer's own proof on the pages \
(decisions, verification, closing of assignments) is not offered here."""


class Interface(NinjaAPI):
    """Answers reads with an entity tag, so that what has not changed is not sent again."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Return the answer; 304 where the caller has it already."""
        answer = super().create_response(request, data, **kwargs)
        answer["Content-Language"] = get_language() or "vi"
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            answer["Content-Type"] = problems.MEDIA_TYPE
        if request.method != "GET" or answer.status_code != HTTPStatus.OK:
            answer["Cache-Control"] = "no-store"
            return answer
        answer["Cache-Control"] = "private, no-cache"
        set_response_etag(answer)
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Return below what every address stands."""
        return INTERFACE

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return a name that stays when modules move: clients that are generated call their functions so."""
        return f"{operation.methods[0].lower()}_{operation.url_name}"

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the document with what the framework does not know: scopes, and the media type of faults."""
        document = super().get_openapi_schema(**kwargs)
        scopes = {self.get_openapi_operation_id(one): scope_of(one) for one in operations_of(self)}
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["security"] = [{"Bearer": [scopes[operation["operationId"]]]}]
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
                        content[problems.MEDIA_TYPE] = content.pop("application/json")
        return document


def operations_of(api: NinjaAPI) -> Iterator[Operation]:
    """Yield every operation."""
    for _prefix, router in api._routers:
        for place in router.path_operations.values():
            yield from place.operations


def scope_of(operation: Operation) -> str:
    """Return the scope that a token needs for the operation."""
    [bearer] = operation.auth_callbacks
    if not isinstance(bearer, Bearer):
        raise TypeError(f"{operation.path} lets in by something else than a token")
    return bearer.scope


@cache
def interface() -> NinjaAPI:
    """Return the interface with every part."""
    api = Interface(
        title="Thammuu",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        docs_url=None,
        openapi_extra={"info": {"x-release": __version__}},
    )
    for prefix, router in (
        ("/log", log.router),
        ("/incidents", incidents.router),
        ("/orders", orders.router),
        ("/units", units.router),
        ("/assignments", assignments.router),
        ("/inspections", inspections.router),
        ("/findings", inspections.findings_router),
        ("/incoming-documents", incoming.router),
        ("/alerts", alerts.router),
        ("/journal", journal.router),
    ):
        api.add_router(prefix, router)
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, partial(_answered, answer))
    return api


def _answered(answer: Callable[[Any], HttpResponse], request: HttpRequest, fault: Any) -> HttpResponse:
    return answer(fault)


def _malformed(fault: ValidationError) -> HttpResponse:
    """Say which values have not the right form; the place as the caller wrote it, without our names around it."""
    wrong = []
    for error in fault.errors:
        place = [str(part) for part in error["loc"] if part not in ("said", "header", "query", "path")]
        wrong.append(Wrong(field=".".join(place), reason=str(error["msg"])))
    return problems.bad_input(wrong, HTTPStatus.UNPROCESSABLE_ENTITY)


def _failed(fault: Exception) -> HttpResponse:
    log_of_faults.error("the programming interface failed", exc_info=fault)
    return problems.broken()


def _unreadable(fault: HttpError) -> HttpResponse:
    return problems.bad_input([Wrong(field="body", reason=_("The body is not JSON."))])


_ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    Exception: _failed,
    HttpError: _unreadable,
    RequestDataTooBig: lambda fault: problems.too_large(),
    ValidationError: _malformed,
    Unauthorized: lambda fault: problems.unauthorized(fault.reason),
    OutOfScope: lambda fault: problems.out_of_scope(fault.scope),
    TooMany: lambda fault: problems.too_many(fault.reason, fault.seconds),
    ThammuuError: lambda fault: problems.bad_input([Wrong(field="", reason=str(fault))]),
    BadInput: lambda fault: problems.bad_input([Wrong(field=fault.field, reason=fault.reason)]),
    Refused: lambda fault: problems.refused(fault.reason),
    Missing: lambda fault: problems.missing(),
    Conflict: lambda fault: problems.conflict(str(fault)),
}


def addresses() -> Sequence[URLPattern]:
    """Return every address of the interface; what is none is answered with a problem too."""
    found = []
    for pattern in interface().urls[0]:
        if isinstance(pattern, URLPattern) and pattern.callback is not None and pattern.name != "api-root":
            pattern.callback = _whole(pattern.callback)
            found.append(pattern)
    return [*found, re_path(r"^[\s\S]*\Z", _nowhere, name="nowhere")]


def _whole(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @csrf_exempt  # no cookie counts here
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return problems.not_allowed(answer["Allow"])
        return answer

    return answered


@csrf_exempt
def _nowhere(request: HttpRequest) -> HttpResponse:
    return problems.missing()
