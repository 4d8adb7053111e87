"""The reader of attachments, which runs in the sandbox: recognises a file by its bytes and makes it harmless."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from thammuu.paper.compounds import unfit_compound
from thammuu.paper.packages import clean_package, has_package_behind
from thammuu.paper.pdfs import clean_pdf
from thammuu.paper.pictures import DamagedPicture, TooManyPixels, redraw
from thammuu.paper.rules import COMPOUND_START, COMPOUNDS, PACKAGES, PICTURES, MediaType, Unfit, has_formulas, recognise
from thammuu.paper.sandbox.answers import Answer


def examine(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """Say what a file is: `kind`, a media type, or `unfit`, the reason why it is not taken.

    Of a picture also `width` and `height`, in pixels, and two blobs: the picture drawn anew, and its thumbnail. Of any
    other file one blob where it was made harmless, and none where it may stay as it came; `formulas` tells a text in
    which a spreadsheet would find some. The argument `pixels` is the most that a picture may have.
    """
    kind = recognise(content)
    if isinstance(kind, Unfit):
        return Answer({"unfit": kind})
    if kind in PICTURES:
        return _picture(content, kind, int(arguments["pixels"]))
    cleaned = harmless(content, kind)
    if isinstance(cleaned, Unfit):
        return Answer({"unfit": cleaned})
    told = {"kind": kind, "formulas": kind == MediaType.TEXT and has_formulas(cleaned)}
    return Answer(told, [] if cleaned is content else [cleaned])


def _picture(content: bytes, kind: MediaType, most_pixels: int) -> Answer:
    try:
        picture = redraw(content, kind, most_pixels)
    except DamagedPicture:
        return Answer({"unfit": Unfit.DAMAGED})
    except TooManyPixels:
        return Answer({"unfit": Unfit.PIXELS})
    return Answer(
        {"kind": kind, "width": picture.width, "height": picture.height}, [picture.content, picture.thumbnail]
    )


def harmless(content: bytes, kind: MediaType) -> bytes | Unfit:
    """Return a document made harmless (the very same object where it stays as it came), or why it is not taken."""
    if kind in PACKAGES:
        return clean_package(content)
    cleaned = clean_pdf(content) if kind == MediaType.PDF else content
    if isinstance(cleaned, Unfit):
        return cleaned
    if cleaned is content and has_package_behind(content):
        return Unfit.MIXED
    if kind in COMPOUNDS:
        return unfit_compound(content, kind) or content
    return cleaned


def rehearse() -> None:
    """Read a file of each kind, so that every library has imported what it imports late."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        picture = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        image = Image.new("RGB", (8, 8))
        image.save(picture, kind, exif=exif, icc_profile=profile)
        examine(picture.getvalue(), {"pixels": 100})
    examine(b"text", {})
    document = pikepdf.new()
    document.add_blank_page()
    blank = io.BytesIO()
    document.save(blank)
    examine(blank.getvalue(), {})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        package.writestr("docProps/core.xml", "<coreProperties/>")
    examine(packed.getvalue(), {})
    examine(b"PK\3\4", {})
    examine(COMPOUND_START + "Workbook".encode("utf-16-le"), {})
