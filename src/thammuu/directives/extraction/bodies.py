"""The bodies that a sentence names, alone or in a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thammuu.directives.extraction.fields import NOUN
from thammuu.directives.extraction.naming import Naming
from thammuu.directives.extraction.stretch import SYLLABLE
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import JOINED
from thammuu.directives.extraction.words import Person, Words, words_at

KnownName = Callable[[int], int]
"""Returns where a known name that begins at the offset ends; the offset itself if none begins there."""

MORE = re.compile(r"\s*(?:\([^()]{1,60}\))?\s*(?:,\s*và|,|và|;)\s+")
_POST = re.compile(MORE.pattern + r"|\s+[-–]\s+")
"""What stands between the name of a person and the post."""
_STOP = re.compile(r"[:,;]\s+")
_ASIDE = re.compile(r"\s*\([^()]{1,80}\)|\s[-–]\s[^-–,;:.]{3,80}\s[-–](?=\s)")
_MEMBERS = re.compile(r"\s*,?\s*(?:bao )?gồm(?: có)?\s*:?\s+")
_HONORIFICS = re.compile(
    r"(?:(?:(?:(?:các|quý)\s+)?(?:đồng chí|đ/c|ông|bà|vị)(?:(?:,\s*|/|\s+và\s+|\s*\()(?:ông|bà|đồng chí)\)?)?|"
    r"quý(?= (?:cơ quan|đơn vị|sở|bộ|ban|công ty|doanh nghiệp|ngân hàng|trường))|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|uý))(?: có tên[^,;:.]{0,40},)?(?:\s*:)?\s+)+"
)
_NOW = re.compile(r"\s*(?:trước đây)?\s*[,(]?\s*(?:và\s+)?nay là\s+")
"""Whoever took the place of a body is meant: "Sở Thông tin và Truyền thông (nay là Sở Khoa học và Công nghệ)"."""
_SECOND = re.compile(r" [^\W\d_A-ZĐ]+")
_BRANCH = re.compile(r" (?:chi nhánh|khu vực|tỉnh|thành phố|xã|phường|đặc khu|miền|trên địa bàn)\b")
"""Which part of a firm is meant: "Viettel chi nhánh tỉnh"."""
_NAMED_ABOVE = re.compile(
    r"(?:,| và|, và) (?:các )?(?:ông|bà|cá nhân)(?:,? \(?(?:bà|ông)\)?)? có tên [^,;:.]{1,40}?(?= (?:chịu|"
    r"căn cứ|có trách|thi hành))"
)
_EACH = re.compile(r"(?:mỗi|từng) ")
_SEVERAL = re.compile(r"(?:các|những)\s+[^\W\d_]+")
LABEL = re.compile(
    r"(?:cơ quan|đơn vị|bộ phận|lực lượng)\s+(?:chủ lực|hỗ trợ|tham gia|chủ trì|phối hợp|thực hiện|"
    r"theo dõi)\b[^,;:.]{0,12}:"
)


@dataclass(frozen=True, slots=True)
class Parties:
    """The bodies of a list, in order; `end` is where it ends. `guessed`: only their place speaks for them."""

    bodies: tuple[Words, ...]
    end: int
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence(Naming):
    """A stretch of the text in which bodies are named; `known` tells names of units."""

    known: KnownName = lambda at: at
    _read: dict[tuple[int, bool], Parties | None] = field(default_factory=dict, repr=False, compare=False)

    def part(self, start: int, end: int) -> "Sentence":
        """Return a part of the stretch, in which names end where it ends."""
        return Sentence(self.text, self.leveled, start, end, self.known)

    def parties_at(self, at: int, *, surely: bool = False) -> Parties | None:
        """Read the list of bodies that begins at the offset, None if none does.

        `surely`: the words before leave no doubt that a body follows, so that a proper name alone is one.
        """
        if (at, surely) not in self._read:
            self._read[at, surely] = self._list_at(at, surely=surely)
        return self._read[at, surely]

    def _list_at(self, at: int, *, surely: bool) -> Parties | None:
        bodies: list[Words] = []
        past = at
        while True:
            person = self._person_at(at, among_persons=bool(bodies) and isinstance(bodies[-1], Person))
            if person:
                bodies.append(person)
                past = person.post.end if person.post else person.end
                more = MORE.match(self.leveled, past, self.end)
                if more is None or not self._goes_on(more.end(), among_persons=True):
                    past += bool(re.compile(", ").match(self.text, past) and ACTION.match(self.leveled, past + 2))
                    break
                at = more.end()
                continue
            at = self._past_honorific(at)
            end = self._next_end(at) if bodies or surely else self._body_end(at)
            if end == at:
                break
            now = _NOW.match(self.leveled, end, self.end)
            if now and (successor := self._next_end(now.end())) > now.end():
                at, end = now.end(), successor
            bodies.append(words_at(self.text, at, end))
            end += now is not None and self.text.startswith(")", end)
            past = end
            more = MORE.match(self.leveled, end, self.end)
            if more is None or not self._goes_on(more.end()):
                break
            at = more.end()
        above = _NAMED_ABOVE.match(self.leveled, past, self.end) if bodies else None
        return Parties(tuple(bodies), above.end() if above else past) if bodies else None

    def marked(self, mark: re.Pattern[str]) -> list[Words]:
        """Return the bodies whose part is told in brackets behind them: "Sở Nội vụ (chủ trì)"."""
        if mark.search(self.leveled, self.start, self.end) is None:
            return []
        starts = [self.start, *(stop.end() for stop in _STOP.finditer(self.leveled, self.start, self.end))]
        found = {body.start: body for at in starts if (read := self.parties_at(at)) for body in read.bodies}
        return [body for body in found.values() if mark.match(self.leveled, body.end, self.end)]

    def past_aside(self, at: int) -> int:
        """Return where to go on behind brackets, or behind the members of a body, if such begin at the offset."""
        aside = _ASIDE.match(self.leveled, at, self.end)
        at = aside.end() if aside else at
        members = _MEMBERS.match(self.leveled, at, self.end)
        named = self.parties_at(members.end(), surely=True) if members else None
        return named.end if named else at

    def _past_honorific(self, at: int) -> int:
        """Go past "đồng chí"."""
        called = _HONORIFICS.match(self.leveled, at, self.end)
        return called.end() if called else at

    def _person_at(self, at: int, *, among_persons: bool) -> Person | None:
        """Read the name of a person, and the post that is told behind it, behind "đồng chí" or another person."""
        begin = self._past_honorific(at)
        end = self.proper_end(begin) if begin > at or among_persons else begin
        if end == begin or self.begins(begin) or " " not in self.text[begin:end]:
            return None
        told = _POST.match(self.leveled, end, self.end)
        titled = told.end() if told and self._past_honorific(told.end()) == told.end() else end
        past = self._body_end(titled) if titled > end else titled
        post = words_at(self.text, titled, past) if past > titled else None
        return Person(begin, end, self.text[begin:end], post)

    def _goes_on(self, at: int, *, among_persons: bool = False) -> bool:
        """Say whether a further body begins at the offset."""
        if self._person_at(at, among_persons=among_persons):
            return True
        at = self._past_honorific(at)
        if _EACH.match(self.leveled, at):
            return False
        return self._next_end(at) > at and LABEL.match(self.leveled, at, self.end) is None

    def _body_end(self, at: int) -> int:
        known, head = self.known(at), self.head_at(at)
        if known == head == at:
            return at
        joined = JOINED.match(self.leveled, at, self.end)
        end = max(known, head, joined.end() if joined and head > at else at)
        return self.name_end(at, end)

    def _next_end(self, at: int) -> int:
        """Read a further body of a list, which may be a proper name alone, or several of a kind that nobody knows."""
        end = self._body_end(at)
        if end > at:
            return end
        several = _SEVERAL.match(self.leveled, at, self.end)
        if several:
            return self.name_end(at, several.end())
        if VERB.match(self.leveled, at):
            return at
        end, field = self.proper_end(at), NOUN.match(self.leveled, at)
        if field and at < end < field.end():
            return self.name_end(at, field.end())
        branch = _BRANCH.match(self.leveled, end, self.end) if end > at else None
        if branch:
            return self.name_end(at, branch.end())
        here = end + 1
        if end > at and self.text[end:here] == " " and self.text[here : here + 1].islower() and self.crossing(at, here):
            return self.name_end(at, end)
        second = _SECOND.match(self.text, end, self.end) if SYLLABLE.fullmatch(self.leveled, at, end) else None
        return self.name_end(at, second.end()) if second and not VERB.match(self.leveled, second.start() + 1) else end
