"""The words of a PDF as a browser prints it: what a reader finds when looking for text in it."""

import io
import re
from collections.abc import Iterator

import pikepdf

_HEX = r"<([0-9A-Fa-f]+)>\s*"
_BLOCK = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.S)


def pages_of(content: bytes) -> list[str]:
    """The letters of each page, in the order in which they are painted, without spaces and ends of lines."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return ["".join("".join(_painted(page)).split()) for page in pdf.pages]


def _painted(page: pikepdf.Page) -> Iterator[str]:
    fonts = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield "".join(letters.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font stands for: single ones and runs."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(font.ToUnicode.read_bytes().decode("latin-1")):
        if kind == "bfchar":
            for code, letter in re.findall(_HEX * 2, body):
                found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
        else:
            for first, last, letter in re.findall(_HEX * 3, body):
                for code in range(int(first, 16), int(last, 16) + 1):
                    found[code] = chr(int(letter, 16) + code - int(first, 16))
    return found
