"""A text as the rules read it: one kind of space, stop and digit, and lines that were only wrapped put together.

Texts come out of pictures, tables and other programs: with letters in pieces, hard spaces, wide commas, and lines that
end in the middle of a date.
"""

import re

from thammuu.kernel.text import nfc

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((9, 11, 12, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_NOTHING = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_PLAIN = _WIDE | _SPACES | _NOTHING | {0x3001: ",", 0x3002: ".", 0x2010: "-", 0x2011: "-", 0x0D: "\n", 0x2028: "\n"}

_LOWER = "[^\\W\\d_A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_PAGE = re.compile(rf"(?<![\s.;:!?…])\n-? ?\d{{1,3}} ?-?\n(?={_LOWER})")
"""The number of a page, in the middle of a sentence."""
_NEEDY = "".join(
    rf"(?<=\b{word})|"
    for word in (
        *("và", "do", "từ", "số", "là", "của", "với", "cho", "tại", "các"),
        *("quý", "năm", "ngày", "giao", "theo", "tháng", "trước"),
    )
)
_WRAPPED = re.compile(rf"(?<![.;:!?…\n])\n(?=\(?{_LOWER}(?![.)] ))|(?:{_NEEDY}(?<=[,/]))\n(?=\(?\w(?!\w{{0,3}}[.)] ))")
"""The end of a line that ends no sentence: small letters follow, or the line ends with a word that needs another."""


def readable(text: str) -> str:
    """Return the text in the form in which it is read; doing so twice changes nothing more."""
    text = nfc(text).replace("\r\n", "\n").translate(_PLAIN)
    while (smoothed := _smoothed(text)) != text:
        text = smoothed
    return text


def _smoothed(text: str) -> str:
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", nfc(text))).strip(" ")
    text = re.sub(r"(?<=\w) (?=[,;])", "", text)
    text = re.sub(r"(?<=[^\W\d_]),(?=[^\W\d_])", ", ", text)
    text = _WRAPPED.sub(" ", _PAGE.sub(" ", text))
    return re.sub(r"(?<=\d) ?/ ?(?=\d)", "/", text)
