"""The text of a PDF that has one (ISO 32000-1): lines put together into paragraphs by where they stand on the page.

A paragraph begins where a line is indented, follows a short one, stands apart, or begins with a label. Page numbers
and what returns at the head or foot of pages are left out.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTFigure, LTImage, LTPage, LTTextContainer, LTTextLine

from thammuu.paper.reading.labels import begins_with_label
from thammuu.paper.reading.lines import Gathered, Unread

MOST_PAGES = 300
INDENT = 8.0
SHORT = 50.0
APART = 1.45
EDGE = 0.1
"""Points by which a first line is indented, and by which a last line is short; the greatest step from line to line, in
usual steps; the part of a page's height that is its head or foot."""

_RETURNS = 3


@dataclass(frozen=True, slots=True)
class _Set:
    """A line as set: its words, where it begins and ends (points from the left), its base line from below, its page."""

    text: str
    left: float
    right: float
    base: float
    page: int
    at_edge: bool


class NoText(Exception):
    """No page has any text: it was scanned."""


class TooManyPages(Exception):
    """There are more pages than are read."""


def read_pdf(content: bytes) -> Gathered:
    """Return the paragraphs. Raises `NoText`, `TooManyPages`, and what pdfminer raises for one that it cannot read."""
    gathered = Gathered()
    found: list[_Set] = []
    layout = LAParams(boxes_flow=None)
    pages = extract_pages(io.BytesIO(content), maxpages=MOST_PAGES + 1, laparams=layout)
    for number, page in enumerate(pages, 1):
        if number > MOST_PAGES:
            raise TooManyPages
        lines = sorted(_lines(page, number), key=lambda line: (-round(line.base), line.left))
        if not lines:
            gathered.notice(Unread.PAGE, number)
        for element in page:
            if isinstance(element, LTFigure) and any(isinstance(inner, LTImage) for inner in element):
                gathered.notice(Unread.PICTURE)
        found += _joined(lines)
    if not found:
        raise NoText
    kept = [line for line in found if not _runs(line, found)]
    for _line in range(len(found) - len(kept)):
        gathered.notice(Unread.RUNNING, 1)
    for paragraph in _paragraphs(kept):
        gathered.add(paragraph)
    return gathered


def _lines(page: LTPage, number: int) -> Iterator[_Set]:
    for box in page:
        for line in box if isinstance(box, LTTextContainer) else ():
            if isinstance(line, LTTextLine) and line.get_text().strip():
                high = line.y0 > page.height * (1 - EDGE) or line.y1 < page.height * EDGE
                yield _Set(line.get_text().strip(), line.x0, line.x1, line.y0, number, high)


def _joined(lines: Sequence[_Set]) -> list[_Set]:
    """Put what stands side by side on one line: a label set apart from its words, the columns of a head."""
    found: list[_Set] = []
    for line in lines:
        last = found[-1] if found else None
        if last and abs(last.base - line.base) < 2 and line.left >= last.right - 1:
            found[-1] = _Set(f"{last.text} {line.text}", last.left, line.right, last.base, last.page, last.at_edge)
        else:
            found.append(line)
    return found


def _runs(line: _Set, lines: Sequence[_Set]) -> bool:
    """Whether a line is a page's number, or returns at the same height of several pages."""
    if not line.at_edge:
        return False
    if line.text.strip("-– /").isdecimal():
        return True
    same = {each.page for each in lines if each.at_edge and each.text == line.text and abs(each.base - line.base) < 2}
    return len(same) >= _RETURNS


def _paragraphs(lines: Sequence[_Set]) -> Iterator[str]:
    if not lines:
        return
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    right = max(line.right for line in lines)
    steps = [one.base - other.base for one, other in pairwise(lines) if one.page == other.page]
    step = median([each for each in steps if each > 2] or [1.0])
    waiting = ""
    for number, line in enumerate(lines):
        last = lines[number - 1] if number else None
        if last and not _begins(line, last, left, right, step):
            waiting = f"{waiting} {line.text}"
            continue
        if waiting:
            yield waiting
        waiting = line.text
    yield waiting


def _begins(line: _Set, last: _Set, left: float, right: float, step: float) -> bool:
    if last.right < right - SHORT or line.left > left + INDENT or begins_with_label(line.text):
        return True
    return line.page == last.page and last.base - line.base > APART * step
