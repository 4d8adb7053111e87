"""What must lie on the table when a task is done: the thing that is made, by its kind and its own words."""

import re
from collections.abc import Sequence

from thammuu.directives.extraction.parties import Sentence
from thammuu.directives.extraction.vocabulary import MAKING, PRODUCT
from thammuu.directives.extraction.words import Words, words_at

_LABELLED = re.compile(
    r"(?:sản phẩm|kết quả)(?: (?:đầu ra|phải có|hoàn thành|giao nộp|"
    r"thực hiện))?\s*(?:là)?\s*:\s*|sản phẩm (?:đầu ra )?là\s+"
)
_BETWEEN = re.compile(
    r"\s*(?:,|và|;)?\s*(?:ngay|kịp thời|gấp|bổ sung|hoặc|các|những|một|01|toàn bộ|xong|lại|"
    r"bộ (?=hồ sơ|tài liệu)|lãnh đạo bộ|bộ trưởng|giám đốc|cấp có thẩm quyền|chính phủ"
    r"|thủ tướng chính phủ|ban hành|phê duyệt|ký|về|sửa đổi|đề xuất|xây dựng|trình|chi tiết|cụ thể|đầy đủ|và|,)*\s*"
)
_END = re.compile(
    r"[;.()\n:]|\sdo (?=bộ|cục|sở|phòng|văn phòng|công an|uỷ ban|ban|vụ|viện)|"
    r",\s*(?:trình|gửi|báo cáo|hoàn thành|xong|chậm nhất|trước|bảo đảm|đảm bảo|"
    r"tổ chức|triển khai|đồng thời|phối hợp|để|nhằm|làm|trong đó|và|kịp thời|thời hạn|hạn|"
    r"hằng|hàng"
    r"|định kỳ|sẵn sàng|phục vụ|phân công|đề xuất|tham mưu|giao|hướng dẫn|tập huấn|kèm|ký|"
    r"công bố|đưa|phổ biến|lấy ý kiến|qua|nêu|xác định)\b"
    r"|(?<!chương)(?<!công)(?<!quy)(?<!tờ)(?<!quá)(?<!giáo)(?<!lộ)\strình\b|\s(?:trước|"
    r"chậm nhất|muộn nhất|trong (?:tháng|quý|ngày|thời hạn|vòng|năm)|gửi|để|nhằm|về (?=bộ|"
    r"văn phòng|công an|cục|v01|phòng|thường trực|trung tâm)|hằng|hàng|định kỳ|hoàn thành|"
    r"theo (?=mẫu|quy|đúng)|vào ngày|xong|kể từ|phục vụ|cho (?=văn phòng|công an|bộ|cục)|"
    r"qua (?=văn phòng|hệ thống|v01)|và (?:trình|gửi|báo cáo|tổ chức|triển khai|hướng dẫn|"
    r"phối hợp|công bố)|lên (?=bộ|hệ thống)|tới|với (?=bộ|công an|cục)|đến (?=hết|ngày|"
    r"công an|các)|khi|ngay|mỗi)\b"
)
_REPORTING = re.compile(r"báo cáo\b(?!\s*(?:viên|tài chính\b))")
_GIVEN = re.compile(r"\b(?:do|giao|:)\s")


def products_of(sentence: Sentence, taken: Sequence[Words]) -> list[Words]:
    """Return what the sentence wants made, the surest first; `taken` are words of parties and of the deadline."""
    leveled, start, end = sentence.leveled, sentence.start, sentence.end
    found = [match.end() for match in _LABELLED.finditer(leveled, start, end)]
    if not found:
        found = [
            at for making in MAKING.finditer(leveled, start, end) if (at := _thing(leveled, making.end(), end)) >= 0
        ]
        found += [at for words in taken if (at := _agreed(leveled, words, end)) >= 0]
        found += [start] if PRODUCT.match(leveled, start, end) and _GIVEN.search(leveled, start, end) else []
        found = found or [match.start() for match in _REPORTING.finditer(leveled, start, end)][:1]
    products: dict[int, Words] = {}
    for at in found:
        if any(words.start <= at < words.end for words in taken):
            continue
        stop = _END.search(leveled, at + 1, end)
        ends = min([stop.start() if stop else end, *(words.start for words in taken if words.start > at)])
        words = words_at(sentence.text, at, ends)
        if words.text and not any(one.start <= words.start < one.end for one in products.values()):
            products[words.start] = words
    return list(products.values())


def _agreed(leveled: str, with_body: Words, end: int) -> int:
    """Return where what is agreed with a body begins: "thống nhất với Bộ Ngoại giao chương trình …"."""
    agrees = leveled[: with_body.start].rstrip().endswith("thống nhất với")
    return _thing(leveled, with_body.end, end) if agrees else -1


def _thing(leveled: str, at: int, end: int) -> int:
    """Return where a product begins right behind a verb that makes one, -1 if none does."""
    between = _BETWEEN.match(leveled, at, end)
    begin = between.end() if between else at
    if begin == at:
        return -1
    thing = PRODUCT.match(leveled, begin, end)
    return thing.start() if thing else -1


def kind_of(product: str) -> str:
    """Return the noun that says what kind of thing a product is ("kế hoạch"), in the levelled form."""
    from thammuu.directives.extraction.words import level

    found = PRODUCT.match(level(product))
    return found[0] if found else level(product).split(" ")[0]
