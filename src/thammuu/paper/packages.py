"""Office files that are ZIP packages (OOXML, OpenDocument): unpacked within limits, looked through, written anew.

What starts something, loads something from elsewhere or carries other files is refused. What remains is written anew
part by part, without the properties that tell who wrote it and when, and without what stood before or behind it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from thammuu.paper.embedded import without_metadata
from thammuu.paper.office_xml import properties_emptied, unfit_part
from thammuu.paper.rules import Unfit

MOST_PARTS = 5_000
MOST_BYTES = 256 * 1024 * 1024
MOST_NESTED = 1
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures.xml")
_MACROS = re.compile(
    r"vba(project|data)|/macrosheets/|/activex/|^basic/|^scripts/|/customui/|^customui/", re.IGNORECASE
)
_BACKWARDS = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[a-z]:|[\x00-\x1f]", re.IGNORECASE)
_OLE, _PK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_STRANGE = (_OLE, b"MZ", b"\x7fELF", b"%PDF-", b"#!", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_THUMBNAIL = re.compile(r"^(docProps/thumbnail\.|Thumbnails/)", re.IGNORECASE)
_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
_END = b"PK\x05\x06"
_END_BYTES = 22


class _Refused(Exception):
    def __init__(self, why: Unfit) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class _Room:
    """Bytes that may still be unpacked, over all parts and packages inside packages."""

    left: int = MOST_BYTES

    def unpack(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
        """Return a part's bytes; what the package says of their number is not believed."""
        with package.open(part) as file:
            content = file.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise _Refused(Unfit.TOO_MUCH)
        return content


def clean_package(content: bytes) -> bytes | Unfit:
    """Return the package made harmless, or why it is not taken. A signed one stays as it is: its signature holds."""
    try:
        return _clean(content, _Room(), 0)
    except _Refused as refused:
        return refused.why
    except (*_FAULTS, etree.LxmlError):
        return Unfit.DAMAGED


def has_package_behind(content: bytes) -> bool:
    """Whether a ZIP ends where the bytes end, so that unpackers see one, whatever stands before."""
    return _END in content[-65_557:]


def _clean(content: bytes, room: _Room, nested: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        names = [part.filename for part in parts]
        _check_names(parts, names)
        if any(name.startswith(_SIGNED) for name in names):
            _check_edges(content)
            for _part, _content in _looked_through(package, parts, room, nested):
                pass
            return content
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as fresh:
            for part, inside in _looked_through(package, parts, room, nested):
                if _THUMBNAIL.match(part.filename) or part.is_dir():
                    continue
                # Of the old entry only its name and whether it was compressed remain.
                entry = zipfile.ZipInfo(part.filename)
                entry.compress_type = zipfile.ZIP_DEFLATED if part.compress_type else zipfile.ZIP_STORED
                fresh.writestr(entry, properties_emptied(part.filename, without_metadata(inside)))
        return written.getvalue()


def _looked_through(
    package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], room: _Room, nested: int
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Yield every part with its bytes, a package inside made harmless itself; stop at the first that is not."""
    for part in parts:
        content = room.unpack(package, part)
        why = unfit_part(part.filename, content)
        if why:
            raise _Refused(why)
        if content.startswith(_PK):
            if nested >= MOST_NESTED:
                raise _Refused(Unfit.EMBEDDED)
            content = _clean(content, room, nested + 1)
        elif content.startswith(_STRANGE):
            raise _Refused(Unfit.EMBEDDED)
        yield part, content


def _check_names(parts: list[zipfile.ZipInfo], names: list[str]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise _Refused(Unfit.TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused(Unfit.LOCKED)
    if any(_MACROS.search(name) for name in names):
        raise _Refused(Unfit.MACROS)
    if len({name.casefold() for name in names}) < len(names) or any(_BACKWARDS.search(name) for name in names):
        raise _Refused(Unfit.DAMAGED)


def _check_edges(content: bytes) -> None:
    """A package that stays as it is begins with its first part and ends with its directory."""
    end = content.rfind(_END)
    if not content.startswith(_PK) or end + _END_BYTES != len(content):
        raise _Refused(Unfit.MIXED)
