"""Pictures are drawn anew from their pixels: position, device, time, comments and hidden tails do not survive.

The limits hold before any pixel is read.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from thammuu.paper.rules import MediaType

THUMBNAIL_SIDE = 480
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_SRGB = ImageCms.createProfile("sRGB")
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
        encoded, size = _encoded(bare, kind), bare.size
        bare.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Picture(encoded, *size, _encoded(bare.convert("RGB"), MediaType.JPEG))
    except (TooManyPixels, Image.DecompressionBombError):
        raise TooManyPixels from None
    except _FAULTS as fault:
        raise DamagedPicture(str(fault)) from fault


def _bare(opened: Image.Image) -> Image.Image:
    """Return only the pixels, upright and in sRGB, on a new image that never knew the metadata."""
    profile = opened.info.get("icc_profile")
    ImageOps.exif_transpose(opened, in_place=True)
    transparent = opened.has_transparency_data and opened.format != "JPEG"
    mode = "RGBA" if transparent else "RGB"
    bare = Image.new(mode, opened.size)
    bare.paste(opened if opened.mode == mode else opened.convert(mode))
    if profile and opened.mode in ("RGB", "RGBA"):
        _to_srgb(bare, profile)
    return bare


def _to_srgb(bare: Image.Image, profile: bytes) -> None:
    """Turn the colours that a camera's own profile means into those that every screen shows; in place.

    A profile that cannot be read is as good as none.
    """
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" not in ImageCms.getProfileDescription(own):
            ImageCms.profileToProfile(bare, own, _SRGB, inPlace=True)
    except (ImageCms.PyCMSError, *_FAULTS):
        return


def _encoded(image: Image.Image, kind: MediaType) -> bytes:
    buffer = io.BytesIO()
    if kind == MediaType.JPEG:
        image.save(buffer, "JPEG", quality=88, optimize=False)
    elif kind == MediaType.PNG:
        image.save(buffer, "PNG", compress_level=6)
    else:
        image.save(buffer, "WEBP", quality=88, method=2)
    return buffer.getvalue()
