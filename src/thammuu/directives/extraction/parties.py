"""Who is to lead and who is to support: the bodies that a sentence names, and by which words they are charged."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from thammuu.directives.extraction.vocabulary import BODY, CODE, JOINED, PRODUCT, VERB
from thammuu.directives.extraction.words import Words, level, words_at

KnownName = Callable[[int], int]
"""Returns where a known name that begins at the offset ends; the offset itself if none begins there."""

_WORD = re.compile(r"[\w/\-]+")
_MORE = re.compile(r"\s*(?:,\s*và|,|và|;)\s+")
_LIST_REST = re.compile(
    r"(?:địa phương|đơn vị|thành phố|đặc khu|phường|xã|ngành|tỉnh|đoàn thể|tổ chức|doanh nghiệp|cá nhân)\b"
)
_CHARGE = re.compile(
    r"(?<!bàn )\b(?:(?P<gives>giao(?! thông| ban| dịch| lưu| nhận)|phân công|uỷ quyền|"
    r"uỷ nhiệm)|yêu cầu|đề nghị|chỉ đạo|trách nhiệm của)"
    r"(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?\s*:?\s+"
)
_SUPERIOR = re.compile(
    r"(?:đồng chí )?(?:thứ trưởng|bộ trưởng|thủ tướng|giám đốc|lãnh đạo|chánh văn phòng|"
    r"chủ tịch|thủ trưởng|bộ)[^,;:.]{0,50}"
)
_ADVERBIAL = re.compile(
    r"(?:(?:\d+|sáu) tháng|mỗi|định kỳ|trước|trong|hằng|hàng|chậm nhất|muộn nhất|căn cứ|"
    r"trên cơ sở|đối với|sau|khi|nếu|để|nhằm|theo|từ|ngay|đến|vào|ngày|quý|tháng|hết|cuối|"
    r"trường hợp|ngoài ra|qua|tại|thực hiện (?:chỉ thị|quyết định|kế hoạch|nghị quyết|công điện|ý kiến|chỉ đạo))\b"
)
_BY = re.compile(r"\bdo\s+")
_LED_BY = re.compile(
    r"(?:(?:cơ quan|đơn vị|lãnh đạo)\s+)?(?:chủ trì|đầu mối|thực hiện|chịu trách nhiệm|"
    r"được giao)(?: thực hiện)?\s*:\s*"
)
_SUPPORTED_BY = re.compile(r"(?:(?:các\s+)?(?:cơ quan|đơn vị)\s+)?phối hợp(?: thực hiện)?\s*:\s*")
_TOGETHER = re.compile(
    r"(?:phối hợp(?:\s+(?:chặt chẽ|thường xuyên|đồng bộ|kịp thời|hiệu quả|,|"
    r"và))*(?:\s+(?:cùng với|cùng|với))?|cùng với|cùng|hiệp đồng với|liên hệ với|trao đổi với"
    r"|với sự (?:phối hợp|tham gia|hỗ trợ)(?: của)?|có sự (?:phối hợp|tham gia)(?: của)?|"
    r"thống nhất với|lấy ý kiến|tham khảo ý kiến)\s+"
)
_PLACES = re.compile(r"\b(?:tỉnh|thành phố|phường|xã)\b")
_TASK = re.compile(r"(?:nhiệm vụ|nội dung|việc|công việc|phần việc)\b[^,;:.]{0,30}")
_HELPS = re.compile(
    r"(?:,?\s*(?:có trách nhiệm|cùng))?\s*(?:phối hợp|tham gia|hỗ trợ|là (?:cơ quan|"
    r"đơn vị) phối hợp)(?: thực hiện)?\b(?!\s+(?:với|cùng|chặt|thường|đồng))"
)
_OPENING = re.compile(r"\s*(?:đối với\s+)?(?=\w)")
_AFTER = re.compile(r",\s+")


@dataclass(frozen=True, slots=True)
class Parties:
    """The bodies of a list, in order; `end` is where it ends in the text."""

    bodies: tuple[Words, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text with its levelled form (of the whole text, so that offsets agree)."""

    text: str
    leveled: str
    start: int
    end: int
    known: KnownName = lambda at: at

    def parties_at(self, at: int) -> Parties | None:
        """Read the list of bodies that begins at the offset, None if none does."""
        bodies: list[Words] = []
        while True:
            end = self._body_end(at) if not bodies else self._next_end(at)
            if end == at:
                break
            bodies.append(words_at(self.text, at, end))
            more = _MORE.match(self.leveled, end, self.end)
            if more is None or self._next_end(more.end()) == more.end():
                at = end
                break
            at = more.end()
        return Parties(tuple(bodies), bodies[-1].end) if bodies else None

    def _body_end(self, at: int) -> int:
        known = self.known(at)
        start = CODE.match(self.text, at, self.end) or BODY.match(self.leveled, at, self.end)
        joined = JOINED.match(self.leveled, at, self.end)
        if start is None and known == at:
            return at
        end = max(known, start.end() if start else at, joined.end() if joined and start else at)
        return self._extended(at, end)

    def _next_end(self, at: int) -> int:
        """Read a further body of a list, which may be a proper name alone."""
        end = self._body_end(at)
        word = _WORD.match(self.text, at, self.end)
        if end == at and word and word[0][0].isupper() and not VERB.match(self.leveled, at):
            return self._extended(at, word.end())
        return end

    def _extended(self, start: int, end: int) -> int:
        """Take in what still belongs to the name: up to a verb, a stop, or a list that goes on with another body."""
        while end < self.end:
            gap = re.compile(r"[ \u00a0]+").match(self.leveled, end, self.end)
            here = gap.end() if gap else end
            joined = JOINED.match(self.leveled, here, self.end) if gap else None
            if joined:
                end = joined.end()
                continue
            word = _WORD.match(self.text, here, self.end) if gap else None
            if word is None:
                return self._past_comma(start, end)
            if self.leveled[here : word.end()] == "và":
                past = self._past_and(here, word.end())
                if past == here:
                    return end
                end = past
                continue
            if self._ends_name(here):
                return end
            end = word.end()
        return end

    def _ends_name(self, here: int) -> bool:
        """Say whether a verb, or a thing to be made, begins here in small letters: no part of a name."""
        if self.text[here].isupper():
            return False
        thing = PRODUCT.match(self.leveled, here)
        return VERB.match(self.leveled, here) is not None or (thing is not None and " " in thing[0])

    def _past_and(self, here: int, end: int) -> int:
        """Say where to go on behind an "và": the rest of a name, or nowhere (`here`) before a verb or another body."""
        following = re.compile(r"[ \u00a0]+").match(self.leveled, end, self.end)
        at = following.end() if following else end
        joined = JOINED.match(self.leveled, at, self.end)
        if joined:
            return joined.end()
        rest = _LIST_REST.match(self.leveled, at, self.end)
        if rest and not CODE.match(self.text, at):
            return rest.end()
        if BODY.match(self.leveled, at, self.end) or CODE.match(self.text, at, self.end):
            return here
        if VERB.match(self.leveled, at) and not self.text[at : at + 1].isupper():
            return here
        word = _WORD.match(self.text, at, self.end)
        return word.end() if word else here

    def _past_comma(self, start: int, end: int) -> int:
        """Go on behind a comma with another kind in the same list ("các đơn vị, địa phương") or a proper name."""
        comma = re.compile(r",\s+").match(self.leveled, end, self.end)
        if comma is None:
            return end
        at = comma.end()
        rest = _LIST_REST.match(self.leveled, at, self.end)
        if rest and "các" in self.leveled[start:end]:
            return self._extended(start, rest.end())
        if BODY.match(self.leveled, at, self.end) or CODE.match(self.text, at, self.end):
            return end
        word = _WORD.match(self.text, at, self.end)
        if (
            word
            and word[0][0].isupper()
            and _PLACES.search(self.leveled, start, end)
            and not VERB.match(self.leveled, at)
        ):
            return self._extended(start, word.end())
        return end


def leads_of(sentence: Sentence) -> Parties | None:
    """Return who is charged with what the sentence says, None if it names nobody."""
    labelled = _LED_BY.search(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(labelled.end()) if labelled else None
    return found or _charged(sentence) or _opening(sentence) or _by(sentence) or _behind_a_comma(sentence)


def _charged(sentence: Sentence) -> Parties | None:
    for charge in _CHARGE.finditer(sentence.leveled, sentence.start, sentence.end):
        before = sentence.leveled[sentence.start : charge.start()].rstrip()
        at_once = not before or _is_superior(before) or _may_follow(before, gives=charge["gives"] is not None)
        found = sentence.parties_at(charge.end()) if at_once else None
        if found:
            return found
    return None


def _may_follow(before: str, *, gives: bool) -> bool:
    """Say whether a charge may come behind these words: a task, or an adverbial with its comma."""
    if gives:
        return before[-1] in ",;:." or _TASK.fullmatch(before) is not None
    return before[-1] == "," and _ADVERBIAL.match(before) is not None


def _is_superior(before: str) -> bool:
    """Say whether only the one who gives the order stands before the charge: "Bộ trưởng giao …"."""
    return _SUPERIOR.fullmatch(before) is not None


def _opening(sentence: Sentence) -> Parties | None:
    match = _OPENING.match(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(match.end()) if match else None
    return found if found and _acts(sentence, found.end) else None


def _acts(sentence: Sentence, at: int) -> bool:
    """Say whether a verb, or the colon of a heading, follows."""
    rest = sentence.leveled[at : sentence.end].lstrip(" \u00a0")
    return rest.startswith(":") or (VERB.match(rest) is not None and not re.match(r"(?:là|do|đã|đang)\b", rest))


def _by(sentence: Sentence) -> Parties | None:
    for match in _BY.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(match.end())
        if found and re.match(r"\s*(?:chủ trì|thực hiện|làm|đảm nhiệm|phụ trách|chịu)", sentence.leveled[found.end :]):
            return found
    return None


def _behind_a_comma(sentence: Sentence) -> Parties | None:
    """An adverbial may open the sentence: "Trước ngày 30/6, Cục … xây dựng …"."""
    if _ADVERBIAL.match(sentence.leveled, sentence.start, sentence.end) is None:
        return None
    for comma in _AFTER.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(comma.end())
        if found and _acts(sentence, found.end):
            before = sentence.leveled[sentence.start : comma.start()]
            return None if re.search(r"\b(?:phối hợp|cùng|chủ trì|giao)\b", before) else found
    return None


def supporting_of(sentence: Sentence, leads: Sequence[Words]) -> list[Words]:
    """Return who is to support, in the order of the text; who leads is left out."""
    found: dict[str, Words] = {}
    for pattern in (_SUPPORTED_BY, _TOGETHER):
        for match in pattern.finditer(sentence.leveled, sentence.start, sentence.end):
            parties = sentence.parties_at(match.end())
            for body in parties.bodies if parties else ():
                found.setdefault(body.text, body)
    past = sentence.start
    for comma in re.finditer(r"[,;:]\s+", sentence.leveled[sentence.start : sentence.end]):
        parties = sentence.parties_at(sentence.start + comma.end())
        if parties is None or sentence.start + comma.end() < past:
            continue
        past = parties.end
        if _HELPS.match(sentence.leveled, parties.end, sentence.end) and not _is_label(parties):
            for body in parties.bodies:
                found.setdefault(body.text, body)
    lead = {body.start for body in leads}
    return sorted((body for body in found.values() if body.start not in lead), key=lambda body: body.start)


def only_helps(sentence: Sentence) -> list[Words]:
    """Return the bodies of a sentence that says no more than that they support: "Công an các xã phối hợp."."""
    labelled = _SUPPORTED_BY.match(sentence.leveled, sentence.start, sentence.end)
    if labelled:
        named = sentence.parties_at(labelled.end())
        return list(named.bodies) if named else []
    found = sentence.parties_at(sentence.start)
    if found and _HELPS.match(sentence.leveled, found.end, sentence.end) and not _is_label(found):
        return list(found.bodies)
    return []


def _is_label(parties: Parties) -> bool:
    """Say whether this is only the "Đơn vị" of "Đơn vị phối hợp: …"."""
    return level(parties.bodies[-1].text) in ("đơn vị", "cơ quan", "các đơn vị", "các cơ quan")
