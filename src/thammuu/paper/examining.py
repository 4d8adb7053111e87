"""The reader of attachments, which runs in the sandbox: recognises a file by its bytes and makes it harmless."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageCms

from thammuu.paper.pictures import DamagedPicture, TooManyPixels, redraw
from thammuu.paper.rules import PICTURES, Unfit, recognise
from thammuu.paper.sandbox.answers import Answer


def examine(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """Say what a file is: `kind`, a media type, or `unfit`, the reason why it is not taken.

    Of a picture also `width` and `height`, in pixels, and two blobs: the picture drawn anew, and its thumbnail. Of any
    other file one blob where it was made harmless, and none where it may stay as it came. The argument `pixels` is
    the most that a picture may have.
    """
    kind = recognise(content)
    if isinstance(kind, Unfit):
        return Answer({"unfit": kind})
    if kind not in PICTURES:
        return Answer({"kind": kind})
    try:
        picture = redraw(content, kind, int(arguments["pixels"]))
    except DamagedPicture:
        return Answer({"unfit": Unfit.DAMAGED})
    except TooManyPixels:
        return Answer({"unfit": Unfit.PIXELS})
    return Answer(
        {"kind": kind, "width": picture.width, "height": picture.height}, [picture.content, picture.thumbnail]
    )


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
