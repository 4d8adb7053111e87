"""The reader of texts, which runs in the sandbox: recognises a file by its bytes, looks through it, takes its text."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from lxml import etree
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from thammuu.kernel.errors import BadInput
from thammuu.paper.examining import harmless
from thammuu.paper.examining import rehearse as rehearse_examining
from thammuu.paper.packages import MOST_BYTES
from thammuu.paper.reading.labels import clauses_of
from thammuu.paper.reading.lines import Gathered
from thammuu.paper.reading.open_text import read_open_text
from thammuu.paper.reading.pdf_text import MOST_PAGES, NoText, TooManyPages, read_pdf
from thammuu.paper.reading.plain import as_utf8, read_plain
from thammuu.paper.reading.word import read_word
from thammuu.paper.reading.word_numbers import W
from thammuu.paper.reasons import reason_of
from thammuu.paper.rules import SUFFIXES, MediaType, Unfit, recognise
from thammuu.paper.sandbox.answers import Answer

MOST_LINES = 20_000
MOST_SIGNS = 5_000_000

_RICH_TEXT = b"{\\rtf"

_READ_PARTS = (
    "_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml",
    "word/endnotes.xml", "content.xml", "styles.xml",
)  # fmt: skip


def read(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """Return `clauses` (kind, label, text) and `notices` (what, place, count) of the file with the given `name`.

    Raises `BadInput` for `file` where it is no text that can be read, or not what its name says.
    """
    name, content = str(arguments["name"]), as_utf8(content)
    kind = recognise(content)
    if isinstance(kind, Unfit):
        raise _refused(name, kind)
    if kind not in _READERS or content.startswith(_RICH_TEXT):
        raise BadInput("file", _wrong_kind(name, kind))
    if "." in name and not name.lower().endswith(SUFFIXES[kind]):
        told = _("“{name}” is not what its name says: by its content it is a file of the kind {ending}. Rename it.")
        raise BadInput("file", told.format(name=name, ending=SUFFIXES[kind][0]))
    cleaned = harmless(content, kind)
    if isinstance(cleaned, Unfit):
        raise _refused(name, cleaned)
    gathered = _gathered(name, cleaned, kind)
    if len(gathered.lines) > MOST_LINES or sum(len(line.text) for line in gathered.lines) > MOST_SIGNS:
        raise _refused(name, Unfit.TOO_MUCH)
    clauses = clauses_of(gathered.lines)
    if not clauses:
        raise BadInput("file", _("There is no text in “{name}”.").format(name=name))
    return Answer(
        {
            "clauses": [[clause.kind, clause.label, clause.text] for clause in clauses],
            "notices": [[notice.what, notice.at, notice.count] for notice in gathered.notices()],
        }
    )


def _gathered(name: str, content: bytes, kind: MediaType) -> Gathered:
    try:
        return _READERS[kind](content)
    except NoText:
        told = _("“{name}” holds pictures of pages and no text. Send the file it was printed from.")
        raise BadInput("file", told.format(name=name)) from None
    except TooManyPages:
        told = _("“{name}” has more than {most} pages. Send it in parts, or the file it was printed from.")
        raise BadInput("file", told.format(name=name, most=MOST_PAGES)) from None
    except (etree.LxmlError, KeyError, ValueError, TypeError, PDFException, PSException, zipfile.BadZipFile):
        raise _refused(name, Unfit.DAMAGED) from None


def _refused(name: str, why: Unfit) -> BadInput:
    return BadInput("file", reason_of(why).format(name=name, limit=0))


def _wrong_kind(name: str, kind: MediaType) -> str:
    if kind == MediaType.DOC:
        return _("“{name}” is a Word document of before 2007. Save it as DOCX.").format(name=name)
    told = _(
        "“{name}” is no text that clauses can be taken from. Send a DOCX, an ODT, a PDF with text or a plain text."
    )
    return told.format(name=name)


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts that are read. The package was unpacked within its limits before."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [each.filename for each in package.infolist()]
        wanted = [each for each in names if each in _READ_PARTS or each.startswith("word/document")]
        return {each: package.read(each) for each in wanted if package.getinfo(each).file_size <= MOST_BYTES}


_READERS: dict[MediaType, Callable[[bytes], Gathered]] = {
    MediaType.TEXT: read_plain,
    MediaType.PDF: read_pdf,
    MediaType.DOCX: lambda content: read_word(_parts(content)),
    MediaType.ODT: lambda content: read_open_text(_parts(content)),
}


def rehearse() -> None:
    """Read a little of each kind, so that every library has imported what it imports late."""
    rehearse_examining()
    read(b"1. Text", {"name": "a.txt"})
    read_word({"word/document.xml": f'<w:document xmlns:w="{W[1:-1]}"><w:body/></w:document>'.encode()})
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_a_font()))
    page.obj.Contents = document.make_stream(b"BT /F 12 Tf 72 700 Td (1. Text) Tj ET")
    written = io.BytesIO()
    document.save(written)
    read(written.getvalue(), {"name": "a.pdf"})


def _a_font() -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Encoding=name.WinAnsiEncoding
    )
