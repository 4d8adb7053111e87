"""Who is to lead: by which words the bodies of a sentence are charged."""

import re
from dataclasses import replace

from thammuu.directives.extraction.acting import acts, seems_to_act
from thammuu.directives.extraction.bodies import LABEL, Parties, Sentence
from thammuu.directives.extraction.stretch import SYLLABLE
from thammuu.directives.extraction.supporting import CHAIRS, helps, only_helps
from thammuu.directives.extraction.telling import JUDGES, WHICHEVER
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import PRODUCT
from thammuu.directives.extraction.words import level

_CHARGE = re.compile(
    r"(?<!bàn )\b(?:(?P<gives>giao(?! thông| ban\b(?! (?:quản|chỉ|tổ|thường|giám|soạn|dân|chấp|an|nội|tuyên|"
    r"kinh|pháp))| dịch| lưu| nhận| nộp)|phân công|uỷ quyền|"
    r"uỷ nhiệm|(?:ra )?lệnh(?= cho)|chỉ thị(?= cho))|yêu cầu|đề nghị|lưu ý|nhắc|(?P<directs>chỉ đạo)|trách nhiệm của)"
    r"(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?\s*:?\s+"
)
_PUBLIC = re.compile(r"(?:các|quý) (?:sở|bộ|ban|cơ quan|đơn vị|địa phương|phòng|xã|phường|tỉnh)\b")
_MEMBERS = re.compile(
    r"(?:(?:các|từng|mỗi|một số|đủ)\s+)?(?:cán bộ|thành viên|chiến sĩ|đoàn viên|đảng viên|lực lượng)\b"
)
_SUPERIOR = re.compile(
    r"(?:(?:đồng chí|ông|bà) )?(?:thứ trưởng|bộ trưởng|thủ tướng|giám đốc|lãnh đạo|chánh văn phòng|bí thư|ubnd|"
    r"ban bí thư|tổng bí thư|tư lệnh|chính uỷ|hđnd|tỉnh uỷ|thành uỷ|đảng uỷ|chủ toạ|chủ trì|"
    r"chủ tịch|thủ trưởng|thường trực|trưởng|phó|ban thường vụ|uỷ ban|ban chỉ đạo|hội đồng|chính phủ|"
    r"quốc hội|bộ)[^,;:.]{0,50}"
)
_ADVERBIAL = re.compile(
    r"(?:trên đây|(?:0?\d+|sáu) tháng|nhận được|mỗi|sáng|chiều|trưa|tối|đêm|thứ (?=hai|ba|tư|năm|sáu|bảy)|thời gian|"
    r"giai đoạn|nửa|"
    r"đầu|giữa|kết thúc|cùng với|bên cạnh|song song|riêng|về|nhân|thông qua|dựa|tuỳ|với|hiện|trước mắt|quá trình|"
    r"tuần|tiếp tục|xuất phát|sớm|để|xét|do|ở|định kỳ|trước|trong|hằng|hàng|chậm nhất|muộn nhất|căn cứ|"
    r"trên cơ sở|đối với|sau|khi|nếu|để|nhằm|theo|từ|ngay|đến|vào|ngày|quý|tháng|hết|cuối|liên quan|kể từ|đúng|suốt|"
    r"dịp|đợt|năm|mùa|lúc|hôm nay|sắp tới|tới đây|những ngày|mặt khác|ngoài|tiếp theo|tiếp đó|tương tự|vì|bởi|nhờ|bằng|"
    r"giữa|song|đồng thời|thay vì|mặc dù|tuy|dù|hưởng ứng|chào mừng|thực hiện|triển khai|phát huy|tiếp thu|qua|tại|"
    r"trường hợp|thay mặt|quá|trên (?:địa bàn|tuyến|đường|biển|sông|không gian)|khu vực|giao thời|tính đến|khoảng|"
    r"sang|bước sang)\b"
)
_BY = re.compile(r"(?:\b(?:do|(?P<must>phải |cần |sẽ )?(?P<passive>được))\s+|\(\s*)")
_LED_BY = re.compile(
    r"(?:(?:cơ quan|đơn vị|lãnh đạo|lực lượng|trách nhiệm)\s+)?(?:chủ lực|chính|nòng cốt|chủ trì|đầu mối|"
    r"thực hiện|phụ trách|"
    r"chịu trách nhiệm|được giao)(?: thực hiện| tham mưu)?\s*:\s*"
)
_BY_PAPER = re.compile(
    r"(?:hội nghị|cuộc họp|phiên họp|kỳ họp|đại hội|kế hoạch|quyết định|chỉ thị|nghị quyết|công điện|"
    r"kết luận)\b(?![^,;:.]*\bđã$)[^,;:.]{0,40}"
)
_TASK = re.compile(r"(?:nhiệm vụ|nội dung|việc|công việc|phần việc|công tác|phần|khâu)\b[^,;:.]{0,80}")
_NAMED = re.compile(r"[A-Z][^\W\d_]*(?: [A-ZĐ][^\W\d_]*)+$")
_BEFORE_CHARGE = re.compile(
    r"(?:kính|trân trọng|thống nhất|đồng ý|nhất trí|cơ bản thống nhất|nay|tiếp tục|trước mắt|riêng|đồng thời)"
)
_DOES = re.compile(r"\s*(?:chủ trì|thực hiện|làm(?! chủ đầu tư)|đảm nhiệm|phụ trách|chịu)")
_CAUSES = re.compile(r"\s*(?:làm chủ đầu tư|để|gây|không|chưa|đã|bị|đang|là|trước|từ|trong|với|và)\b")
DECIDES = re.compile(r"\s*(?:phê duyệt|xem xét|quyết định|cho ý kiến|cho phép|ký|chấp thuận)\b")
"""What is done behind "trình" by whom it is laid before."""
_MARKED = re.compile(r"\s*\((?:chủ trì|đầu mối|chủ công)\b")
_IN_LIST = re.compile(r"\b(?:các|những|từng) \w+,\s+$")
_OPENING = re.compile(r"\s*(?:(?:riêng )?đối với\s+|riêng\s+|về (?=phía))?(?=\w)")
_AFTER = re.compile(r",\s+")
_PARTED = re.compile(r",\s+(?:" + ACTION.pattern + ")")
_INFORMS = re.compile(r"\bthông báo\s+(?:để|đến|tới|cho)\s+")
_TO_DO = re.compile(r"\s+(?:được )?biết[^;.]{0,30}(?:thực hiện|triển khai)\b")
_COLON = re.compile(r":\s+")
_ASIDE_OF = re.compile(r"(?:\(\s*|\s[-–—]\s+)(?:(?:giao|do|phân công|trách nhiệm)(?: thực hiện)?\s*:?\s+)?")
_CLOSES = re.compile(r"\)?[\s,;.]*$")


def leads_of(sentence: Sentence, *, below: bool = False) -> Parties | None:
    """Return who is charged with what the sentence says, None if it names nobody.

    `below`: who is charged was named above, and is who directs: "2. Sở Y tế: a) Chỉ đạo các bệnh viện …".
    """
    marked = sentence.marked(_MARKED)
    if marked:
        return Parties(tuple(marked), marked[-1].end)
    labelled = _LED_BY.search(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(labelled.end()) if labelled else None
    found = found or _informed(sentence) or _charged(sentence, below=below)
    readings = (_chairing, _opening, _by, _behind_a_comma, _behind_a_colon, _in_brackets, _proper)
    found = found or next((parties for read in readings if (parties := read(sentence))), None)
    return None if found and WHICHEVER.search(sentence.leveled, found.bodies[0].start, found.end + 5) else found


def _informed(sentence: Sentence) -> Parties | None:
    """Who is told so that he carries it out: "Văn phòng thông báo để các đơn vị biết, thực hiện"."""
    told = _INFORMS.search(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(told.end()) if told else None
    return found if found and _TO_DO.match(sentence.leveled, found.end, sentence.end) else None


def opening_of(sentence: Sentence) -> Parties | None:
    """Return the bodies with which the sentence begins."""
    opening = _OPENING.match(sentence.leveled, sentence.start, sentence.end)
    return sentence.parties_at(opening.end()) if opening else None


def acts_itself(sentence: Sentence, found: Parties) -> bool:
    """Say whether the bodies are charged with something, and do not only help."""
    return acts(sentence, found.end) and not helps(sentence, sentence.past_aside(found.end))


def charges(sentence: Sentence) -> bool:
    """Say whether somebody is charged at the beginning, so that another may be behind a comma."""
    found = _charged(sentence, below=False) or _opening(sentence) or _behind_a_comma(sentence)
    return found is not None and not found.guessed


def _charged(sentence: Sentence, *, below: bool) -> Parties | None:
    named = sentence.parties_at(sentence.start)
    for charge in _CHARGE.finditer(sentence.leveled, sentence.start, sentence.end):
        before = sentence.leveled[sentence.start : charge.start()].rstrip()
        if charge["directs"] and (before or below):
            continue
        asks = charge[0].startswith("đề nghị")
        orders = (charge["gives"] or asks) and named and named.end == sentence.start + len(before)
        if orders and (
            not sentence.text[charge.end()].isupper() and not (asks and _PUBLIC.match(sentence.leveled, charge.end()))
        ):
            orders = False
        gives, opened = charge["gives"] is not None, _opens_with_superior(sentence, charge.start())
        anew = before.endswith(";") and not (named and acts(sentence, named.end))
        at_once = not before or anew or orders or opened or _is_superior(before) or _may_follow(before, gives=gives)
        named_so = not before and sentence.text[charge.end() : charge.end() + 1].isupper()
        found = sentence.parties_at(charge.end(), surely=named_so) if at_once else None
        other = _behind_a_comma(sentence) if before and not gives and not opened else None
        if other and other.end < charge.start():
            continue
        asks_help = before and asks and named and not charge["gives"]
        if found and asks_help and helps(sentence, found.end):
            continue
        if found and not (before and _MEMBERS.match(found.bodies[0].text.lower())):
            return found
    return None


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
    if _BEFORE_CHARGE.fullmatch(before) or _BY_PAPER.fullmatch(before):
        return True
    if gives:
        return before[-1] in ",;:." or _TASK.fullmatch(before) is not None
    if JUDGES.search(before):
        return before.endswith((",", ";", " và"))
    return before[-1] == "," and _ADVERBIAL.match(before) is not None


def _is_superior(before: str) -> bool:
    """Say whether only the one who gives the order stands before the charge: "Bộ trưởng giao …"."""
    return _SUPERIOR.fullmatch(before) is not None and JUDGES.search(before) is None


def _chairing(sentence: Sentence) -> Parties | None:
    """Who helps may be told first: "Bộ Quốc phòng hỗ trợ phương tiện, Bộ Y tế chủ trì …"."""
    for stop in _AFTER.finditer(sentence.leveled, sentence.start, sentence.end) if only_helps(sentence) else ():
        found = sentence.parties_at(stop.end())
        if found and CHAIRS.match(sentence.leveled, sentence.past_aside(found.end), sentence.end):
            return found
    return None


def _opening(sentence: Sentence) -> Parties | None:
    if LABEL.match(sentence.leveled, sentence.start, sentence.end):
        return None
    found = opening_of(sentence)
    if found is None:
        return None
    if not acts(sentence, found.end):
        told = len(found.bodies) > 1 or found.bodies[0].start > sentence.start
        parted = told and _PARTED.match(sentence.leveled, found.end, sentence.end)
        return replace(found, guessed=True) if parted or seems_to_act(sentence, found) else None
    return found


def _by(sentence: Sentence) -> Parties | None:
    for match in _BY.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(match.end())
        if found is None or _is_aside(sentence, match.start()):
            continue
        if match["passive"] and not (match["must"] or PRODUCT.match(sentence.leveled, sentence.start)):
            continue
        if _DOES.match(sentence.leveled, found.end, sentence.end):
            return found
        begins = "," not in sentence.text[sentence.start : match.start()] and not match[0].startswith("(")
        does = acts(sentence, found.end) or seems_to_act(sentence, found)
        charged = begins and does and not helps(sentence, found.end)
        if charged and not _CAUSES.match(sentence.leveled, found.end, sentence.end):
            return found
    return None


def _is_aside(sentence: Sentence, at: int) -> bool:
    """Say whether the offset is in what only opens the sentence: "Đối với các hồ do địa phương quản lý, Sở …"."""
    return "," not in sentence.text[sentence.start : at] and _behind_a_comma(sentence) is not None


def _behind_a_comma(sentence: Sentence) -> Parties | None:
    """An adverbial may open the sentence: "Trước ngày 30/6, Cục … xây dựng …"."""
    if _ADVERBIAL.match(sentence.leveled, sentence.start, sentence.end) is None:
        return None
    for comma in _AFTER.finditer(sentence.leveled, sentence.start, sentence.end):
        if _IN_LIST.search(sentence.leveled, sentence.start, comma.end()):
            continue
        found = sentence.parties_at(comma.end())
        does = found and acts(sentence, found.end)
        if found and (does or seems_to_act(sentence, found)):
            before = sentence.leveled[sentence.start : comma.start()]
            if re.search(r"\b(?:phối hợp|(?<!^)cùng|chủ trì|(?<!được )giao(?! thông| dịch| lưu| ban))\b", before):
                return None
            return found if does else replace(found, guessed=True)
    return None


def _proper(sentence: Sentence) -> Parties | None:
    """A proper name alone may open the sentence, of a body that is called by no kind: "Việt Nam Airlines …"."""
    comma = _AFTER.search(sentence.leveled, sentence.start, sentence.end)
    begin = comma.end() if comma and _ADVERBIAL.match(sentence.leveled, sentence.start) else sentence.start
    known = VERB.match(sentence.leveled, begin) or PRODUCT.match(sentence.leveled, begin)
    found = None if known else sentence.parties_at(begin, surely=sentence.text[begin : begin + 1].isupper())
    if found is None or not acts(sentence, found.end):
        return None
    name = found.bodies[0].text
    first = name.split(" ")[0]
    told = begin > sentence.start or first != name or first.isupper()
    firm = told and first.isalpha() and not SYLLABLE.fullmatch(level(first))
    return replace(found, guessed=True) if len(found.bodies) > 1 or firm or _NAMED.match(name) else None


def _behind_a_colon(sentence: Sentence) -> Parties | None:
    """The subject may come first: "Về hậu cần: Phòng Hậu cần bảo đảm …"."""
    for colon in _COLON.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(colon.end())
        if found and acts_itself(sentence, found):
            return found
    return None


def _in_brackets(sentence: Sentence) -> Parties | None:
    """Nothing but who is charged may stand in brackets or behind a dash at the end: "Kiểm tra bến (Sở Xây dựng)"."""
    for opening in _ASIDE_OF.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(opening.end())
        if found and _CLOSES.match(sentence.leveled, found.end, sentence.end):
            return found
    return None
