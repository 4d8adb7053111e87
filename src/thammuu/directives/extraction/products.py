"""What must lie on the table when a task is done: the thing that is made, by its kind and its own words."""

import re
from collections.abc import Sequence

from thammuu.directives.extraction.bodies import Sentence
from thammuu.directives.extraction.vocabulary import COUNTED, MAKING
from thammuu.directives.extraction.words import Words, words_at

_LABELLED = re.compile(
    r"(?:sản phẩm|kết quả)(?: (?:đầu ra|phải có|hoàn thành|giao nộp|"
    r"thực hiện))?\s*(?:là)?\s*:\s*|sản phẩm (?:đầu ra )?là\s+"
)
_BETWEEN = re.compile(
    r"\s*(?:,|và)?\s*(?:thành|chung|ít nhất|tối thiểu|ngay|kịp thời|gấp|bổ sung|hoặc|các|những|một|01|toàn bộ|xong|lại|"
    r"lãnh đạo bộ|bộ trưởng|giám đốc|cấp có thẩm quyền|chính phủ"
    r"|thủ tướng chính phủ|ban hành|phê duyệt|ký|về|sửa đổi|đề xuất|xây dựng|trình|chi tiết|cụ thể|đầy đủ|và|,)*\s*"
)
_END = re.compile(
    r"[;()\n:]|\.(?!\d)|\sdo (?=bộ|cục|sở|phòng|văn phòng|công an|uỷ ban|ban|vụ|viện)|"
    r",\s*(?:trình|gửi|nộp|báo cáo|hoàn thành|xong|chậm nhất|trước|bảo đảm|đảm bảo|"
    r"tổ chức|triển khai|đồng thời|phối hợp|với sự|có sự|để|nhằm|làm|trong đó|và|kịp thời|thời hạn|hạn|hằng|hàng"
    r"|định kỳ|sẵn sàng|phục vụ|phân công|đề xuất|tham mưu|giao|hướng dẫn|tập huấn|kèm|ký|"
    r"công bố|đưa|lập|sơ kết|tổng kết|rút kinh nghiệm|b/c|nghiệm thu|vận hành|chuyển|hoàn thiện|xây dựng|"
    r"dự thảo|soạn thảo|kiến nghị|ban hành|phổ biến|lấy ý kiến|qua|nêu|xác định)\b"
    r"|(?<!chương)(?<!công)(?<!quy)(?<!tờ)(?<!quá)(?<!giáo)(?<!lộ)(?<!giải)(?<!toàn)(?<!tường)(?<!lịch)\strình\b|\s(?:(?:chuyển|"
    r"báo) (?=bộ|cục|sở|"
    r"phòng|văn phòng|công an|uỷ ban|ubnd|ban|vụ|viện|trung tâm|chi cục)|trước|"
    r"chậm nhất|muộn nhất|trong (?:tháng|quý|ngày|thời hạn|vòng|năm)|gửi|để|nhằm|về (?=bộ|[a-z]{1,2}\d|sở|ubnd|"
    r"uỷ ban|ban (?:chỉ|quản|tổ|thường|giám)|"
    r"văn phòng|công an|cục|v01|phòng|thường trực|trung tâm)|hằng|hàng|định kỳ|hoàn thành|"
    r"theo (?=mẫu|quy|đúng)|vào ngày|xong|kể từ|phục vụ|cho (?=văn phòng|công an|bộ|cục)|"
    r"qua (?=văn phòng|hệ thống|v01)|và (?:trình|gửi|báo cáo|tổ chức|triển khai|hướng dẫn|"
    r"phối hợp|công bố)|phải|(?:cần|sẽ) (?:được|do)|vào (?=vận|sử|khai|hoạt|áp|thực)|lên (?=bộ|hệ thống)|tới|"
    r"với (?=bộ|công an|cục)|đến (?=hết|ngày|công an|các)|khi|ngay|mỗi)\b"
)
_CIRCUMSTANCE = re.compile(
    r"(?:trong (?:thời gian|khi)|sau khi|khi|nếu|trường hợp|căn cứ|trên cơ sở|theo|đối với)\b[^,;:.]*,"
)
"""What opens a sentence so tells when something is to be done, and not what is to be made."""
_HANGING = re.compile(r"(?:\s+(?:với|về|cho|của|đến|tới|từ|cùng|được|do|giao|và))+\s*$")
"""What joins a product to who makes or receives it."""
_USING = re.compile(
    r"(?:rà soát|tổng hợp(?! (?:chung )?thành)|kiểm tra|thẩm định(?= hồ sơ)|nghiên cứu|tiếp thu|thống nhất|"
    r"triển khai)\b"
)
"""What is reviewed or gathered may be what something else is made from."""
_KEEPING = re.compile(
    r"(?:mở|ký(?! kết)|đăng ký|niêm yết|công khai|tham gia|có|phải có|làm|đưa|cập nhật|kết nối|thực hiện)\b"
)
"""What is kept or shown is the product only where nothing else is made or handed over."""
_KEPT = re.compile(r"(?:dự án|mẫu|cổng|hợp đồng|giấy phép)\b")
"""What is only looked at where it is reviewed."""
_NOT = re.compile(r"\bnào (?:\w+ ){0,3}$|(?:(?<!hàng )không|chưa|cấm|tránh|được) (?:được )?$")
_DOES_AS_WELL = re.compile(r"(?:thông báo|báo cáo|kết luận|cam kết|quyết định|đề xuất)\b")
"""Nouns that are verbs as well: behind a comma they say what else is to be done."""
_OF_OLD = re.compile(r"\s+số\s+\d|\s+\d+[/\-]\w")
_COPY = re.compile(r"bản (?:sao|chụp)\b")
_BEHIND_A_THING = re.compile(r"\b(?:văn bản|báo cáo|công văn|tờ trình|bản|phiếu|thông báo) $")
_OF_A_DRAFT = re.compile(
    r"(?:ý kiến|hoàn thiện|hoàn chỉnh|góp ý|thẩm định|thẩm tra|xây dựng|gửi|trình|nội dung|hồ sơ|thống nhất|"
    r"về|vào|với|các|những|"
    r"thông qua|cho|nghiên cứu|rà soát|lập|soạn|bản|tiếp thu|chỉnh lý|hoàn thành|và|ban hành)\s+$"
)
"""Behind these "dự thảo" is a draft, and not drafting."""
_LAWS = re.compile(
    r"(?:kế hoạch|nghị quyết|chỉ thị|quyết định|thông tư|nghị định|công điện|công văn|đề án|luật|quy định|kết luận)$"
)
_NUMBER = re.compile(r"\s+(?:số\s+)?\d")
_REPORTED = re.compile(r"(?:danh sách|số liệu|phương án|kế hoạch|dự thảo|đề án)\b")
"""What is laid before somebody with a report, and is the product rather than the report."""
_SENT = re.compile(r"(?:[;.:]\s+|,\s+)(?=[^,;:.]{2,60}?\s(?:gửi|nộp|trình|phải|hoàn thành|xong)\s)")
_IS_SENT = re.compile(r"(?=(?:(?! đã )[^;:.]){2,120}?\s(?:gửi|nộp|trình|phải|hoàn thành|xong|được|giao|thì)\s)")
_REPORTING = re.compile(r"(?:báo cáo|b/c)\b(?!\s*(?:viên|tài chính\b))")
_GIVEN = re.compile(r"\b(?:do|giao|:)\s")


def products_of(sentence: Sentence, taken: Sequence[Words]) -> list[Words]:
    """Return what the sentence wants made, the surest first; `taken` are words of parties and of the deadline."""
    leveled, start, end = sentence.leveled, sentence.start, sentence.end
    found = [match.end() for match in _LABELLED.finditer(leveled, start, end)]
    found = found or _made(sentence, taken)
    products: dict[int, Words] = {}
    circumstance = _CIRCUMSTANCE.match(leveled, start, end)
    for at in found:
        if circumstance and at < circumstance.end():
            continue
        if any(words.start <= at < words.end for words in taken):
            continue
        stop = _END.search(leveled, at + 1, end)
        ends = min([stop.start() if stop else end, *(words.start for words in taken if words.start > at)])
        ends = _before_receiver(sentence, at, ends)
        hanging = _HANGING.search(leveled, at, ends)
        words = words_at(sentence.text, at, hanging.start() if hanging else ends)
        if words.text and not any(one.start <= words.start < one.end for one in products.values()):
            products[words.start] = words
    return list(products.values())


def _made(sentence: Sentence, taken: Sequence[Words]) -> list[int]:
    """Return where the things begin that are made or handed over, the surest first."""
    leveled, start, end = sentence.leveled, sentence.start, sentence.end
    made = [(making, _thing(sentence, making.end())) for making in MAKING.finditer(leveled, start, end)]
    made = [one for one in made if not any(words.start <= one[0].start() < words.end for words in taken)]
    made = [one for one in made if not _is_said_of_a_thing(sentence, one[0])]
    made = [one for one in made if not _NOT.search(leveled, max(start, one[0].start() - 16), one[0].start())]
    made.sort(key=lambda one: _rank(leveled, *one))
    found = [
        at for one, at in made if at >= 0 and not (_KEPT.match(leveled, at) and _USING.match(leveled, one.start()))
    ]
    laid = [_thing(sentence, match.end()) for match in _REPORTING.finditer(leveled, start, end)]
    found += [at for at in laid if at >= 0 and _REPORTED.match(leveled, at)]
    found += [match.end() for match in _SENT.finditer(leveled, start, end) if _of_the_kind(leveled, match.end())]
    found += [at for words in taken if (at := _agreed(sentence, words)) >= 0]
    given = _GIVEN.search(leveled, start, end) or _IS_SENT.match(leveled, start, end)
    opens = given and not _DOES_AS_WELL.match(leveled, start) and _of_the_kind(leveled, start)
    found = [start, *found] if opens else found
    return found or [match.start() for match in _REPORTING.finditer(leveled, start, end)][:1]


def _rank(leveled: str, making: re.Match[str], at: int) -> int:
    """Return how little a verb says that what it is done with is the product."""
    if _USING.match(leveled, making.start()) or (at >= 0 and _COPY.match(leveled, at)):
        return 2
    return 1 if _KEEPING.match(leveled, making.start()) else 0


def _is_said_of_a_thing(sentence: Sentence, making: re.Match[str]) -> bool:
    """Say whether the verb is a draft, or says what kind of thing stands before it: "văn bản thẩm định dự thảo …"."""
    before = sentence.leveled[sentence.start : making.start()][-40:]
    if making[0] == "dự thảo" and (not before or _OF_A_DRAFT.search(before)):
        return True
    return _BEHIND_A_THING.search(before) is not None


def _before_receiver(sentence: Sentence, at: int, ends: int) -> int:
    """Return where a report ends that only says to whom it goes: "báo cáo Giám đốc Công an tỉnh"."""
    report = _REPORTING.match(sentence.leveled, at, ends)
    begins = (report.end() + 1, _behind(_BETWEEN, sentence, report.end())) if report else ()
    return report.end() if report and any(at < ends and sentence.parties_at(at) for at in begins) else ends


def _of_the_kind(leveled: str, at: int) -> bool:
    """Say whether a thing to be made is named here, and not this very document ("Công điện này")."""
    thing = COUNTED.match(leveled, at)
    return thing is not None and not _is_old(leveled, thing)


def _is_old(leveled: str, thing: re.Match[str]) -> bool:
    """Say whether the thing is there already: this very document, or one with a number."""
    number = _NUMBER if _LAWS.search(thing[0]) else _OF_OLD
    if _LAWS.search(thing[0]) and leveled.startswith(" giao ", thing.end()):
        return True
    return bool(number.match(leveled, thing.end())) or leveled.startswith((" này", " kèm theo"), thing.end())


def _agreed(sentence: Sentence, with_body: Words) -> int:
    """Return where what is agreed with a body begins: "thống nhất với Bộ Ngoại giao chương trình …"."""
    agrees = sentence.leveled[sentence.start : with_body.start].rstrip().endswith("thống nhất với")
    return _thing(sentence, with_body.end) if agrees else -1


def _thing(sentence: Sentence, at: int) -> int:
    """Return where a product begins behind a verb that makes one, or behind who receives it; -1 if none does."""
    begin = _behind(_BETWEEN, sentence, at)
    if begin == at:
        return -1
    thing = COUNTED.match(sentence.leveled, begin, sentence.end)
    if thing and "," in sentence.text[at:begin] and _DOES_AS_WELL.match(sentence.leveled, begin):
        return -1
    receiver = None if thing else sentence.parties_at(begin)
    if receiver:
        thing = COUNTED.match(sentence.leveled, _behind(_BETWEEN, sentence, receiver.end), sentence.end)
    return thing.start() if thing and not _is_old(sentence.leveled, thing) else -1


def _behind(pattern: re.Pattern[str], sentence: Sentence, at: int) -> int:
    match = pattern.match(sentence.leveled, at, sentence.end)
    return match.end() if match else at


def kind_of(product: str) -> str:
    """Return the noun that says what kind of thing a product is ("kế hoạch"), in the levelled form."""
    from thammuu.directives.extraction.words import level

    found = COUNTED.match(level(product))
    return found["kind"] if found else level(product).split(" ")[0]
