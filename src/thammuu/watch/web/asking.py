"""What views read out of requests: filters, the submission, which kind of answer is wanted."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from thammuu.journal.recording import Submission
from thammuu.kernel.errors import BadInput
from thammuu.org import devices
from thammuu.watch.queries import Filters


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script asked."""
    return "application/json" in request.headers.get("Accept", "")


def filters_of(query: QueryDict) -> Filters:
    """Return the filters in the address; a value that is none is left out."""
    return Filters(
        unit=uuid_or_none(query.get("unit", "")),
        kind=query.get("kind", ""),
        severity=query.get("severity", ""),
        status=query.get("status", ""),
        words=query.get("q", "").strip()[:100],
    )


def uuid_or_none(text: str) -> UUID | None:
    """Return the id in a text, None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def submission_of(request: HttpRequest) -> Submission | None:
    """Return the form's own id with a digest of everything else it sent. Raises `BadInput` for an id that is none."""
    given = request.POST.get("submission", "")
    if not given:
        return None
    id = uuid_or_none(given)
    if id is None:
        raise BadInput("submission", _("The form's own number is broken. Reload the page and send it again."))
    left_out = {"submission", "csrfmiddlewaretoken", devices.FIELD}
    said = sorted((name, *values) for name, values in request.POST.lists() if name not in left_out)
    return Submission(id, hashlib.sha256(repr((request.path, said)).encode()).digest())
