"""The units that a cell of an office's list names: one that leads, several that support. Nothing is guessed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.names import NameIndex, Word, words_of
from thammuu.org.directory import Directory
from thammuu.org.unit_names import names_of

MOST_QUOTED = 80
_AND = frozenset({"va", "and"})
_BETWEEN = re.compile(r"[;,+/]")


@dataclass
class UnitReader:
    """Reads cells against the names of the units that stand; `receivers` are those that take orders."""

    known: Directory
    names: NameIndex[UUID]
    receivers: Collection[UUID]
    _read: dict[str, tuple[UUID | None, str]] = field(default_factory=dict)

    def one(self, text: str) -> UUID | None:
        """Return the one unit that the whole text names, whether it takes orders or not."""
        things = _whole(self.names, text, words_of(text))
        return things[0] if len(things) == 1 else None

    def lead(self, text: str) -> tuple[UUID | None, str]:
        """Return the one unit that the whole text names and that takes orders, or None and why it is none."""
        if text not in self._read:
            self._read[text] = self._lead(text)
        return self._read[text]

    def supporting(self, text: str) -> tuple[tuple[UUID, ...], list[str]]:
        """Return the units of a text that take orders, and the parts of it that name none such."""
        several = self._all_of(words_of(text), text)
        if several and all(unit in self.receivers for unit in several):
            return several, []
        found: dict[UUID, None] = {}
        rest = []
        for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            unit, _why = self.lead(part)
            if unit is None:
                rest.append(part)
            else:
                found[unit] = None
        return tuple(found), rest

    def _lead(self, text: str) -> tuple[UUID | None, str]:
        quoted, words = text[:MOST_QUOTED], words_of(text)
        things = _whole(self.names, text, words)
        if len(things) > 1:
            told = _("“{name}” may be {units}; write the whole name or the code.")
            return None, told.format(name=quoted, units=" / ".join(self._full(one) for one in things[:4]))
        if things:
            taken = things[0] in self.receivers
            return (things[0], "") if taken else (None, _no_receiver(quoted))
        several = self._all_of(words, text)
        if len(several) > 1:
            told = _("“{name}” names {count} units. One leads; the others support it, in a column of their own.")
            return None, told.format(name=quoted, count=len(several))
        closed = _whole(self._closed, text, words)
        heirs = dict.fromkeys(heir for one in closed for heir in self.known.present(one) if heir not in closed)
        if heirs:
            told = _("“{name}” is a closed unit. Its work went to: {units}.")
            return None, told.format(name=quoted, units=", ".join(self.known.unit_label(heir) for heir in heirs))
        return None, _("“{name}” is a closed unit.").format(name=quoted) if closed else _no_receiver(quoted)

    def _all_of(self, words: Sequence[Word], text: str) -> tuple[UUID, ...]:
        """Return the units if the text names units and nothing else, each of them for certain."""
        found: dict[UUID, None] = {}
        place = 0
        while place < len(words):
            mention = self.names.mention(text, words, place)
            if mention is None and words[place].folded in _AND and found:
                place += 1
                continue
            if mention is None or len(mention.things) != 1:
                return ()
            found[mention.things[0]] = None
            place = mention.past
        return tuple(found)

    @cached_property
    def _closed(self) -> NameIndex[UUID]:
        return NameIndex((row.id, list(names_of(row))) for row in self.known.units.values() if not row.stands)

    def _full(self, unit: UUID) -> str:
        row = self.known.units[unit]
        above = self.known.unit_label(row.parent)
        return f"{row.name} ({above}, {row.code})" if above else f"{row.name} ({row.code})"


def _whole(names: NameIndex[UUID], text: str, words: Sequence[Word]) -> tuple[UUID, ...]:
    """Return the units that bear the whole text as their name."""
    mention = names.mention(text, words, 0) if words else None
    return mention.things if mention is not None and mention.past == len(words) else ()


def _no_receiver(name: str) -> str:
    return _("“{name}” is no unit that takes orders from here.").format(name=name)
