"""A stretch of a text, and what a word of it begins: a body, a proper name, a noun of several syllables."""

import re
from dataclasses import dataclass

from thammuu.directives.extraction.fields import NOUN
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import BODY, CODE, HEAD
from thammuu.directives.extraction.words import UPPER

WORD = re.compile(r"[\w/\-–&]+(?:\.[a-z]+)?")
SPACES = re.compile(r"(?:(?<=\btp)\.|(?<=\btx)\.|(?<=\b[pxq])\.)?[ \u00a0]+")
"""The gap between two words of a name, of which one may be cut short: "TP. Huế"."""
_COMPOUND = re.compile(
    r"\b(?:(?:công|chương|quy|lộ|tờ|giáo|quá|hành|tiến) trình|(?:đi|chạy) qua|việc làm|phụ trách(?=\s[^\W\d_]))\b"
)
_OF_A_PLACE = re.compile(rf"\b(?:phường|xã|đặc khu|tỉnh|[Tt]hành phố)(?: [{UPPER}][^\W\d_]*)+ $")
PROPER = re.compile(rf"\s(?:[{UPPER}]|\d)")

SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộ"
    r"ớờởỡợúùủũụứừửữựýỳỷỹỵ]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
"""A syllable of Vietnamese, as the names of firms are not: "Viettel"."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text with its levelled form (of the whole text, so that offsets agree)."""

    text: str
    leveled: str
    start: int
    end: int

    def begins(self, at: int) -> bool:
        """Say whether a body of a kind, or one that is called by a letter and a number, begins at the offset."""
        return self.head_at(at) > at

    def head_at(self, at: int) -> int:
        """Return where the noun ends with which the name of a body begins, the offset itself if none stands there."""
        found = CODE.match(self.text, at, self.end) or BODY.match(self.leveled, at, self.end)
        if found is None and self.text[at : at + 1].isupper():
            head = HEAD.match(self.leveled, at, self.end)
            shouted = head and len(head[0]) > 1 and self.text[at : head.end()].isupper()
            found = head if head and not shouted and PROPER.match(self.text, head.end()) else None
        return found.end() if found else at

    def proper_end(self, at: int) -> int:
        """Return where a proper name ends, "Viettel Post"; `at` if none begins."""
        start = end = at
        while (word := WORD.match(self.text, at, self.end)) and (word[0][0].isupper() or end > start):
            if not word[0][0].isupper() and not word[0].isdigit():
                break
            if end == start and VERB.match(self.leveled, at):
                break
            end = word.end()
            at = end + 1
            if self.text[end:at] not in (" ", "\u00a0"):
                break
        return end

    def crossing(self, start: int, here: int) -> int:
        """Return where a word of several syllables ends that began before the offset and holds it, 0 if none does."""
        before = self.leveled.rfind(" ", start, here - 1) + 1 or start
        if _COMPOUND.match(self.leveled, before):
            return here + 1
        capital = self.text[before].isupper()
        earlier = self.leveled.rfind(" ", start, before - 1) + 1 or start
        spent = NOUN.match(self.leveled, earlier) if earlier < before and not capital else None
        found = None if spent and spent.end() >= here - 1 else NOUN.match(self.leveled, before)
        proper = _OF_A_PLACE.search(self.text, max(start, before - 40), before)
        if capital and not proper and (found is None or found.end() <= here):
            found = VERB.match(self.leveled, before)
        return found.end() if found and found.end() > here else 0

    def action_within(self, at: int, words: int) -> int:
        """Return where an action begins, so many words on at most and before a stop, 0 if none does."""
        for _ in range(words):
            gap = SPACES.match(self.leveled, at, self.end)
            word = WORD.match(self.text, gap.end(), self.end) if gap else None
            if word is None or not self.text[word.start()].islower():
                return 0
            if VERB.match(self.leveled, word.start()):
                return word.start() if ACTION.match(self.leveled, word.start()) else 0
            at = word.end()
        return 0

    def last_capital(self, start: int, end: int) -> int:
        """Return where the last word with a capital begins, the start if none does."""
        at = end - 1
        while at > start and not (self.text[at].isupper() and self.text[at - 1] == " "):
            at -= 1
        return max(at, start)
