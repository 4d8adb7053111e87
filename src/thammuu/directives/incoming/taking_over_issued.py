"""A line of an outgoing register, read and judged, as the issued document that it is put on record as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from thammuu.directives.documents.actions import Issued
from thammuu.directives.documents.kinds import LETTER, Kind
from thammuu.directives.importing import Column, Line
from thammuu.kernel.text import fold


@dataclass
class IssuedReader:
    """Reads the lines one after the other. `kinds` are the unit's types by code, `taken` the numbers that are given.

    A number is a year, a series and a number; what a line has is taken from then on.
    """

    kinds: Mapping[str, Kind]
    taken: set[tuple[int, str, int]]
    _by_name: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_name = sorted(
            ((fold(kind.name), code) for code, kind in self.kinds.items()), key=lambda one: -len(one[0])
        )

    def read(self, line: Line, left: bool) -> tuple[Issued | None, list[str]]:
        """Return what the line is put on record as, or why it cannot be; `left` if it is on record already."""
        dated = line.values[Column.DATED]
        if line.symbol is None or not isinstance(dated, date):
            return None, [_("Without number, symbol and day it is not taken over.")]
        symbol, subject = str(line.values[Column.SYMBOL]), str(line.values[Column.ABSTRACT])
        code = self._type(line.symbol.notation, subject)
        number = dated.year, self.kinds[code].series, line.symbol.number
        if number in self.taken:
            if left:
                return None, []
            told = _("Number {number} of {year} in the series of “{type}” is taken.")
            return None, [told.format(number=number[2], year=number[0], type=self.kinds[code].name)]
        self.taken.add(number)
        recipients = (part.strip() for part in str(line.values.get(Column.RECIPIENTS, "")).split(";"))
        issued = Issued(
            type=code, number=line.symbol.number, symbol=symbol, dated=dated, abstract=self._abstract(code, subject),
            signer=str(line.values.get(Column.SIGNER, ""))[:200], recipients="\n".join(filter(None, recipients))[:5000],
        )  # fmt: skip
        return issued, []

    def _type(self, notation: str, subject: str) -> str:
        """Return the type that the symbol names ("CT" of "CT-BCA"), else the one that the subject begins with.

        What names none is an official letter: its symbol has no abbreviation (Decree 30/2020/NĐ-CP, appendix I).
        """
        named = notation.replace("/", "-").split("-")[0].upper()
        by_symbol = (code for code, kind in self.kinds.items() if kind.abbreviation.upper() == named)
        words = f"{fold(subject)} "
        by_subject = (code for name, code in self._by_name if words.startswith(f"{name} "))
        return next(by_symbol, None) or next(by_subject, LETTER)

    def _abstract(self, code: str, subject: str) -> str:
        """Return the subject without the name of the type before it, which the register's column has in one."""
        name = self.kinds[code].name
        rest = subject[len(name) :].lstrip(" :–-") if fold(subject).startswith(f"{fold(name)} ") else subject
        return rest[:1].upper() + rest[1:]
