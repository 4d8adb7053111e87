"""What a form's sending is called, so that sent twice it is stored once."""

import hashlib
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from thammuu.journal.recording import Submission
from thammuu.kernel.errors import BadInput
from thammuu.org import devices

_NOT_SAID = frozenset({"submission", "csrfmiddlewaretoken", devices.FIELD})


def submission_of(request: HttpRequest) -> Submission | None:
    """Return the form's own id with a digest of its address, words and files; None if the form carries no id.

    Raises `BadInput` for an id that is none.
    """
    given = request.POST.get("submission", "")
    if not given:
        return None
    try:
        id = UUID(given)
    except ValueError:
        raise BadInput("submission", _("The form is damaged. Reload the page and send it again.")) from None
    digest = hashlib.sha256(request.path.encode())
    for name in sorted(set(request.POST) - _NOT_SAID):
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return Submission(id, digest.digest())
