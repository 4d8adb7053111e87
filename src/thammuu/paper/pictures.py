"""Pictures are drawn anew from their pixels: position, device, time, comments and hidden tails do not survive.

The limits hold before any pixel is read.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from thammuu.paper.rules import MediaType

THUMBNAIL_SIDE = 480
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
# What Pillow raises for bytes that only pretend to be a picture.
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError)


class DamagedPicture(Exception):
    """The bytes begin like a picture and are none."""


class TooManyPixels(Exception):
    """The picture would unfold to more pixels than the limit."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew. Sizes in pixels, upright; `thumbnail` is a JPEG with sides of at most 480 pixels."""

    content: bytes
    width: int
    height: int
    thumbnail: bytes


def redraw(content: bytes, kind: MediaType, most_pixels: int) -> Picture:
    """Return the picture turned upright and without any metadata, in its own format; of a moving one the first frame.

    Raises `DamagedPicture` or `TooManyPixels`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as opened:
                if opened.width * opened.height > most_pixels:
                    raise TooManyPixels
                bare = _bare(opened)
        small = bare.convert("RGB") if bare.mode != "RGB" else bare.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Picture(_encoded(bare, kind), bare.width, bare.height, _encoded(small, MediaType.JPEG))
    except (TooManyPixels, Image.DecompressionBombError):
        raise TooManyPixels from None
    except _FAULTS as fault:
        raise DamagedPicture(str(fault)) from fault


def _bare(opened: Image.Image) -> Image.Image:
    """Return only the pixels, upright, on a new image that never knew the metadata."""
    upright = ImageOps.exif_transpose(opened)
    transparent = upright.has_transparency_data and opened.format != "JPEG"
    mode = "RGBA" if transparent else "RGB"
    bare = Image.new(mode, upright.size)
    bare.paste(upright.convert(mode))
    return bare


def _encoded(image: Image.Image, kind: MediaType) -> bytes:
    buffer = io.BytesIO()
    if kind == MediaType.JPEG:
        image.save(buffer, "JPEG", quality=88, optimize=False)
    elif kind == MediaType.PNG:
        image.save(buffer, "PNG", compress_level=6)
    else:
        image.save(buffer, "WEBP", quality=88, method=2)
    return buffer.getvalue()
