"""The words that charge a body: "giao", "yêu cầu", "đề nghị", and what may stand before them."""

import re

from thammuu.directives.extraction.acting import acts
from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.opening import ADVERBIAL, behind_a_comma
from thammuu.directives.extraction.supporting import helps
from thammuu.directives.extraction.telling import JUDGES
from thammuu.directives.extraction.verbs import ACTION

_CHARGE = re.compile(
    r"(?<!bàn )\b(?:(?P<gives>giao(?! thông(?! tấn)| dịch| lưu| nhận| nộp)|phân công|uỷ quyền|"
    r"uỷ nhiệm|(?:ra )?lệnh(?= cho)|chỉ thị(?= cho))|yêu cầu|đề nghị|lưu ý|nhắc|(?P<directs>chỉ đạo)|trách nhiệm của)"
    r"(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?\s*:?\s+"
)
_PUBLIC = re.compile(
    r"(?:các|quý) (?:sở|bộ|ban|cơ quan|đơn vị|địa phương|phòng|xã|phường|tỉnh|tổ chức|ngân hàng|doanh nghiệp|công ty)\b"
)
_MEMBERS = re.compile(
    r"(?:(?:các|từng|mỗi|một số|đủ)\s+)?(?:cán bộ|thành viên|chiến sĩ|đoàn viên|đảng viên|lực lượng)\b"
)
_SUPERIOR = re.compile(
    r"(?:(?:đồng chí|ông|bà) )?(?:thứ trưởng|bộ trưởng|thủ tướng|giám đốc|lãnh đạo|chánh văn phòng|bí thư|ubnd|"
    r"ban bí thư|tổng bí thư|tư lệnh|chính uỷ|hđnd|tỉnh uỷ|thành uỷ|đảng uỷ|chủ toạ|chủ trì|"
    r"ban cán sự|ban lãnh đạo|tập thể lãnh đạo|bộ chính trị|phiên họp|hội nghị|cuộc họp|chủ tịch|thủ trưởng|"
    r"thường trực|trưởng|phó|ban thường vụ|uỷ ban|ban chỉ đạo|hội đồng|chính phủ|"
    r"quốc hội|bộ)[^,;:.]{0,50}"
)
_HELD = re.compile(r"\b(?:đã|được|chưa|bàn|khi|nếu|bị|không|các|những|việc|sẽ|và)$")
_BY_PAPER = re.compile(
    r"(?:hội nghị|cuộc họp|phiên họp|kỳ họp|đại hội|kế hoạch|quyết định|chỉ thị|nghị quyết|công điện|"
    r"kết luận)\b(?![^,;:.]*\bđã$)[^,;:.]{0,40}"
)
_TASK = re.compile(r"(?:nhiệm vụ|nội dung|việc|công việc|phần việc|công tác|phần|khâu)\b[^,;:.]{0,80}")
_BEFORE_CHARGE = re.compile(
    r"(?:kính|trân trọng|thống nhất|đồng ý|nhất trí|cơ bản thống nhất|nay|tiếp tục|trước mắt|riêng|đồng thời)"
)


def charged(sentence: Sentence, *, below: bool) -> Parties | None:
    """Return who is charged by such a word; `below`: who is charged was named above, and is who directs."""
    named = sentence.parties_at(sentence.start)
    for charge in _CHARGE.finditer(sentence.leveled, sentence.start, sentence.end):
        before = sentence.leveled[sentence.start : charge.start()].rstrip()
        meeting = sentence.leveled.startswith("giao ban", charge.start()) and sentence.text[charge.end()].islower()
        if meeting or (charge["directs"] and (before or below)):
            continue
        opened = _opens_with_superior(sentence, charge.start())
        named_so = not before and sentence.text[charge.end() : charge.end() + 1].isupper()
        at_once = not before or opened or _may_stand(sentence, charge, before, named)
        found = sentence.parties_at(charge.end(), surely=named_so) if at_once else None
        other = behind_a_comma(sentence) if before and not charge["gives"] and not opened else None
        if other and other.end < charge.start():
            continue
        asks_help = before and named and charge[0].startswith("đề nghị")
        if found and asks_help and helps(sentence, found.end):
            continue
        if found and not (before and _MEMBERS.match(found.bodies[0].text.lower())):
            return found
    return None


def _may_stand(sentence: Sentence, charge: re.Match[str], before: str, named: Parties | None) -> bool:
    """Say whether the word charges behind what stands before it, and is not what a body there is to do itself."""
    gives = charge["gives"] is not None
    acting = named is not None and acts(sentence, named.end)
    if (before.endswith(";") and not acting) or _is_superior(before) or _orders(sentence, charge, before, named):
        return True
    if gives and before.endswith(",") and acting:
        return False
    return _may_follow(before, gives=gives) or (gives and _is_thing(sentence, named, before))


def _orders(sentence: Sentence, charge: re.Match[str], before: str, named: Parties | None) -> bool:
    """Say whether only a body stands before the charge, which gives the order: "Sở Nội vụ đề nghị UBND các xã …"."""
    asks = charge[0].startswith(("đề nghị", "yêu cầu"))
    if named is None or not (charge["gives"] or asks) or named.end != sentence.start + len(before):
        return False
    public = asks and _PUBLIC.match(sentence.leveled, charge.end()) is not None
    return sentence.text[charge.end()].isupper() or public


def _is_thing(sentence: Sentence, named: Parties | None, before: str) -> bool:
    """Say whether what is given to somebody stands before the charge: "Kịch bản diễn tập giao Sở Y tế soạn thảo"."""
    does = named or ACTION.match(sentence.leveled, sentence.start) or ADVERBIAL.match(sentence.leveled, sentence.start)
    return not does and _HELD.search(before) is None


def _opens_with_superior(sentence: Sentence, at: int) -> bool:
    """Say whether who gives the order stands before the charge, behind an opening: "Kết luận phiên họp, Bộ trưởng …".

    The opening names nobody who acts.
    """
    comma = sentence.leveled.rfind(", ", sentence.start, at)
    if comma < 0 or sentence.parties_at(sentence.start):
        return False
    tail = sentence.leveled[comma + 2 : at].rstrip()
    return _SUPERIOR.fullmatch(tail) is not None


def _may_follow(before: str, *, gives: bool) -> bool:
    """Say whether a charge may come behind these words: a task, or an adverbial with its comma."""
    if (
        before.endswith((" tôi", ", tôi"))
        or before == "tôi"
        or _BEFORE_CHARGE.fullmatch(before)
        or _BY_PAPER.fullmatch(before)
    ):
        return True
    if gives:
        return before[-1] in ",;:." or _TASK.fullmatch(before) is not None
    if JUDGES.search(before):
        return before.endswith((",", ";", " và"))
    return before[-1] == "," and ADVERBIAL.match(before) is not None


def _is_superior(before: str) -> bool:
    """Say whether only the one who gives the order stands before the charge: "Bộ trưởng giao …"."""
    return _SUPERIOR.fullmatch(before) is not None and JUDGES.search(before) is None
