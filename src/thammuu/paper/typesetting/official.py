"""What an administrative document consists of, and its setting as PDF.

The parts and their order follow Decree 30/2020/NĐ-CP, article 8 and appendix I. The measures stand in `official.typ`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

HERE = Path(__file__).parent
TEMPLATE = HERE / "official.typ"
FONTS = HERE / "fonts"
PAGE_HEIGHT = 297 / 25.4 * 72
"""Of A4, in points."""


class Urgency(StrEnum):
    """The stamps of urgency, in the decree's words."""

    NONE = ""
    URGENT = "KHẨN"
    MOST_URGENT = "THƯỢNG KHẨN"
    FLASH = "HỎA TỐC"


class BlockKind(StrEnum):
    """What a block of the text is."""

    CHAPTER = "chapter"
    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text: its label ("Điều 1.", "1.", "a)", or "") and its words."""

    text: str
    label: str = ""
    kind: BlockKind = BlockKind.TEXT


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of the capacity ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG") and the name; "" while it is not signed."""

    capacity: Sequence[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document ready to be set.

    `number` is number and symbol ("15/CT-BCA"); "" leaves room for the number. `type` is the name of the type, "" for
    an official letter (công văn), whose abstract then stands below the number. The last of `recipients` is the archive.
    """

    issuer: str
    place: str
    abstract: str
    blocks: Sequence[Block]
    signature: Signature
    recipients: Sequence[str]
    parent: str = ""
    number: str = ""
    day: date | None = None
    type: str = ""
    addressed: Sequence[str] = ()
    grounds: Sequence[str] = ()
    urgency: Urgency = Urgency.NONE
    circulation: str = ""
    language: str = field(default="vi")


def dated(place: str, day: date | None) -> str:
    """Return place and date; days below ten and the first two months have two digits (the decree's appendix I, II.4).

    Without a day there is room for it to be written.
    """
    if day is None:
        return f"{place}, ngày      tháng      năm"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


@dataclass(frozen=True, slots=True)
class Room:
    """Where one signs: the page (0 is the first) and the middle of the room there, in points from its lower left."""

    page: int
    x: float
    y: float


def typeset(document: OfficialDocument) -> bytes:
    """Return the document as PDF, the same bytes for the same document."""
    import typst

    pdf: bytes = typst.compile(str(TEMPLATE), timestamp=0, **_setting(document))
    return pdf


def room_for_signature(document: OfficialDocument) -> Room:
    """Return where in the PDF of `typeset` the room for the signature is."""
    import typst

    told = orjson.loads(typst.query(str(TEMPLATE), "<room>", field="value", one=True, **_setting(document)))
    return Room(told["page"] - 1, told["x"], PAGE_HEIGHT - told["y"])


def _setting(document: OfficialDocument) -> dict[str, Any]:
    data = {
        **asdict(document),
        "number": document.number or "      ",
        "title": document.abstract,
        "dated": dated(document.place, document.day),
        "subject": "" if document.type else f"V/v {document.abstract}",
    }
    del data["day"]
    text = unicodedata.normalize("NFC", orjson.dumps(data).decode())
    return {
        "root": str(HERE),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"document": text},
    }
