"""What a directive's text holds besides the clauses that charge: addresses and titles, headings, lines of a form."""

import re
from collections.abc import Sequence

from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.clauses import Clause

_ADDRESS = re.compile(
    r"(?:đồng )?(?:kính gửi|sao gửi|gửi)\s*:|(?:v/v|về việc|trích yếu)\b(?!.*:)|số\s*:|lưu\s*:|"
    r"[^:]{0,120}\b(?:điện|gửi)\s*:$"
)
_RECIPIENTS = re.compile(r"nơi (?:nhận|gửi)\s*[:.]?")
_ANNEX = re.compile(r"(?:phụ lục|danh mục|biểu|bảng)\b")
_HEADING = re.compile(
    r"(?:(?:phân công\s+)?(?:(?:trách nhiệm|nhiệm vụ|nội dung)(?: (?:cụ thể|chính))?(?: của)?|giao|phân công|yêu cầu|"
    r"(?:kính )?đề nghị|(?:riêng )?đối với|về phía)(?: nhiệm vụ)?(?: cho)?\s*:?\s+)?(?=\w)"
)
_ORDERS = re.compile(
    r"(?:[^:]{0,80}\s)?(?:yêu cầu|chỉ đạo|chỉ thị|quyết định|kết luận|thông báo|đề nghị|giao|phân công|lệnh|"
    r"ban hành|ý kiến)"
    r"(?: [^:]{0,50})?:$"
)
_GROUNDS = re.compile(r"(?:căn cứ|xét đề nghị|theo đề nghị|độc lập - tự do - hạnh phúc)\b")
_FIELD = re.compile(
    r"(?:(?:cơ quan|đơn vị|lực lượng|bộ phận)\s+(?:chủ trì|phối hợp|thực hiện|tham gia|chịu trách nhiệm)|chủ trì|"
    r"phối hợp|thời (?:gian|hạn)|tiến độ|hạn hoàn thành|hoàn thành|sản phẩm|kết quả)\b[^:;.,]{0,25}:\s"
)


def outside(leveled: str, clauses: Sequence[Clause]) -> set[int]:
    """Return where the clauses begin that charge nobody by their place: addresses, titles and recipients.

    What follows the recipients is the end of the document, up to an annex.
    """
    found: set[int] = set()
    ended = False
    for clause in clauses:
        at, end = clause.words.start, clause.words.end
        ended = (ended or bool(_RECIPIENTS.match(leveled, at, end))) and not _ANNEX.match(leveled, at, end)
        below = clause.above is not None and clause.above.words.start in found
        if ended or below or _ADDRESS.match(leveled, at, end):
            found.add(at)
    return found


def heads(sentence: Sentence) -> Parties | None:
    """Return who is charged with what stands below a heading that says no more: "2. Sở Y tế", "Đối với UBND các xã"."""
    opening = _HEADING.match(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(opening.end()) if opening else None
    if found is None or sentence.leveled[sentence.past_aside(found.end) : sentence.end].strip(" :.,;"):
        return None
    return found


def orders(sentence: Sentence, behind: int) -> bool:
    """Say whether who is named before the offset gives the orders below: "Chủ tịch UBND tỉnh yêu cầu:"."""
    return _ORDERS.fullmatch(sentence.leveled, behind, sentence.end) is not None


def is_field(sentence: Sentence) -> bool:
    """Say whether the line only fills in a value of the task above it: "- Đơn vị chủ trì: Sở Y tế"."""
    return _FIELD.match(sentence.leveled, sentence.start, sentence.end) is not None


def says_nothing(sentence: Sentence) -> bool:
    """Say whether no task can stand here: in a heading in capitals, in the grounds, in a line of a form."""
    words = sentence.text[sentence.start : sentence.end]
    return words.isupper() or is_field(sentence) or _GROUNDS.match(sentence.leveled, sentence.start) is not None
