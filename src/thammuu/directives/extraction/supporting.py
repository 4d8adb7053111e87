"""Who is to support: by which words the bodies of a sentence are called to help who leads."""

import re
from collections.abc import Iterator, Sequence

from thammuu.directives.extraction.bodies import LABEL, Parties, Sentence
from thammuu.directives.extraction.verbs import ACTION
from thammuu.directives.extraction.words import Words, level

_SUPPORTED_BY = re.compile(
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|lực lượng)\s+)?(?:phối hợp|hỗ trợ|tham gia)(?: thực hiện| có| gồm)?\s*:\s*"
)
_HOW = (
    r"(?:\s*(?:,|và)?\s*(?:chặt chẽ|thường xuyên|đồng bộ|kịp thời|hiệu quả|nhịp nhàng|trực tiếp|tích cực|ngay|chủ động|"
    r"trao đổi|phối hợp|thống nhất|hiệp đồng|bàn bạc|thông tin))*"
)
_WITH = r"\s+(?:cùng với|cùng|với)"
TOGETHER = re.compile(
    r"(?:(?:phối(?: kết)? hợp|phối thuộc)" + _HOW + r"(?:" + _WITH + r")?|cùng với|cùng|"
    r"(?:hiệp đồng|trao đổi|thống nhất|liên kết|bàn bạc|kết hợp|luân phiên|đồng chủ trì|hợp luyện|hội chẩn|hợp đồng|"
    r"ký kết)" + _HOW + _WITH + r"|liên hệ(?:" + _WITH + r")?(?! ngay)|"
    r"(?:với|có|được|nhờ|cần|dưới|tranh thủ|kêu gọi|đề nghị) sự (?!(?:lãnh đạo|chỉ đạo|quan tâm|đồng ý|cho phép|"
    r"nhất trí|thống nhất|quản lý|chỉ huy|điều hành|điều động|phân công|chấp thuận|uỷ quyền)\b)"
    r"(?:[^\W\d_]+[\s,]+){1,8}?(?:của|từ))\s+"
)
_CONSULTED = re.compile(
    r"(?:(?:xin|lấy|tham khảo|trưng cầu|hỏi) ý kiến|tham vấn)(?: (?:của|từ|góp ý|tham gia|rộng rãi|đóng góp|"
    r"bằng văn bản|thống nhất))*\s+"
)
_AFAR = re.compile(
    r"\b(?:phối(?: kết)? hợp|trao đổi|hiệp đồng|thống nhất|liên kết|hội chẩn|hợp luyện|luyện tập|diễn tập|"
    r"ký(?: kết)?)\b(?!\s+(?:với|cùng))"
    r"(?:(?!\bvới\b|\bcùng\b)[^;.:]){3,80}?\s(?<!đối )(?<!so )(?<!hợp )(?<!gắn )(?<!làm việc )(?:cùng với|với|cùng)\s+"
)
"""The object may stand between: "trao đổi thông tin, phối hợp truy bắt đối tượng với Công an …"."""
_ABOVE = re.compile(
    r"(?:đồng chí )?(?:các )?(?:thành viên$|nhân dân|người dân|cử tri|chuyên gia|cán bộ|lãnh đạo|bộ trưởng|"
    r"thứ trưởng|thủ tướng|chủ tịch|ban thường vụ|thường trực|giám đốc|chính phủ|quốc hội|"
    r"đảng uỷ|cấp uỷ|cấp|cơ quan có thẩm quyền|người lao động|hội viên|đoàn viên|phụ huynh|học sinh|cư dân|hộ|dân)\b"
)
"""Who is asked for an opinion because he decides, and not because he helps."""
_INVITES = re.compile(
    r"\b(?P<how>mời|huy động|trưng tập|trưng dụng|vận động|kêu gọi|nhờ|đề nghị|yêu cầu|giao|phân công|đề xuất|có|"
    r"được|cùng|kiến nghị)\s+(?:[^,;:.]{0,25}?\bcủa\s+)?"
)
_GIVES = re.compile(
    r"\s*(?:cùng\s+)?(?:giúp|cử (?:cán bộ|chuyên gia|lực lượng|đại diện|người)|chứng kiến|cùng|tư vấn|"
    r"tăng cường|bổ sung|ứng cứu|cho mượn)\b"
)
_COMES = re.compile(r"\s*(?!(?:dự|tham dự|họp|làm việc|đến|về|trước|vào|tại)\b)(?:" + ACTION.pattern + r")")
_SERVES = {"có": _GIVES, "được": _GIVES, "mời": _COMES}
"""What is said of a body that helps, besides that it helps, by the word that calls upon it."""
CHAIRS = re.compile(r"\s*(?:chủ trì|chịu trách nhiệm chính|(?:là|làm) (?:(?:cơ quan|đơn vị) )?(?:chủ trì|đầu mối))\b")
PEOPLE = re.compile(
    r"(?:các\s+)?(?:cán bộ|thành viên|chiến sĩ|đoàn viên|hội viên|đảng viên|lực lượng công an|người dân|"
    r"nhân dân|công dân|cư dân|học sinh|phụ huynh|nông dân|ngư dân|hành khách|người lao động|đồng bào|hội viên)\b"
)
"""People, whom their body calls up; they are no body that helps it."""
_MARKED = re.compile(r"\s*\((?:phối hợp|hỗ trợ|tham gia)\b")
_STOP = re.compile(r"(?:[,;:]|\bvà)\s+(?:(?:đề nghị|yêu cầu|giao|phân công)\s+)?")
HELPS = re.compile(
    r"(?:,?\s*(?:(?:mỗi|từng) (?:đơn vị|bên|phòng|xã)|có trách nhiệm|chịu trách nhiệm|cùng|sẵn sàng|kịp thời|"
    r"tích cực|chủ động|thường xuyên|"
    r"(?:cử|bố trí|huy động|tăng cường|điều động|chi viện|phân công|cắt cử|bổ sung|điều|dành) (?:[^\W\d_]+,? |"
    r"\d+ ){1,5}?(?:cùng )?(?:để )?,?))*\s*(?:phối hợp|tham gia|hỗ trợ|phối thuộc|chi viện|là (?:cơ quan|"
    r"đơn vị|lực lượng) (?:phối hợp|hỗ trợ|tham gia))(?: thực hiện)?\b(?!\s+(?:với|cùng|chặt|thường|đồng))"
)


def helps(sentence: Sentence, at: int) -> bool:
    """Say whether who stands before the offset is said to help. Who works together with another leads:
    "Phòng Tham mưu phối hợp Sở Y tế lập …"."""
    found = HELPS.match(sentence.leveled, at, sentence.end)
    if found is None:
        return False
    at = found.end() + 1
    return not (found[0].endswith("phối hợp") and sentence.parties_at(at) and not _does(sentence, at))


def _does(sentence: Sentence, at: int) -> bool:
    """Say whether a verb stands there that might also name a body: "phối hợp chốt trực"."""
    return sentence.text[at : at + 1].islower() and ACTION.match(sentence.leveled, at, sentence.end) is not None


def supporting_of(sentence: Sentence, leads: Sequence[Words]) -> list[Words]:
    """Return who is to support, in the order of the text; who leads is left out."""
    found: dict[str, Words] = {}
    first = only_helps(sentence) if leads else ()
    for body in (*sentence.marked(_MARKED), *first, *_beside(sentence), *_invited(sentence), *_helping(sentence)):
        found.setdefault(body.text, body)
    lead = {body.start for body in leads}
    told = [body for body in found.values() if body.start not in lead]
    whole = [body for body in told if not any(other.start < body.start < other.end for other in told)]
    return sorted(whole, key=lambda body: body.start)


def _beside(sentence: Sentence) -> Iterator[Words]:
    """Give the bodies with whom something is to be done: "phối hợp với …", "lấy ý kiến …"."""
    for pattern in (_SUPPORTED_BY, TOGETHER, _CONSULTED, _AFAR):
        for match in pattern.finditer(sentence.leveled, sentence.start, sentence.end):
            named = pattern is not TOGETHER or not _does(sentence, match.end())
            parties = sentence.parties_at(match.end(), surely=pattern is not _AFAR) if named else None
            for body in parties.bodies if parties else ():
                if pattern is not _CONSULTED or not _ABOVE.match(level(body.text)):
                    yield body


def _invited(sentence: Sentence) -> Iterator[Words]:
    """Give the bodies that are called upon to help: "mời … tham gia", "được … hỗ trợ"."""
    for match in _INVITES.finditer(sentence.leveled, sentence.start, sentence.end):
        parties = sentence.parties_at(match.end())
        if parties is None or PEOPLE.match(level(parties.bodies[0].text)):
            continue
        behind = sentence.past_aside(parties.end)
        serves = _SERVES.get(match["how"], HELPS)
        if helps(sentence, behind) or serves.match(sentence.leveled, behind, sentence.end):
            yield from parties.bodies


def _helping(sentence: Sentence) -> Iterator[Words]:
    """Give the bodies behind a stop that are said to support: "…, Sở Y tế phối hợp"."""
    opening = sentence.parties_at(sentence.start)
    past = opening.end if opening else sentence.start
    for stop in _STOP.finditer(sentence.leveled, sentence.start, sentence.end):
        if stop.end() < past or LABEL.match(sentence.leveled, stop.end(), sentence.end):
            continue
        parties = sentence.parties_at(stop.end())
        if parties is None:
            continue
        past = parties.end
        if helps(sentence, sentence.past_aside(parties.end)) and not _is_label(parties):
            yield from parties.bodies


def only_helps(sentence: Sentence) -> list[Words]:
    """Return the bodies of a sentence that says no more than that they support: "Công an các xã phối hợp."."""
    labelled = _SUPPORTED_BY.match(sentence.leveled, sentence.start, sentence.end)
    if labelled:
        named = sentence.parties_at(labelled.end())
        return list(named.bodies) if named else []
    found = sentence.parties_at(sentence.start)
    if found and helps(sentence, sentence.past_aside(found.end)) and not _is_label(found):
        return list(found.bodies)
    return []


def _is_label(parties: Parties) -> bool:
    """Say whether this is only the "Đơn vị" of "Đơn vị phối hợp: …"."""
    return level(parties.bodies[-1].text) in ("đơn vị", "cơ quan", "các đơn vị", "các cơ quan")
