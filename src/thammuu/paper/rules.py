"""What an attachment may be: told by its bytes, never by its name. Pure."""

import io
import re
import unicodedata
import zipfile
from enum import StrEnum


class MediaType(StrEnum):
    """The types that are taken; everything else is refused."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    TEXT = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"


class Unfit(StrEnum):
    """Why bytes are not taken."""

    EMPTY = "empty"
    SCRIPTABLE = "scriptable"
    MACROS = "macros"
    ACTIVE = "active"
    REMOTE = "remote"
    EMBEDDED = "embedded"
    LOCKED = "locked"
    MIXED = "mixed"
    HEIC = "heic"
    DAMAGED = "damaged"
    PIXELS = "pixels"
    TOO_MUCH = "too_much"
    UNKNOWN = "unknown"


PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
PACKAGES = frozenset({MediaType.DOCX, MediaType.XLSX, MediaType.PPTX, MediaType.ODT, MediaType.ODS, MediaType.ODP})
COMPOUNDS = frozenset({MediaType.DOC, MediaType.XLS, MediaType.PPT})
COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES: dict[MediaType, tuple[str, ...]] = {
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.WEBP: (".webp",),
    MediaType.PDF: (".pdf",),
    MediaType.TEXT: (".txt", ".csv", ".log", ".md"),
    MediaType.DOCX: (".docx",),
    MediaType.XLSX: (".xlsx",),
    MediaType.PPTX: (".pptx",),
    MediaType.ODT: (".odt",),
    MediaType.ODS: (".ods",),
    MediaType.ODP: (".odp",),
    MediaType.DOC: (".doc",),
    MediaType.XLS: (".xls",),
    MediaType.PPT: (".ppt",),
}
LONGEST_NAME = 120

_OFFICE_PARTS = {"word/": MediaType.DOCX, "xl/": MediaType.XLSX, "ppt/": MediaType.PPTX}
_OPEN_DOCUMENTS = {str(kind): kind for kind in (MediaType.ODT, MediaType.ODS, MediaType.ODP)}
# The names of streams in a compound file, as its directory writes them.
_OLD_OFFICE = {
    "WordDocument": MediaType.DOC,
    "Workbook": MediaType.XLS,
    "PowerPoint Document": MediaType.PPT,
}
_MOST_PARTS = 20_000
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FORMULA = re.compile(r"""(?:^|[\t,;|"'\n\r])[ \u00a0]*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d][^\d\s.,;+\-])""")
_MARKUP = re.compile(r"\s*<[a-z!?/]", re.IGNORECASE)
_ACTIVE_MARKUP = re.compile(r"<\s*(script|svg|html|iframe|object|embed|\?xml|!doctype)", re.IGNORECASE)


def recognise(content: bytes) -> MediaType | Unfit:
    """Return the type that the bytes have, or why they are not taken. Nothing is unpacked."""
    if not content:
        return Unfit.EMPTY
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Unfit.HEIC
    if content.startswith(b"%PDF-"):
        return MediaType.PDF
    if content.startswith(b"PK\x03\x04"):
        return _recognise_package(content)
    if content.startswith(COMPOUND_START):
        return _recognise_compound(content)
    return _recognise_text(content)


def plain_name(name: str) -> str:
    """Return the last part of a name without anything that could hide, turn round or break a line; to be shown."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    # Format characters (Cf) can turn the direction of a name round and hide its ending.
    kept = "".join(" " if unicodedata.category(sign)[0] == "C" or sign in '<>:"|?*' else sign for sign in last)
    return " ".join(kept.split()).strip(". ")[:LONGEST_NAME].strip(". ")


def safe_name(name: str, kind: MediaType, *, formulas: bool = False) -> str:
    """Return a name without folders, control characters or a false ending, at most 120 characters long.

    A name that came with another ending gets the one of its type: "a.html" of a photo becomes "a.html.jpg". The name
    of a device ("CON", "lpt1.x"), which Windows would open instead of a file, gets a line before it. A table in text
    with `formulas` ends as a text, so that no spreadsheet opens it by itself.
    """
    clean = plain_name(name)
    endings = SUFFIXES[kind]
    stem, ending = clean, endings[0]
    for known in endings:
        if clean.lower().endswith(known):
            stem, ending = clean[: -len(known)].rstrip(". "), known
    if formulas and ending == ".csv":
        ending = ".txt"
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip('. ') or 'file'}{ending}"


def has_formulas(content: bytes) -> bool:
    """Whether a spreadsheet that opens the text as a table could take a cell for a formula."""
    return _FORMULA.search(content.decode("utf-8-sig", "replace")) is not None


def _recognise_package(content: bytes) -> MediaType | Unfit:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            if len(parts) > _MOST_PARTS:
                return Unfit.UNKNOWN
            if names and names[0] == "mimetype" and parts[0].file_size < 200:
                with package.open("mimetype") as file:
                    kind = _OPEN_DOCUMENTS.get(file.read(200).decode("ascii", "replace"), Unfit.UNKNOWN)
                scripted = any(name.startswith(("Basic/", "Scripts/")) for name in names)
                return Unfit.MACROS if scripted else kind
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return Unfit.UNKNOWN
    if "[Content_Types].xml" not in names:
        return Unfit.UNKNOWN
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Unfit.MACROS
    return next((kind for start, kind in _OFFICE_PARTS.items() if _has(names, start)), Unfit.UNKNOWN)


def _has(names: list[str], start: str) -> bool:
    return any(name.startswith(start) for name in names)


def _recognise_compound(content: bytes) -> MediaType | Unfit:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return Unfit.MACROS
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Unfit.LOCKED
    found = (kind for name, kind in _OLD_OFFICE.items() if name.encode("utf-16-le") in content)
    return next(found, Unfit.UNKNOWN)


def _recognise_text(content: bytes) -> MediaType | Unfit:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unfit.UNKNOWN
    if _MARKUP.match(text) or _ACTIVE_MARKUP.search(text):
        return Unfit.SCRIPTABLE
    return Unfit.UNKNOWN if _CONTROL.search(text) else MediaType.TEXT
