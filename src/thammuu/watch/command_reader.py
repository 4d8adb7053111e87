"""The state of reading one line of the command bar, and what every recogniser does to it.

Positions count in the folded text; spans count in the typed one. A recogniser takes what begins at a
position and returns where it ends, or returns None and leaves everything as it was.
"""

import re
from datetime import datetime
from uuid import UUID

from thammuu.kernel.names import words_of
from thammuu.kernel.text import fold_in_place
from thammuu.watch.command_parts import Line, Part, Problem, Reason, Span, Vocabulary

_WORD = re.compile(r"[^\W_]+")
_COLON = re.compile(r"\s?:")
_OPENING_SIGNS = " \t\n:,;-–."
_REPEATABLE = frozenset(("UnitPart", "IncidentPart"))


class Reader:
    """One typed line with its words, and the parts, problems and cuts found so far.

    `sentence_end` is where a time begins that ends the line, in the typed text: no name goes on into it.
    """

    def __init__(self, typed: str, vocabulary: Vocabulary, now: datetime) -> None:
        self.typed = typed
        self.vocabulary = vocabulary
        self.now = now
        folded = fold_in_place(typed)
        self.folded, self.starts = folded.text, folded.starts
        self.words = words_of(typed, folded)
        self.shapes = list(_WORD.finditer(self.folded))
        self.word_at = {shape.start(): index for index, shape in enumerate(self.shapes)}
        self.leading = True
        self.sentence_end = len(typed)
        self.parts: list[Part] = []
        self.problems: list[Problem] = []
        self._cuts: list[Span] = []

    def span(self, position: int, past: int) -> tuple[int, int]:
        return self.starts[position], self.starts[past]

    def typed_between(self, position: int, past: int) -> str:
        return self.typed[self.starts[position] : self.starts[past]]

    def gap(self, index: int) -> str:
        """Return what stands between the word and the next."""
        return self.folded[self.shapes[index].end() : self.shapes[index + 1].start()]

    def colon_after(self, past_word: int) -> bool:
        return _COLON.match(self.folded, self.shapes[past_word - 1].end()) is not None

    def has(self, kind: type[Span]) -> bool:
        return any(isinstance(part, kind) for part in self.parts)

    def add(self, part: Part, past: int, *, cut: bool = True) -> int:
        """Add the part; `cut` takes its words out of the remaining text."""
        if self.has(type(part)) and type(part).__name__ not in _REPEATABLE:
            self.problems.append(Problem(part.start, part.end, Reason.GIVEN_TWICE, self.typed[part.start : part.end]))
            return past
        self.parts.append(part)
        if cut:
            self._cuts.append(part)
        return past

    def complain(self, reason: Reason, position: int, past: int, candidates: tuple[UUID, ...] = ()) -> int:
        start, end = self.span(position, past)
        self.problems.append(Problem(start, end, reason, self.typed[start:end], candidates))
        return past

    def name_end(self, index: int) -> int:
        """Return the index of the last word of a capitalised name that begins at word `index`."""
        while index + 1 < len(self.words) and self.words[index + 1].typed[:1].isupper():
            if self.gap(index).strip():
                break
            index += 1
        return index

    def line(self) -> Line:
        parts = sorted(self.parts, key=lambda part: (part.start, part.end))
        problems = sorted(self.problems, key=lambda problem: (problem.start, problem.end))
        return Line(tuple(parts), tuple(problems), self._remaining())

    def _remaining(self) -> str:
        kept: list[str] = []
        position = 0
        for cut in sorted(self._cuts, key=lambda cut: cut.start):
            kept.append(self.typed[position : cut.start])
            position = cut.end
        kept.append(self.typed[position:])
        if self._cuts:
            kept = [kept[0], *(piece.lstrip(":") for piece in kept[1:])]
        return " ".join(" ".join(kept).split()).strip(_OPENING_SIGNS if self._cuts else " ")
