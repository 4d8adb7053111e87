"""The print of a seal: the picture that an operator lays beside it, its size on paper, and where it belongs."""

import io

from thammuu.paper.signatures.sealing import Mark, SealFault, UnfitSeal
from thammuu.paper.typesetting.official import Room

SMALLEST_MM, LARGEST_MM = 20, 50
SIGNATURE_MM = 40
"""How wide a signature is taken to be."""
_MM_OF_AN_INCH, _POINTS_OF_AN_INCH = 25.4, 72


def size_of(picture: bytes) -> tuple[float, float]:
    """Return width and height of a print in mm, by its resolution.

    Raises `UnfitSeal` unless it is a PNG between 20 and 50 mm: it is as large as the seal itself (Decree
    30/2020/NĐ-CP, appendix I, II.8).
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture), formats=["PNG"]) as opened:
            opened.load()
            across, down = opened.info.get("dpi", (0, 0))
            size = opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise UnfitSeal(SealFault.PICTURE) from None
    if not across or not down:
        raise UnfitSeal(SealFault.PICTURE)
    width, height = size[0] / across * _MM_OF_AN_INCH, size[1] / down * _MM_OF_AN_INCH
    if not all(SMALLEST_MM <= side <= LARGEST_MM for side in (width, height)):
        raise UnfitSeal(SealFault.PICTURE)
    return width, height


def mark_in(room: Room, picture: bytes) -> Mark:
    """Return the print where it belongs: over the left third of the signature (the decree's appendix I, II.8).

    Raises `UnfitSeal` as `size_of` does.
    """
    points = _POINTS_OF_AN_INCH / _MM_OF_AN_INCH
    width, height = (side * points for side in size_of(picture))
    right = room.x - (SIGNATURE_MM / 2 - SIGNATURE_MM / 3) * points
    bottom = room.y - height / 2
    return Mark(picture, room.page, (round(right - width), round(bottom), round(right), round(bottom + height)))
