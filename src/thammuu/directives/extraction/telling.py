"""What a sentence tells instead of charging anybody: how things went, and what somebody thinks of it."""

import re
from datetime import date

from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.verbs import ACTION

_COMMA = re.compile(r"[,;]\s+")
_DONE = re.compile(r"\s*(?:cơ bản |đều |cũng )?đã (?!(?:được|giao|phân)\b)")
_BESIDE = re.compile(r"\s*(?:chủ trì,?\s*)?phối hợp (?:chặt chẽ )?(?:(?:cùng )?với |cùng )?")
JUDGES = re.compile(
    r"(?:(?:cơ bản|rất|nhiệt liệt|trân trọng|cũng|gửi lời|xin|chân thành)\s+)*(?:đánh giá cao|hoan nghênh|"
    r"ghi nhận(?=,? (?:và )?(?:đánh|biểu|nỗ lực|sự|những (?:nỗ|kết|cố)|kết quả|thành tích|tinh thần|cố gắng))|"
    r"biểu dương(?!,)|khen(?! thưởng)|tuyên dương(?!,)|phê bình(?!,)|cảm ơn|chúc mừng|chia buồn|chia sẻ với|bày tỏ|"
    r"lấy làm|vui mừng|phấn khởi|tin tưởng|lưu ý(?= rằng)|cho rằng|nhận thấy|thấy rằng|cơ bản thống nhất|"
    r"chấp thuận(?= (?:đề xuất|đề nghị|chủ trương))|(?:thống nhất|đồng ý|"
    r"nhất trí)(?: về chủ trương)?(?= với (?:các |những )?(?:nội dung|đề xuất|"
    r"chủ trương|ý kiến|"
    r"báo cáo|tờ trình|kiến nghị|phương án|đề nghị|đánh giá)))\b"
)
"""Who says so praises, blames or agrees, and is charged with nothing."""
STATE = re.compile(
    r"(?:nhận được|của|thuộc|tại|ở|trên|dưới|giữa|bị|còn|vẫn|mới|vừa|rất|cũng|đều|như|này|đó|ấy|nào|gồm|bao gồm|xảy ra|"
    r"đạt|có|mất|"
    r"thiếu|gặp|chậm|nhiều|ít|hiện|chiếm|phát sinh|tồn tại|hơn|và|bằng|cả|toàn|nơi|ngày|số|lại|quá|khá|luôn|gần|cơ bản|"
    r"thiệt hại|vi phạm|lúng túng|chủ quan|phấn khởi|vui mừng|yên tâm|tin tưởng|đồng tình|biểu hiện|nhận thức|"
    r"phấn đấu|không|chưa|đã|đang|là|do|lúc|năm|thời|việc|công tác|kết quả|tình hình|các|những)\b"
)
"""What tells how things are and charges nobody."""
TELLS = re.compile(
    JUDGES.pattern
    + r"|(?:là|do|mới|không (?:đủ|còn|có|đạt|đáp ứng)|nhận được|đã(?! được (?:giao|phân công))|đang|chưa|"
    r"còn(?! (?:phải|có trách nhiệm|"
    r"được giao))|vẫn|cũng|đều|rất|cơ bản)\b"
)
WHICHEVER = re.compile(r"\bnào\b")
"""Nobody is charged by what is said of whoever fails: "Đơn vị nào để xảy ra vi phạm …"."""
_NEWS = re.compile(
    r"(?:đến\b(?=[^.;]{1,200}\bđã\b(?! được (?:giao|phân)))|căn cứ|xét (?:đề nghị|tờ trình)|theo (?:đề nghị|"
    r"báo cáo|thống kê|tổng hợp|thông tin|dự báo|nhận định|"
    r"bản tin|số liệu|tin)|tính đến|hiện nay|hiện tại|"
    rf"(?:vào )?(?:hồi|lúc) \d[^,;.]{{1,60}},\s+(?!{ACTION.pattern})|"
    r"dự báo (?:đến|trong|từ|khoảng|ngày|đêm|chiều|sáng)|"
    r"thời gian (?:qua|vừa qua|gần đây)|những (?:năm|tháng|ngày|tuần) (?:qua|vừa qua|gần đây)|vừa qua|gần đây)\b"
)
"""So begins what happened or is foreseen, unless somebody is charged behind it."""


ON_A_DAY = re.compile(
    r"(?:vào )?(?:hồi|lúc|ngày|sáng|trưa|chiều|tối|đêm|rạng sáng)\b[^,;:.]{0,30}?"
    r"\b(?P<d>[0-3]?\d)/(?P<m>[01]?\d)/(?P<y>20\d\d),\s+"
)
"""With a day that is over begins what happened on it."""


def reports(sentence: Sentence, charged: Parties | None, issued_on: date) -> bool:
    """Say whether the sentence tells what its bodies have done: "Trong 10 tháng, Công an tỉnh đã phối hợp …"."""
    day = ON_A_DAY.match(sentence.leveled, sentence.start, sentence.end)
    over = day and (int(day["y"]), int(day["m"]), int(day["d"])) < (issued_on.year, issued_on.month, issued_on.day)
    if day and over and (charged is None or charged.bodies[0].start == day.end()):
        return True
    if charged and sentence.leveled.find(" đã ", sentence.start, sentence.end) < 0:
        return False
    if charged is None and _NEWS.match(sentence.leveled, sentence.start):
        return True
    stops = _COMMA.finditer(sentence.leveled, sentence.start, sentence.end)
    for at in (sentence.start, *(stop.end() for stop in stops)):
        named = sentence.parties_at(at)
        if named and charged and charged.bodies[0] != named.bodies[0]:
            return False
        if named and not charged and WHICHEVER.search(sentence.leveled, named.bodies[0].start, named.end + 5):
            return True
        if named:
            behind = sentence.past_aside(named.end)
            beside = _BESIDE.match(sentence.leveled, behind, sentence.end)
            helpers = sentence.parties_at(beside.end(), surely=True) if beside else None
            if charged:
                return helpers is not None and _DONE.match(sentence.leveled, helpers.end) is not None
            return bool(
                _DONE.match(sentence.leveled, behind) or JUDGES.match(sentence.leveled[behind : sentence.end].lstrip())
            )
    return False
