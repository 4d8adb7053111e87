"""What opens a sentence: the bodies that are to do something, at once or behind an adverbial and its comma."""

import re
from dataclasses import replace

from thammuu.directives.extraction.acting import acts, seems_to_act
from thammuu.directives.extraction.bodies import LABEL, Parties, Sentence
from thammuu.directives.extraction.supporting import helps
from thammuu.directives.extraction.verbs import ACTION

ADVERBIAL = re.compile(
    r"(?:trên đây|(?:0?\d+|sáu) tháng|nhận được|mỗi|sáng|chiều|trưa|tối|đêm|thứ (?=hai|ba|tư|năm|sáu|bảy)|thời gian|"
    r"giai đoạn|nửa|"
    r"đầu|giữa|kết thúc|cùng với|bên cạnh|song song|riêng|về|nhân|thông qua|dựa|tuỳ|với|hiện|trước mắt|quá trình|"
    r"tuần|tiếp tục|xuất phát|sớm|để|xét|do|ở|định kỳ|trước|trong|hằng|hàng|chậm nhất|muộn nhất|căn cứ|"
    r"trên cơ sở|đối với|sau|khi|nếu|để|nhằm|theo|từ|ngay|đến|vào|ngày|quý|tháng|hết|cuối|liên quan|kể từ|đúng|suốt|"
    r"dịp|đợt|năm|mùa|lúc|hôm nay|sắp tới|tới đây|những ngày|mặt khác|ngoài|tiếp theo|tiếp đó|tương tự|vì|bởi|nhờ|bằng|"
    r"giữa|song|đồng thời|thay vì|mặc dù|tuy|dù|hưởng ứng|chào mừng|thực hiện|triển khai|phát huy|tiếp thu|qua|tại|"
    r"trường hợp|được sự|phúc đáp|thừa lệnh|thừa uỷ quyền|chấp hành|bám sát|trên tinh thần|nhận|thay mặt|quá|"
    r"trên (?:địa bàn|tuyến|đường|biển|sông|không gian)|khu vực|giao thời|tính đến|khoảng|"
    r"sang|bước sang)\b"
)
_IN_LIST = re.compile(r"\b(?:(?:các|những|từng) \w+|cán bộ),\s+$")
_IN_SMALL_LIST = re.compile(r"\b(?:(?:các|những|từng) \w+(?: \w+)?|cán bộ),\s+$")
_OPENING = re.compile(
    r"\s*(?:(?:còn|song|nhưng|và|đồng thời|trong khi đó,?|ngoài ra,|riêng)\s+)?"
    r"(?:(?:riêng )?đối với\s+|riêng\s+|về phía\s+)?(?=\w)"
)
AFTER = re.compile(r",\s+")
_PARTED = re.compile(r",\s+(?:" + ACTION.pattern + ")")


def opening_of(sentence: Sentence) -> Parties | None:
    """Return the bodies with which the sentence begins."""
    opening = _OPENING.match(sentence.leveled, sentence.start, sentence.end)
    return sentence.parties_at(opening.end()) if opening else None


def acts_itself(sentence: Sentence, found: Parties) -> bool:
    """Say whether the bodies are charged with something, and do not only help."""
    return acts(sentence, found.end) and not helps(sentence, sentence.past_aside(found.end))


def begins_with(sentence: Sentence) -> Parties | None:
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


def behind_a_comma(sentence: Sentence) -> Parties | None:
    """An adverbial may open the sentence: "Trước ngày 30/6, Cục … xây dựng …"."""
    if ADVERBIAL.match(sentence.leveled, sentence.start, sentence.end) is None:
        return None
    for comma in AFTER.finditer(sentence.leveled, sentence.start, sentence.end):
        small = sentence.text[comma.end()].islower()
        if (_IN_SMALL_LIST if small else _IN_LIST).search(sentence.leveled, sentence.start, comma.end()):
            continue
        found = sentence.parties_at(comma.end())
        does = found and acts(sentence, found.end)
        if found and (does or seems_to_act(sentence, found)):
            before = sentence.leveled[sentence.start : comma.start()]
            if re.search(r"\b(?:phối hợp|(?<!^)cùng|chủ trì|(?<!được )giao(?! thông| dịch| lưu| ban))\b", before):
                return None
            return found if does else replace(found, guessed=True)
    return None
