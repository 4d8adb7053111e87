"""What happens to the numbers of documents and to what their symbols are made of."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject


@fact("directives.series_opened", subject=Subject.NUMBER_SERIES)
class SeriesOpened(Placed):
    """The first number of a unit's series in a year was asked for."""

    unit_id: UUID
    series: str
    year: int
    last: int = 0
    sentence = _("Series {series} of {year} opened")


@fact("directives.series_continued", subject=Subject.NUMBER_SERIES)
class SeriesContinued(Fact):
    """Numbers of the year were given before Thammuu gave any; it goes on after the last of them."""

    last: int
    sentence = _("Numbers up to {last} were given before")


@fact("directives.number_taken", subject=Subject.NUMBER_SERIES)
class NumberTaken(Fact):
    """A document took the next number."""

    last: int
    sentence = _("Number {last} taken")


@fact("directives.symbol_given", subject=Subject.UNIT_SYMBOL)
class SymbolGiven(Placed):
    """A unit has an abbreviation for the symbols of documents."""

    unit_id: UUID
    abbreviation: str
    sentence = _("Abbreviation in symbols: {abbreviation}")


@fact("directives.type_added", subject=Subject.DOCUMENT_TYPE)
class TypeAdded(Placed):
    """A unit has a type of document of its own."""

    unit_id: UUID
    name: str
    abbreviation: str
    series: str
    sentence = _("Type of document added: {name} ({abbreviation})")
