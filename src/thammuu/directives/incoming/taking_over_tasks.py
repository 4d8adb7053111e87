"""A line of a follow-up register or task list, read and judged, as the assignment that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from thammuu.directives import labels, rules
from thammuu.directives.actions import Followed
from thammuu.directives.actions.taking_over import likeness_of
from thammuu.directives.importing import Column, Kind, Line
from thammuu.directives.importing.values import Progress, dated_in, days_in, percent_of, says_in_time, symbol_of
from thammuu.directives.incoming.on_record import OnRecord, Records, named_by
from thammuu.directives.incoming.unit_reading import UnitReader
from thammuu.directives.rules import State
from thammuu.kernel.calendar import END_OF_WORKING_DAY
from thammuu.kernel.clock import ORGANISATION_ZONE, start_of

LONGEST_TITLE = 300
LONGEST_PRODUCT = 500
_DONE = (Progress.DONE, Progress.DONE_LATE)
# What else a line says, kept in its own words.
_WORDS = (
    Column.ARRIVAL_NUMBER, Column.PASSED_ON, Column.PROGRESS, Column.DONE_ON, Column.ANSWER, Column.RECEIVED_BY,
    Column.NOTE,
)  # fmt: skip


class Read(NamedTuple):
    """What a line would become (None if it cannot), what is wrong with it, and whether it is on record already."""

    entry: Followed | None
    faults: list[str]
    left: bool = False


@dataclass
class TaskReader:
    """Reads the lines one after the other. `heads` are the words of the columns, `taken` what was taken over before.

    `product` stands in where a line names none; `today` is the day on which the list is read.
    """

    kind: Kind
    heads: Mapping[Column, str]
    units: UnitReader
    records: Records
    taken: set[str]
    product: str
    today: date
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, line: Line) -> Read:
        """Return what the line becomes, or why it cannot."""
        lead, faults = self.units.lead(str(line.values[Column.CHARGED]))
        told = [faults] if faults else []
        deadline = line.values.get(Column.DEADLINE)
        if deadline is None:
            told.append(_("Without a deadline it is not taken over."))
        done = self._is_done(line)
        done_on = self._done_on(line) if done else None
        ahead = done_on is not None and done_on > self.today
        if ahead:
            told.append(_("It is done on {day}, which lies in the future.").format(day=f"{done_on:%d/%m/%Y}"))
        if lead is None or not isinstance(deadline, date) or ahead:
            return Read(None, told)
        if done and done_on is None:
            told.append(
                _("The list does not say on which day it was done: it is closed as of the taking over, and says so.")
            )
        supporting, strange = self.units.supporting(str(line.values.get(Column.SUPPORTING, "")))
        origin, said = self._origin(line)
        entry = Followed(
            line=line.number,
            lead_unit=lead,
            title=Truncator(self._title(line)).chars(LONGEST_TITLE),
            product=str(line.values.get(Column.PRODUCT, "") or self.product)[:LONGEST_PRODUCT],
            deadline=datetime.combine(deadline, END_OF_WORKING_DAY, ORGANISATION_ZONE),
            supporting_units=tuple(unit for unit in supporting if unit != lead),
            done_at=start_of(done_on) if done_on else None,
            undated=done and done_on is None,
            percent=percent_of(str(line.values.get(Column.PROGRESS, ""))) or 0,
            rhythm=line.deadline_words if line.comes_again else "",
            document=self._document(line),
            arises_from=(origin.kind, origin.id) if origin else None,
            words=self._words(line, strange),
        )
        told += [*said, *(_("“{name}” is no unit here; it stays in words.").format(name=name[:80]) for name in strange)]
        double = self._double(entry)
        followed = origin is not None and origin.followed and self.kind == Kind.FOLLOW_UP
        if followed and origin and origin.arrival:
            text = _("The document is followed here already: number of arrival {number} of {year}.")
            told.append(text.format(number=f"{origin.arrival[0]:02}", year=origin.arrival[1]))
        return Read(entry, [*told, *double], bool(double) or followed)

    def becomes(self, entry: Followed) -> str:
        """Return in words what the line becomes: which unit leads, and where it stands in time."""
        today = start_of(self.today)
        done_at = today if entry.undated else entry.done_at
        state = State.CLOSED if done_at else State.ISSUED
        timing = rules.timing(state, entry.deadline, done_at, today)
        words = [self.units.known.unit_label(entry.lead_unit), *([str(labels.TIMINGS[timing])] if timing else [])]
        return " · ".join([*words, *([str(labels.UNDATED)] if entry.undated else [])])

    def _is_done(self, line: Line) -> bool:
        """Say whether it is done by the list. An answering document makes it done where the progress says nothing."""
        answer = str(line.values.get(Column.ANSWER, ""))
        if line.progress is None:
            return bool(line.values.get(Column.DONE_ON) or symbol_of(answer))
        return line.progress in _DONE

    def _done_on(self, line: Line) -> date | None:
        """Return the day on which it was done by the list, None where the list does not say."""
        progress, answer = (str(line.values.get(column, "")) for column in (Column.PROGRESS, Column.ANSWER))
        named, deadline = line.values.get(Column.DONE_ON), line.values.get(Column.DEADLINE)
        days = days_in(progress)
        found = named if isinstance(named, date) else days[0] if len(days) == 1 else dated_in(answer)
        if found is None and says_in_time(progress) and isinstance(deadline, date):
            # It is known to be no later than that, and no more is asked of it.
            return min(deadline, self.today)
        return found

    def _origin(self, line: Line) -> tuple[OnRecord | None, list[str]]:
        found = named_by(line, self.records)
        if len(found) > 1:
            return None, [_("Several documents of this number and symbol are on record; it stays in words.")]
        return (found[0], []) if found else (None, [])

    def _double(self, entry: Followed) -> list[str]:
        likeness = likeness_of(entry)
        first = self._seen.setdefault(likeness, entry.line)
        if likeness in self.taken:
            return [_("It was taken over before.")]
        return [_("Line {line} is the same matter.").format(line=first)] if first != entry.line else []

    def _title(self, line: Line) -> str:
        """Return the task; a follow-up register has none, and there it is the document that is dealt with."""
        columns = (Column.TASK, Column.ABSTRACT, Column.SYMBOL)
        return next(str(line.values[column]) for column in columns if line.values.get(column))

    def _document(self, line: Line) -> str:
        """Return what the line says of the document that it arises from."""
        columns = (Column.SYMBOL, Column.DATED, Column.ISSUER, Column.ABSTRACT)
        return ", ".join(filter(None, (shown(line, column) for column in columns if column in self.heads)))

    def _words(self, line: Line, strange: list[str]) -> str:
        parts = [(self.heads.get(column, ""), shown(line, column)) for column in _WORDS]
        parts.append((self.heads.get(Column.DEADLINE, ""), line.deadline_words))
        parts.append((self.heads.get(Column.SUPPORTING, ""), "; ".join(strange)))
        return "\n".join(f"{head}: {words}" for head, words in parts if words)


def shown(line: Line, column: Column) -> str:
    """Return what stands in a cell, as the list is looked at."""
    value = line.values.get(column, "")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
