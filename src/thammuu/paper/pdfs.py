"""PDFs: looked through object by object, and written anew without what tells who made them.

What runs, starts, sends or carries another file is refused; see ISO 32000-1, 12.6.4 (actions) and 7.11 (files).
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from thammuu.paper.rules import Unfit

MOST_OBJECTS = 500_000
MOST_DEPTH = 60
_ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoTo3DView",
    "/RichMediaExecute", "/Trans",
}  # fmt: skip
_ELSEWHERE = {"/GoToR", "/GoToE", "/Thread"}
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
_FILES = {"/EF", "/EmbeddedFiles", "/AFRelationship", "/Collection"}
_ABOUT = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")


def clean_pdf(content: bytes) -> bytes | Unfit:
    """Return the PDF without properties, XMP and thumbnails, or why it is not taken.

    A signed one stays as it came, or its signature would break. The same file always gives the same bytes.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, inherit_page_attributes=False) as document:
            return _clean(document, content)
    except pikepdf.PasswordError:
        return Unfit.LOCKED
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError):
        return Unfit.DAMAGED


def _clean(document: pikepdf.Pdf, content: bytes) -> bytes | Unfit:
    if len(document.objects) > MOST_OBJECTS:
        return Unfit.TOO_MUCH
    signed = False
    for found in _dictionaries(document):
        why = _unfit(found)
        if why:
            return why
        signed = signed or "/ByteRange" in found
    if not document.pages:
        return Unfit.DAMAGED
    if signed:
        return content
    for found in _dictionaries(document):
        for key in _ABOUT:
            if key in found:
                del found[key]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    written = io.BytesIO()
    document.save(
        written,
        deterministic_id=True,
        encryption=False,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    return written.getvalue()


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and every stream's dictionary, also those that stand inside others."""
    for top in document.objects:
        yield from _inside(top, 0)


def _inside(found: Any, depth: int) -> Iterator[Any]:
    if depth > MOST_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield found
        values = [value for _key, value in found.items()]
    elif isinstance(found, pikepdf.Array):
        values = list(found)
    else:
        return
    for value in values:
        # What stands on its own is in the list of objects itself.
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _inside(value, depth + 1)


def _unfit(found: Any) -> Unfit | None:
    keys = set(found.keys())
    if keys & _ACTIVE_KEYS:
        return Unfit.ACTIVE
    if keys & _FILES:
        return Unfit.EMBEDDED
    action = str(found.get("/S", "")) if "/S" in keys else ""
    if action in _ACTIVE_ACTIONS:
        return Unfit.ACTIVE
    if action in _ELSEWHERE or ("/F" in keys and "/FS" in keys):
        return Unfit.REMOTE
    if action == "/URI" and not str(found.get("/URI", "")).strip().lower().startswith(("http:", "https:", "mailto:")):
        return Unfit.ACTIVE
    return None
