"""The duty log's command bar: one typed line, read into its parts.

    14:05 Phường Ba Đình: cháy nhà dân tại chợ Đồng Xuân !yêu cầu !! #42

What is recognised is shown back with its offsets. Nothing ambiguous is guessed, and a unit, place, incident
or kind that was clearly meant but does not exist is a problem. Words that belong to the sentence stay in
the text, as does "!!"; signs, a leading time and a leading "unit:" or "kind:" do not. No database: the names come in a
`Vocabulary`.
"""

import re
from datetime import datetime
from uuid import UUID

from thammuu.kernel.clock import in_zone
from thammuu.kernel.names import Form, Mention, opens_full_name
from thammuu.watch.command_parts import (
    IncidentPart,
    KindPart,
    Line,
    Reason,
    SeverityPart,
    TimePart,
    UnitPart,
    Vocabulary,
)
from thammuu.watch.command_places import take_at_sign, take_place, take_point
from thammuu.watch.command_reader import Reader
from thammuu.watch.typed_time import TimeFault, time_at

_MARKS = re.compile(r"(?<!\S)!{2,}(?!\S)")
_KIND = re.compile(r"(?<!\S)[!/](?=[^\W\d_])")
_INCIDENT = re.compile(r"(?<!\w)(?:#|sc[- ]?)(\d{1,9})(?!\w)")
_UNIT_PREFIX = re.compile(r"(?<!\w)(?:dv|don vi|unit):\s?(?=[^\W_])")
_REPORTING = frozenset(("bao cao", "bao", "de nghi", "xin", "yeu cau", "reports", "requests", "says", "asks"))
_INTRODUCING = frozenset(("cong an", "don vi", "unit", "ca"))
_TRAILING_WORDS = 6


def parse(typed: str, vocabulary: Vocabulary, now: datetime) -> Line:
    """Read one typed line; total: any text gives a line. `now` is aware."""
    reader = Reader(typed, vocabulary, in_zone(now, vocabulary.zone))
    trailing = _trailing_time(reader)
    if trailing is not None:
        reader.sentence_end = trailing.start
    position = 0
    while position < len(reader.folded):
        past = None if reader.folded[position].isspace() else _take(reader, position)
        if past is None:
            past = position + 1
            if position in reader.word_at:
                past = reader.shapes[reader.word_at[position]].end()
                reader.leading = False
        position = past
    if trailing is not None and not reader.has(TimePart) and all(part.end <= trailing.start for part in reader.parts):
        reader.add(trailing, len(reader.folded))
    return reader.line()


def _take(reader: Reader, position: int) -> int | None:
    past = (
        _take_marks(reader, position)
        or _take_kind(reader, position)
        or _take_incident(reader, position)
        or take_point(reader, position, position)
        or take_at_sign(reader, position)
    )
    index = reader.word_at.get(position)
    if past is not None or index is None:
        return past
    return (
        _take_leading(reader, position, index)
        or _take_prefixed_unit(reader, position)
        or take_place(reader, index)
        or _take_unit(reader, index)
    )


def _take_marks(reader: Reader, position: int) -> int | None:
    match = _MARKS.match(reader.folded, position)
    if match is None:
        return None
    start, end = reader.span(position, match.end())
    # The marks stay in the text: the log has no place of its own for them, and nothing typed is lost.
    return reader.add(SeverityPart(start, end, min(len(match[0]), 3)), match.end(), cut=False)


def _take_kind(reader: Reader, position: int) -> int | None:
    sign = _KIND.match(reader.folded, position)
    if sign is None:
        return None
    index = reader.word_at[sign.end()]
    mention = reader.vocabulary.kinds.mention(reader.typed, reader.words, index)
    past = reader.shapes[mention.past - 1 if mention else index].end()
    if mention is None or len(mention.things) != 1:
        return reader.complain(Reason.UNKNOWN_KIND, position, past)
    return reader.add(KindPart(*reader.span(position, past), mention.things[0]), past)


def _take_incident(reader: Reader, position: int) -> int | None:
    match = _INCIDENT.match(reader.folded, position)
    if match is None:
        return None
    number = int(match[1])
    incident = reader.vocabulary.incidents.get(number)
    if incident is None:
        return reader.complain(Reason.UNKNOWN_INCIDENT, position, match.end())
    return reader.add(IncidentPart(*reader.span(position, match.end()), number, incident), match.end())


def _take_leading(reader: Reader, position: int, index: int) -> int | None:
    """Take what counts only before the sentence begins: a time, or a kind of entry with a colon."""
    if not reader.leading:
        return None
    found = time_at(reader.folded, position, reader.now)
    if found is None:
        return _take_kind_word(reader, index)
    past = position + found.length
    if found.at is None:
        fault = Reason.NOT_YET if found.fault is TimeFault.NOT_YET else Reason.NO_SUCH_TIME
        return reader.complain(fault, position, past)
    return reader.add(TimePart(*reader.span(position, past), found.at), past)


def _take_kind_word(reader: Reader, index: int) -> int | None:
    mention = reader.vocabulary.kinds.mention(reader.typed, reader.words, index)
    if mention is None or len(mention.things) != 1 or not reader.colon_after(mention.past):
        return None
    past = reader.shapes[mention.past - 1].end()
    return reader.add(KindPart(*reader.span(reader.shapes[index].start(), past), mention.things[0]), past)


def _trailing_time(reader: Reader) -> TimePart | None:
    """Return "… 5 phút trước" or "… hôm qua 23:10" at the end; a bare clock time there belongs to the sentence."""
    end = len(reader.folded.rstrip(" ."))
    for shape in reader.shapes[-_TRAILING_WORDS:]:
        found = time_at(reader.folded, shape.start(), reader.now)
        if found and found.dated and found.at and shape.start() + found.length == end:
            return TimePart(*reader.span(shape.start(), end), found.at)
    return None


def _take_prefixed_unit(reader: Reader, position: int) -> int | None:
    prefix = _UNIT_PREFIX.match(reader.folded, position)
    if prefix is None:
        return None
    index = reader.word_at[prefix.end()]
    mention = reader.vocabulary.units.mention(reader.typed, reader.words, index)
    if mention is None:
        past = reader.shapes[reader.name_end(index)].end()
        return reader.complain(Reason.UNKNOWN_UNIT, prefix.end(), past)
    return _add_unit(reader, position, mention, cut=True)


def _take_unit(reader: Reader, index: int) -> int | None:
    mention = reader.vocabulary.units.mention(reader.typed, reader.words, index)
    position = reader.shapes[index].start()
    if mention is not None and _is_meant(reader, mention):
        return _add_unit(reader, position, mention, cut=reader.leading and reader.colon_after(mention.past))
    if mention is None and reader.leading and opens_full_name(reader.words[index]):
        last = reader.name_end(index)
        if last > index and reader.colon_after(last + 1):
            return reader.complain(Reason.UNKNOWN_UNIT, position, reader.shapes[last].end())
    return None


def _add_unit(reader: Reader, position: int, mention: Mention[UUID], *, cut: bool) -> int:
    first, past = reader.shapes[mention.first].start(), reader.shapes[mention.past - 1].end()
    if len(mention.things) > 1:
        return reader.complain(Reason.AMBIGUOUS_UNIT, first, past, mention.things)
    return reader.add(UnitPart(*reader.span(position, past), mention.things[0], mention.name), past, cut=cut)


def _is_meant(reader: Reader, mention: Mention[UUID]) -> bool:
    """Say whether a name in the sentence means the unit: thousands of names are ordinary words ("an
    ninh")."""
    if mention.form is Form.FULL:
        return True
    words = reader.words[mention.first : mention.past]
    following = [word.folded for word in reader.words[mention.past : mention.past + 2]]
    before = [word.folded for word in reader.words[max(mention.first - 2, 0) : mention.first]]
    if reader.colon_after(mention.past) or _REPORTING & {" ".join(following), *following[:1]}:
        return True
    if _INTRODUCING & {" ".join(before), *before[-1:]}:
        return True
    if mention.form is Form.CODE:
        letters = "".join(word.typed for word in words)
        mixed = any(c.isdigit() for c in letters) and any(c.isalpha() for c in letters)
        return mixed or (letters.isupper() and not reader.typed.isupper())
    capitals = all(not word.typed[:1].islower() for word in words) and not reader.typed.isupper()
    return capitals and (len(words) > 1 or mention.first > 0)
