"""Plain text: a line is a paragraph, unless lines were broken at a width."""

import codecs
import re

from thammuu.paper.reading.lines import Gathered

NARROW = 50
"""A line is only taken for a broken one if it has at least as many signs."""

_ENDS = re.compile(r"[.;:!?…”\"]\s*$")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def as_utf8(content: bytes) -> bytes:
    """Return a text of sixteen bits, which old editors call Unicode, as UTF-8; anything else as it is."""
    name = _MARKS.get(content[:2])
    if name is None:
        return content
    try:
        return content.decode(name).encode()
    except UnicodeError:
        return content


def read_plain(content: bytes) -> Gathered:
    """Return the lines of a text in UTF-8; a line that goes on with a small letter belongs to the one before."""
    gathered = Gathered()
    waiting = ""
    for line in content.decode("utf-8-sig").splitlines():
        if waiting and _goes_on(waiting, line):
            waiting = f"{waiting.rstrip()} {line.strip()}"
            continue
        gathered.add(waiting)
        waiting = line
    gathered.add(waiting)
    return gathered


def _goes_on(before: str, line: str) -> bool:
    words = line.strip()
    if len(before.strip()) < NARROW or _ENDS.search(before) or not words[:1].islower():
        return False
    return re.match(r"\w{1,2}[.)]", words) is None
