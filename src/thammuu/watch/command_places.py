"""Places on the command bar: "@name" of the map, "tại …" or "at …" in the sentence, latitude and
longitude."""

import re
from uuid import UUID

from thammuu.kernel.names import Mention
from thammuu.kernel.text import accented
from thammuu.watch.command_parts import PlacePart, Reason
from thammuu.watch.command_reader import Reader

_POINT = re.compile(r"(?<![\w.])@?\s?(-?\d{1,3}\.\d{1,12})\s?,\s?(-?\d{1,3}\.\d{1,12})(?![\w.])")
_AT_SIGN = re.compile(r"(?<!\S)@\s?(?=[^\W_])")
_SENTENCE_STOP = re.compile(r"[^\s/\-–'’\"“”().]|\.\s")
_STOP_WORDS = frozenset(
    (
        *("lúc", "hôm", "ngày", "khi", "sau", "trước", "trong", "từ", "đến"),
        *("có", "còn", "bị", "được", "đã", "đang", "chưa", "không", "vẫn", "rất"),
        *("do", "vì", "với", "vào", "cho", "để", "nhưng", "và", "là", "khiến", "làm"),
        *("giảm", "tăng", "xảy", "bắt", "báo", "đề", "yêu", "xin", "kéo", "gây"),
    )
)
"""Words that a place's name does not hold: the sentence goes on."""

_NOT_A_PLACE = frozenset(("hien", "ton", "duong"))
_LONGEST = 8


def take_point(reader: Reader, position: int, introduced: int) -> int | None:
    """Take "21.03,105.85", latitude first; the part begins at `introduced` (an "@" or "at" before it)."""
    match = _POINT.match(reader.folded, position)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return reader.complain(Reason.NO_SUCH_POINT, match.start(1), match.end())
    start, end = reader.span(introduced, match.end())
    text = reader.typed_between(match.start(1), match.end(2))
    return reader.add(PlacePart(start, end, text, None, latitude, longitude), match.end())


def take_at_sign(reader: Reader, position: int) -> int | None:
    sign = _AT_SIGN.match(reader.folded, position)
    if sign is None:
        return None
    index = reader.word_at[sign.end()]
    mention = reader.vocabulary.places.mention(reader.typed, reader.words, index)
    if mention is None:
        past = reader.shapes[reader.name_end(index)].end()
        return reader.complain(Reason.UNKNOWN_PLACE, sign.end(), past)
    return _add_listed(reader, position, mention, cut=True)


def take_place(reader: Reader, index: int) -> int | None:
    """Take "tại …" or "at …". Without its diacritics, or in English, only what is on the map counts:
    "tai nạn" is an accident and "at once" no place."""
    word = reader.words[index]
    if word.folded not in ("tai", "at") or index + 1 == len(reader.words):
        return None
    if index and reader.words[index - 1].folded in _NOT_A_PLACE:
        return None
    position = reader.shapes[index].start()
    point = take_point(reader, reader.shapes[index + 1].start(), position)
    if point is not None:
        return point
    if reader.has(PlacePart):
        return None
    mention = reader.vocabulary.places.mention(reader.typed, reader.words, index + 1)
    if mention is not None:
        return _add_listed(reader, position, mention, cut=False)
    return _take_unlisted(reader, index) if accented(word.typed) == "tại" else None


def _take_unlisted(reader: Reader, index: int) -> int | None:
    last = index
    while last + 1 < len(reader.words) and last - index < _LONGEST:
        if _SENTENCE_STOP.search(reader.gap(last)) or accented(reader.words[last + 1].typed) in _STOP_WORDS:
            break
        if reader.starts[reader.shapes[last + 1].start()] >= reader.sentence_end:
            break
        last += 1
    if last == index:
        return None
    position, past = reader.shapes[index + 1].start(), reader.shapes[last].end()
    reader.complain(Reason.UNLISTED_PLACE, position, past)
    start, end = reader.span(position, past)
    return reader.add(PlacePart(start, end, reader.typed_between(position, past)), past, cut=False)


def _add_listed(reader: Reader, position: int, mention: Mention[UUID], *, cut: bool) -> int:
    first, past = reader.shapes[mention.first].start(), reader.shapes[mention.past - 1].end()
    if len(mention.things) > 1:
        return reader.complain(Reason.AMBIGUOUS_PLACE, first, past, mention.things)
    start, end = reader.span(position, past)
    return reader.add(PlacePart(start, end, reader.typed_between(first, past), mention.things[0]), past, cut=cut)
