"""Files, for whoever may see what they belong to. Nothing that comes from here can run in a page."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thammuu.kernel.errors import Missing
from thammuu.org.web import actor_of, signed_in
from thammuu.paper import queries, storage
from thammuu.paper.models import Attachment

_SANDBOX = "default-src 'none'; sandbox"


@signed_in
@require_safe
def attachment(request: HttpRequest, id: UUID) -> FileResponse:
    """Give a file to be saved, under its safe name."""
    row = queries.attachment(actor_of(request).scope, id)
    return _answer(row, thumbnail=False)


@signed_in
@require_safe
def thumbnail(request: HttpRequest, id: UUID) -> FileResponse:
    """Give the small JPEG of a picture, to be shown in a page."""
    row = queries.attachment(actor_of(request).scope, id)
    if row.width is None:
        raise Missing(_("This file is no picture."))
    return _answer(row, thumbnail=True)


def _answer(row: Attachment, thumbnail: bool) -> FileResponse:
    path = storage.path_of(row.digest, thumbnail)
    if not path.exists():
        raise Missing(_("The file is missing from the store; tell the operator: {digest}").format(digest=row.digest))
    answer = FileResponse(
        path.open("rb"),
        as_attachment=not thumbnail,
        filename=row.name,
        content_type="image/jpeg" if thumbnail else row.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    # The content under an id never changes; who may see it can, so no shared cache may keep it.
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
