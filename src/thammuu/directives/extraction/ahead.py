"""What stands behind a word of a name: the verb of a duty, which says that the words before it are the name's."""

import re

from thammuu.directives.extraction.fields import NOUN, WHICH
from thammuu.directives.extraction.stretch import WORD, Stretch
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import BODY, JOINED, PRODUCT

_BETWEEN = re.compile(r",?[ \u00a0]+")
_DUTY = re.compile(r"\s(?:phải|có trách nhiệm|chịu trách nhiệm|cần)\b")
_CERTAIN = re.compile(
    r"(?P<name>[^,;:.()]{1,60}?)\s(?:chủ trì|có trách nhiệm|chịu trách nhiệm|làm đầu mối|được (?:giao|phân công))\b"
)
_CHARGES = re.compile(
    r"\b(?:giao|yêu cầu|đề nghị|phân công|do|chỉ đạo|để|và|theo|đã|tiếp tục|khẩn trương|trực tiếp|"
    r"chủ động|phải|cần|sẽ)\b"
)
_AGAIN = re.compile(r"(?:trình|báo cáo|gửi|nộp|phục vụ|thực hiện(?!\s*(?:[,;.]|$))|theo dõi|quản lý)\b")
_LIST_STOP = re.compile(r"\s(?:và|" + VERB.pattern + r")\b|[,;:.(]")
_CHECKS = re.compile(
    r"(?:kiểm tra|thanh tra|giám sát|khảo sát|thẩm định|xét duyệt|nghiệm thu|bầu cử|bỏ phiếu|kiểm dịch|cách ly|"
    r"tiêm chủng|canh gác|quan trắc|thu phí|kiểm soát|sơ tán)\b"
)
_STRONG = re.compile(
    r"(?:thực hiện|chủ trì|phải|có trách nhiệm|tổ chức|hoàn thành|họp|tiến hành|làm việc|gửi|trình|công bố|"
    r"chịu trách nhiệm)\b"
)


class Ahead(Stretch):
    """A stretch in which one looks on to the next action."""

    __slots__ = ()

    def checks(self, here: int, past: int) -> int:
        """Return where the purpose of a body ends that needs no object: "Trưởng đoàn kiểm tra báo cáo …"."""
        duty = ACTION if _CHECKS.match(self.leveled, here) else _STRONG
        return past if duty.match(self.leveled, past + 1) else 0

    def before_action(self, at: int) -> int:
        """Return where the words before the next action end, 0 if a stop comes first or none is between."""
        begin = at
        for _ in range(9):
            gap = _BETWEEN.match(self.leveled, at, self.end)
            word = WORD.match(self.text, gap.end(), self.end) if gap else None
            if gap is None or word is None:
                return 0
            verb = VERB.match(self.leveled, word.start()) if self.text[word.start()].islower() else None
            if verb or ("," in gap[0] and self.begins(word.start())):
                acts = ACTION.match(self.leveled, word.start()) and not _AGAIN.match(self.leveled, word.start())
                return at if acts and at > begin and "," not in gap[0] else 0
            thing = PRODUCT.match(self.leveled, word.start()) if at > begin and word[0].islower() else None
            if thing and " " in thing[0]:
                return at
            noun = JOINED.match(self.leveled, word.start()) or NOUN.match(self.leveled, word.start())
            at = noun.end() if noun else word.end()
            if word[0].isdigit() and not WHICH.match(self.leveled, at + 1) and self.text[at + 1 : at + 2].islower():
                return at
        return 0

    def before_duty(self, at: int) -> int:
        stop = re.compile(r"[,;:.]").search(self.leveled, at, self.end)
        duty = _DUTY.search(self.leveled, at, stop.start() if stop else self.end)
        return duty.start() if duty else 0

    def in_list(self, start: int, at: int) -> int:
        """Return where what a body is known by ends in a list: nothing but the list stands behind "phối hợp (với)"."""
        if not re.search(r"(?:với|cùng|phối hợp|và)\s$", self.leveled[max(0, start - 10) : start]):
            return 0
        stop = _LIST_STOP.search(self.leveled, at, self.end)
        return stop.start() if stop else self.end

    def certain_end(self, here: int, past: int) -> int:
        """Return where a name ends that has a verb in it, 0 if none: before words that only follow who is charged."""
        certain = _CERTAIN.match(self.leveled, here, self.end)
        if certain is None or certain.end("name") < past or _CHARGES.search(certain["name"]):
            return 0
        others = (word.start() + here for word in WORD.finditer(certain["name"]))
        return 0 if any(BODY.match(self.leveled, at) for at in others) else certain.end("name")
