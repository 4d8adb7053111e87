"""Files as they arrive: made here, real in every byte."""

import io
import struct
import zipfile
import zlib
from fractions import Fraction

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from thammuu.paper.pictures import _FORMATS
from thammuu.paper.rules import MediaType


def upload(content: bytes, name: str = "a.bin") -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # as hostile clients send it: Django's own setter would clean it
    return file


def photo(kind: MediaType = MediaType.JPEG, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture whose left half is red, with a position, a device, a time and an orientation of a quarter turn."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn clockwise
    exif[0x010F] = "SECRETMAKER"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (Fraction(21), Fraction(1), Fraction(42))
    gps[3], gps[4] = "E", (Fraction(105), Fraction(51), Fraction(15))
    buffer = io.BytesIO()
    extra: dict[str, object] = {"exif": exif}
    if kind == MediaType.PNG:
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "SECRETNOTE")
        extra["pnginfo"] = notes
    if kind == MediaType.JPEG:
        extra["comment"] = b"SECRETNOTE"
    image.save(buffer, _FORMATS[kind], **extra)
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it unfolds to width × height pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()
