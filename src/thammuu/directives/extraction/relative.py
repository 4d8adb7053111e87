"""A relative clause within a name: what holds for those of a kind that are meant, before what they are to do."""

import re

from thammuu.directives.extraction.fields import NOUN
from thammuu.directives.extraction.stretch import WORD, Stretch
from thammuu.directives.extraction.verbs import ACTION
from thammuu.directives.extraction.vocabulary import JOINED, PRODUCT

_OF_A_KIND = re.compile(
    r"(?:các|những|mỗi|từng|mọi|một số|toàn bộ|toàn thể|hộ|chủ|người|cơ sở|doanh nghiệp|đơn vị|cơ quan|"
    r"lực lượng|tổ chức|"
    r"nhà|hãng|tổ đội|tập thể|cá nhân|địa phương|phương tiện|tàu|nhân viên|công chức|cán bộ|uỷ viên|thành viên|"
    r"chuyên viên|hội|trạm|chốt|bộ phận|kíp|ca|trường|bệnh viện|công ty|hợp tác xã|trang trại)\b|.*\b(?:các|"
    r"những|mỗi|từng|chủ)\s"
)
"""Several, or whoever is of a kind, of whom a relative clause may say which; a name of its own needs none."""
_MARK = re.compile(
    r"(?P<sure>có(?! (?:trách nhiệm|nhiệm vụ|liên quan))|chưa|bị|thuộc (?:diện|đối tượng|nhóm)|nằm|nơi|"
    r"để xảy ra|chậm(?= (?:tiến|trả|nộp|giải|thanh))|"
    r"được(?= (?:giao|phân công|phân bổ|cấp|uỷ quyền|lựa chọn|chọn|phép|thành lập|cử|trưng tập|huy động|mời|triệu tập|"
    r"bố trí|thanh tra|kiểm tra)\b))"
    r"|(?P<urged>còn|đang|đã|không|sẽ|để(?= (?:tồn|phát|mất|lọt|chậm|cán|đảng|nợ|kéo)))(?= \w+)|"
    r"(?P<duty>gác|lái|tổ chức|thụ lý|chủ trì|soạn thảo|ban hành|tiến hành|làm|tham gia|được|quản lý|"
    r"vận hành)\b(?= \w+)"
)
_STOP = re.compile(r"[;:.]")
_COMMA = re.compile(r"[,;:.]")
_URGED = re.compile(
    r"\b(?:phải|có trách nhiệm|chịu trách nhiệm|cần|khẩn trương|nghiêm túc|tiếp tục|tự giác|chủ động|"
    r"tập trung|tăng cường|"
    r"nhanh chóng|kịp thời|lập tức|nghiêm chỉnh|thường xuyên|tuyệt đối|nghiêm cấm|có mặt)\b"
)
_DUTY = re.compile(r"\b(?:phải|có trách nhiệm|chịu trách nhiệm|cần)\b")
_ALONE = re.compile(r"(?:hoàn thành|trả lời|đăng ký|thực hiện|triển khai|giải ngân|kê khai|vi phạm|tham gia|lắp đặt)$")
"""Verbs that may stand without an object, so that the duty may begin right behind them."""
_NAMES_WORK = re.compile(
    r"\b(?:tỷ lệ|tiến độ|kết quả|nhu cầu|nguy cơ|dấu hiệu|khả năng|nhiệm vụ|chức năng|công tác|hoạt động|việc|kế hoạch|"
    r"phương án|quyết định|giấy phép|chứng chỉ|điều kiện|hợp đồng|dự án|công trình|tình hình|quy định|"
    r"yêu cầu|chỉ tiêu|đợt|hình thức|biện pháp|dịch vụ|hành vi|thẩm quyền|hệ thống|khu vực|đề án|"
    r"chương trình|tài khoản|công cụ|phương tiện|cơ sở)$"
)
"""Nouns behind which a verb says of what they are: "có tỷ lệ giải ngân thấp"."""
_HOW = re.compile(r"(?:thật|thực) sự|kịp thời|đầy đủ|nghiêm|tốt|đúng|hết|đủ|xong|chặt|sát|quyết liệt|rõ|cao|đồng bộ")
_GAP = re.compile(r"(?:\s*\([^()]{1,80}\))?,?[ \u00a0]+")
_WORDS = 28


def relative_end(within: Stretch, start: int, here: int) -> int:
    """Return where a relative clause ends that begins at `here` in the name of a kind; 0 if that is what they do.

    Behind the clause's verb and its object stands the verb of the duty: "Các đơn vị chưa gửi báo cáo khẩn trương …".
    """
    mark = _MARK.match(within.leveled, here, within.end)
    if mark is None or not _OF_A_KIND.match(within.leveled, start, here):
        return 0
    if mark["sure"] is None:
        return (
            _before(within, mark.end(), _DUTY, _COMMA) if mark["duty"] else _before(within, mark.end(), _URGED, _STOP)
        )
    leveled, at, before, object_seen = within.leveled, mark.end(), mark.end(), False
    for _ in range(_WORDS):
        gap = _GAP.match(leveled, at, within.end)
        word = WORD.match(within.text, gap.end(), within.end) if gap else None
        if gap is None or word is None:
            return 0
        here = word.start()
        action = ACTION.match(leveled, here) if within.text[here].islower() else None
        if at > mark.end() and _URGED.match(leveled, here):
            return at
        if action and "," in gap[0]:
            return 0
        named = _NAMES_WORK.search(leveled, max(mark.end(), at - 14), at) is not None
        if action and not named and (object_seen or _ALONE.search(leveled, before, at)):
            return at
        noun = PRODUCT.match(leveled, here) or JOINED.match(leveled, here) or NOUN.match(leveled, here)
        if not _HOW.match(leveled, here):
            object_seen = named or not action
        before, at = here, action.end() if action else max(noun.end() if noun else 0, word.end())
        at += within.text.startswith("%", at)
    return 0


def _before(within: Stretch, at: int, duty: re.Pattern[str], stops: re.Pattern[str]) -> int:
    """Return where the words before a duty end, 0 if none is told before a stop."""
    stop = stops.search(within.leveled, at, within.end)
    begin = within.leveled.find(" ", at + 1)
    found = duty.search(within.leveled, begin, stop.start() if stop else within.end) if begin > 0 else None
    return found.start() - 1 if found and found.start() > begin else 0
