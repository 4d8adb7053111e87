"""What a sentence tells instead of charging anybody: how things went, and what somebody thinks of it."""

import re
from datetime import date

from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.verbs import ACTION, VERB

_COMMA = re.compile(r"[,;]\s+")
_DONE = re.compile(r"\s*(?:cơ bản |đều |cũng )?đã (?!(?:được|giao|phân)\b)")
_BESIDE = re.compile(r"\s*(?:chủ trì,?\s*)?phối hợp (?:chặt chẽ )?(?:(?:cùng )?với |cùng )?")
JUDGES = re.compile(
    r"(?:(?:cơ bản|rất|nhiệt liệt|trân trọng|cũng|gửi lời|xin|chân thành)\s+)*(?:đánh giá cao|hoan nghênh|"
    r"ghi nhận(?=,? (?:và )?(?:(?:các |những )?(?:kiến nghị|ý kiến|đề xuất|phản ánh)|đánh|biểu|nỗ lực|sự|"
    r"những (?:nỗ|kết|cố)|kết quả|thành tích|tinh thần|cố gắng))|"
    r"biểu dương(?!,)|khen(?! thưởng)|tuyên dương(?!,)|phê bình(?!,)|cảm ơn|chúc mừng|chia buồn|chia sẻ với|bày tỏ|"
    r"lấy làm|vui mừng|phấn khởi|tin tưởng|lưu ý(?= rằng)|cho rằng|nhận thấy|thấy rằng|cơ bản thống nhất|"
    r"đồng ý|nhất trí|"
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
    r"thiệt hại|bức xúc|lo lắng|băn khoăn|e ngại|hoang mang|vi phạm|lúng túng|chủ quan|phấn khởi|vui mừng|"
    r"yên tâm|tin tưởng|đồng tình|biểu hiện|nhận thức|"
    r"phấn đấu|không|chưa|đã|đang|là|do|lúc|năm|thời|việc|công tác|kết quả|tình hình|các|những)\b"
)
"""What tells how things are and charges nobody."""
TELLS = re.compile(
    JUDGES.pattern
    + r"|(?:là|do|mới|để|bị|sẽ bị|thì bị|được hiểu|hoạt động theo|làm việc theo|có hiệu lực|tự giải thể|dự họp|tham dự|"
    r"(?:xin |trân trọng |kính )*thông báo (?:để|đến|tới|cho) [^;.]{1,120}\bbiết\b(?!, thực)|(?:xin|"
    r"trân trọng|kính) thông báo|"
    r"không (?:đủ|còn|có|đạt|đáp ứng)|nhận được|đã(?! được (?:giao|phân công))|đang|chưa|"
    r"còn(?! (?:phải|có trách nhiệm|"
    r"được giao))|vẫn|cũng|đều|rất|cơ bản)\b"
)
WHICHEVER = re.compile(r"\bnào\b")
"""Nobody is charged by what is said of whoever fails: "Đơn vị nào để xảy ra vi phạm …"."""
_NEVER = re.compile(
    r"(?:tuy nhiên|tuy vậy)\b(?![^;.]*\b(?:yêu cầu|đề nghị|giao|phải|cần|khẩn trương)\b)|dự kiến\b|"
    r"nguyên nhân\b|(?:trân trọng )?kính mời\b|"
    r"(?:qua|sau|từ)\s[^;.:]{1,120}?\b(?:cho )?thấy\b|[^;.:]{0,80}\bxin liên hệ\b|"
    r"[^;.:]{0,80}\b(?:được hiểu là|có nghĩa là)\b"
)
"""So begins what tells how things are, whoever is named in it."""
_OURSELVES = ("bộ", "sở", "cục", "ban", "uỷ ban", "ủy ban", "văn phòng", "vụ")
"""Without a name who signs speaks of itself: "Bộ sẽ tổng hợp"."""
_NEWS = re.compile(
    r"(?:(?:cho )?(?:đến|tới) nay\b|đến\b(?=[^.;]{1,200}\bđã\b(?! được (?:giao|phân)))|căn cứ|xét (?:đề nghị|"
    r"tờ trình)|theo (?:đề nghị|"
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


_OPENING = re.compile(r"(?:(?:từ|trong|tại|theo|đến|sau|trước|về|do|vào|qua|ngày)\b[^;:.,]{1,90},\s+)?")
_AGREES = re.compile(
    r"(?:[^,;:.]{2,60} )?(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí) với (?:các |những )?(?:nội dung|đề xuất|"
    r"chủ trương|ý kiến|báo cáo|tờ trình|"
    r"kiến nghị|phương án|đề nghị|đánh giá|dự thảo|kết quả|phạm vi|mục tiêu|quan điểm|nhận định)\b"
)
_IS = re.compile(
    r"(?:(?! (?:phải|cần|gửi|nộp|trình|báo cáo|hoàn thành|xong|trước|chậm nhất|giao|do|đề nghị|"
    r"yêu cầu) )[^;:.]){2,110}? (?:là|có|đạt|"
    r"đã(?! được (?:giao|phân))|đang|diễn ra|xảy ra|chiếm|vượt|giảm|tăng|gây|được (?:bố trí|đầu tư|lấy|trích|"
    r"tính|xác định|lồng ghép)) "
)


_LABELS = re.compile(r"(?:sản phẩm|kết quả|thời (?:gian|hạn)|hạn|tiến độ|đơn vị (?:chủ|phối))\b")


def _is_statement(sentence: Sentence) -> bool:
    """Say whether a sentence in which nobody is charged says how something is, and not what is to be done."""
    if _AGREES.match(sentence.leveled, sentence.start):
        return True
    opening = _OPENING.match(sentence.leveled, sentence.start, sentence.end)
    at = opening.end() if opening else sentence.start
    return (
        not _LABELS.match(sentence.leveled, at)
        and not VERB.match(sentence.leveled, at)
        and _IS.match(sentence.leveled, at, sentence.end) is not None
    )


_SOME = re.compile(r"(?:một số|nhiều|không ít) ")
_URGES = re.compile(r"\b(?:phải|cần|khẩn trương|có trách nhiệm|tập trung|tiếp tục|sớm)\b")
"""Of some, who are not named, is told how things are, unless something is demanded."""


def reports(sentence: Sentence, charged: Parties | None, issued_on: date) -> bool:
    """Say whether the sentence tells what its bodies have done: "Trong 10 tháng, Công an tỉnh đã phối hợp …"."""
    done = sentence.leveled.find(" đã ", sentence.start, sentence.end) >= 0
    if _was_then(sentence, charged, issued_on, done=done) or _NEVER.match(
        sentence.leveled, sentence.start, sentence.end
    ):
        return True
    if charged is None:
        return bool(_NEWS.match(sentence.leveled, sentence.start)) or _is_statement(sentence) or _have_done(sentence)
    if _SOME.match(sentence.leveled, charged.bodies[0].start) and not _URGES.search(
        sentence.leveled, charged.end, sentence.end
    ):
        return True
    if charged.bodies[0].text.lower() in _OURSELVES and sentence.leveled.startswith(" sẽ ", charged.end):
        return True
    return done and _have_done(sentence, charged)


def _was_then(sentence: Sentence, charged: Parties | None, issued_on: date, *, done: bool) -> bool:
    """Say whether the sentence begins with a day that is over, on which something happened."""
    day = ON_A_DAY.match(sentence.leveled, sentence.start, sentence.end)
    if day is None or (int(day["y"]), int(day["m"]), int(day["d"])) >= (issued_on.year, issued_on.month, issued_on.day):
        return False
    return charged is None or charged.bodies[0].start == day.end() or done


def _have_done(sentence: Sentence, charged: Parties | None = None) -> bool:
    """Say whether the first body that is named has done something already, or judges."""
    stops = _COMMA.finditer(sentence.leveled, sentence.start, sentence.end)
    for at in (sentence.start, *(stop.end() for stop in stops)):
        named = sentence.parties_at(at)
        if named is None:
            continue
        behind = sentence.past_aside(named.end)
        if charged:
            beside = _BESIDE.match(sentence.leveled, behind, sentence.end)
            helpers = sentence.parties_at(beside.end(), surely=True) if beside else None
            same = charged.bodies[0] == named.bodies[0]
            return same and helpers is not None and _DONE.match(sentence.leveled, helpers.end) is not None
        if WHICHEVER.search(sentence.leveled, named.bodies[0].start, named.end + 5):
            return True
        judges = JUDGES.match(sentence.leveled[behind : sentence.end].lstrip())
        return bool(_DONE.match(sentence.leveled, behind) or judges)
    return False
