"""Assignments proposed from a decision's text, with the units that may be charged and the words that say so."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.extraction import Proposal, Unreadable, fault_of, propose, unread_in
from thammuu.directives.extraction.words import Person, Words
from thammuu.kernel import clock
from thammuu.kernel.calendar import END_OF_WORKING_DAY, is_working_day
from thammuu.kernel.clock import ORGANISATION_ZONE
from thammuu.kernel.names import NameIndex, words_of

LONGEST_TASK, LONGEST_PRODUCT = 300, 500


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause; `kind` is "lead", "supporting", "deadline", "product", or "" for the rest."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the units it names among those that take orders; `strangers` are bodies that are none of them.

    `deadline` is aware, at the end of the working day unless the text says an hour; None if it comes again or counts
    from something that is not known.
    """

    proposal: Proposal
    pieces: tuple[Piece, ...]
    leads: tuple[UUID, ...]
    supporting: tuple[UUID, ...]
    strangers: tuple[str, ...]
    deadline: datetime | None
    issued_on: date

    @property
    def choose_yourself(self) -> str:
        """Return what an officer is told of bodies that are no unit one may charge from here."""
        return _("Not found among the units that take orders from here; choose: {names}").format(
            names="; ".join(self.strangers)
        )

    def doubts(self) -> Iterator[str]:
        """Give what an officer must look at before using it: what was guessed, not found or does not add up."""
        proposal, told = self.proposal, self.proposal.deadline
        if not proposal.leads:
            yield _("No lead unit was recognised.")
        if proposal.guessed:
            yield _("No word charges the lead unit; it was taken from its place in the sentence.")
        if len(proposal.leads) > 1:
            yield _("Several are named as lead: choose one, or each receives an assignment of its own.")
        if told is None:
            yield _("No deadline was recognised.")
        elif told.every:
            yield _("It comes again: set the first deadline yourself.")
        elif self.deadline is None:
            yield _("The deadline counts from something that is not known here: set it yourself.")
        else:
            yield from self._doubts_of_day(clock.day_of(self.deadline))
        if proposal.other_deadlines:
            others = "; ".join(one.words.text for one in proposal.other_deadlines)
            yield _("Other deadlines stand beside it: {words}").format(words=others)
        if not proposal.product:
            yield _("No product was recognised.")

    def _doubts_of_day(self, day: date) -> Iterator[str]:
        if day < self.issued_on:
            yield _("The deadline lies before the day of signing.")
        if not is_working_day(day):
            yield _("The deadline is no working day.")

    def initial(self) -> dict[str, object]:
        """Return what the form of an assignment begins with."""
        product = self.proposal.product
        return {
            "task": self.proposal.task.text[:LONGEST_TASK],
            "product": product.text[:LONGEST_PRODUCT] if product else "",
            "lead_units": [str(unit) for unit in self.leads],
            "supporting_units": [str(unit) for unit in self.supporting],
            "deadline": self.deadline,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text proposes, in its order, and the clauses of which nothing was understood."""

    found: Sequence[Proposed] = ()
    unread: Sequence[str] = ()


def proposed(text: str, issued_on: date, names: NameIndex[UUID], receivers: Collection[UUID]) -> Reading:
    """Read the `readable` text as signed on the day."""
    reader = _Reader(text, names, receivers)
    found = propose(text, issued_on, reader.known_end)
    unread = [words.text for words in unread_in(text, found)]
    return Reading([_proposed(one, issued_on, reader) for one in found if one.says_something()], unread)


def tasks_in(text: str, issued_on: date, names: NameIndex[UUID]) -> list[int]:
    """Return where in the `readable` text the clauses begin in which a task is recognised."""
    reader = _Reader(text, names, ())
    return [one.clause.words.start for one in propose(text, issued_on, reader.known_end) if charges(one)]


def charges(one: Proposal) -> bool:
    """Say whether a clause charges somebody in so many words, or names a product: it gives a task then."""
    return bool((one.leads and not one.guessed) or one.product)


def refusal_of(text: str) -> str:
    """Return why the text cannot be read and what helps, "" if it can."""
    fault = fault_of(text)
    if fault is None:
        return ""
    reasons = {
        Unreadable.NO_WORDS: _("There are no words to read. A scan has none: have its text recognised first."),
        Unreadable.TCVN3: _("The text is in the old encoding TCVN3 (ABC): convert it to Unicode first."),
        Unreadable.VNI: _("The text is in the old encoding VNI: convert it to Unicode first."),
        Unreadable.GARBLED: _("The letters were garbled on the way: open the file as UTF-8 and copy the text again."),
        Unreadable.LOOK_ALIKE: _("Line {line}: “{word}” has a letter that only looks Vietnamese. Type the word again."),
    }
    return reasons[fault.why].format(line=fault.line, word=fault.word)


class _Reader:
    """Finds the names of units in one text."""

    def __init__(self, text: str, names: NameIndex[UUID], receivers: Collection[UUID]) -> None:
        self._text = text
        self._words = words_of(text)
        self._at = {word.start: place for place, word in enumerate(self._words)}
        self._names = names
        self._receivers = receivers

    def known_end(self, at: int) -> int:
        """Return where a unit's name that begins at the offset ends, the offset itself if none does."""
        return self._mentioned(at)[1]

    def unit_of(self, words: Words) -> UUID | None:
        """Return the one unit that the words name, or whose head they name ("Giám đốc Công an tỉnh …")."""
        if isinstance(words, Person) and words.post:
            words = words.post
        for word in self._words:
            if words.start <= word.start < words.end:
                units, end = self._mentioned(word.start)
                if end == words.end and len(units) == 1:
                    return units[0] if units[0] in self._receivers else None
        return None

    def _mentioned(self, at: int) -> tuple[tuple[UUID, ...], int]:
        place = self._at.get(at)
        mention = self._names.mention(self._text, self._words, place) if place is not None else None
        return (mention.things, self._words[mention.past - 1].end) if mention else ((), at)

    def pieces(self, proposal: Proposal) -> Iterator[Piece]:
        """Cut the clause where its values stand."""
        clause, at = proposal.clause.words, proposal.clause.words.start
        for words, kind in _marked(proposal):
            if at <= words.start and words.end <= clause.end:
                yield Piece(self._text[at : words.start], "")
                yield Piece(words.text, kind)
                at = words.end
        yield Piece(self._text[at : clause.end], "")


def _marked(proposal: Proposal) -> Sequence[tuple[Words, str]]:
    found = [
        *((words, "lead") for words in proposal.leads),
        *((words, "supporting") for words in proposal.supporting),
        *([(proposal.deadline.words, "deadline")] if proposal.deadline else []),
        *([(proposal.product, "product")] if proposal.product else []),
    ]
    return sorted(found, key=lambda one: one[0].start)


def _proposed(proposal: Proposal, issued_on: date, reader: _Reader) -> Proposed:
    leads = [(words, reader.unit_of(words)) for words in proposal.leads]
    supporting = [(words, reader.unit_of(words)) for words in proposal.supporting]
    told = proposal.deadline
    day = told.last_day(issued_on) if told else None
    return Proposed(
        proposal,
        tuple(reader.pieces(proposal)),
        tuple(unit for _words, unit in leads if unit),
        tuple(unit for _words, unit in supporting if unit),
        tuple(words.text for words, unit in (*leads, *supporting) if unit is None),
        datetime.combine(day, (told and told.hour) or END_OF_WORKING_DAY, ORGANISATION_ZONE) if day else None,
        issued_on,
    )
