"""Tables on paper: a title, what they tell and as of when, and the tables themselves; as PDF and as DOCX.

Cells are text or numbers, already in the words of the reader's language. A4 across, so that wide tables fit.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import orjson
from django.utils.formats import number_format

from thammuu.paper.packages import clean_package
from thammuu.paper.typesetting.official import FONTS

HERE = Path(__file__).parent / "typesetting"
Cell = str | int | float | None
FIRST, OTHER = 48, 18


@dataclass(frozen=True, slots=True)
class Table:
    """A table: each row has as many cells as there are columns.

    `widths` are those of the columns, in signs; without them the first is the widest. A table alone on its paper needs
    no `name`.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()

    def widths_of(self) -> Sequence[int]:
        """Return the widths of the columns, in signs."""
        return self.widths or (FIRST, *(OTHER,) * (len(self.columns) - 1))


@dataclass(frozen=True, slots=True)
class TablePaper:
    """Tables with their heading. `told` stands below the title, a line each: the day, the cut-off, the filters."""

    title: str
    told: Sequence[str]
    tables: Sequence[Table]
    language: str = "vi"


def typeset(paper: TablePaper) -> bytes:
    """Return the tables as PDF, the same bytes for the same tables."""
    import typst

    data = {
        "title": paper.title,
        "told": paper.told,
        "language": paper.language,
        "tables": [
            {
                "name": table.name,
                "columns": table.columns,
                "widths": table.widths_of(),
                "rows": [[{"text": shown(cell), "number": is_number(cell)} for cell in row] for row in table.rows],
            }
            for table in paper.tables
        ],
    }
    return typst.compile(
        str(HERE / "tabular.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": unicodedata.normalize("NFC", orjson.dumps(data).decode())},
        timestamp=0,
    )


def write(paper: TablePaper) -> bytes:
    """Return the tables as DOCX, the same bytes for the same tables."""
    from thammuu.paper.wordfiles.tabular import filled

    saved, word_document = io.BytesIO(), filled(paper)
    word_document.save(saved)
    # Written anew it has no dates, no properties and no picture of the library's template.
    return cast(bytes, clean_package(saved.getvalue()))


def is_number(cell: Cell) -> bool:
    """Say whether a cell is set to the right."""
    return isinstance(cell, int | float)


def shown(cell: Cell) -> str:
    """Return a cell as it stands on paper: a share as a percentage."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{number_format(100 * cell, 2)} %"
    return str(cell)
