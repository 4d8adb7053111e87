"""What a sentence tells instead of charging anybody: how things went, and what somebody thinks of it."""

import re

from thammuu.directives.extraction.bodies import Parties, Sentence

_COMMA = re.compile(r"[,;]\s+")
_DONE = re.compile(r"\s*(?:cơ bản |đều |cũng )?đã (?!(?:được|giao|phân)\b)")
_BESIDE = re.compile(r"\s*(?:chủ trì,?\s*)?phối hợp (?:chặt chẽ )?(?:(?:cùng )?với |cùng )?")
JUDGES = re.compile(
    r"(?:(?:cơ bản|rất|nhiệt liệt|trân trọng|cũng|gửi lời|xin|chân thành)\s+)*(?:đánh giá cao|hoan nghênh|"
    r"ghi nhận(?=,? (?:và )?(?:đánh|biểu|nỗ lực|sự|những (?:nỗ|kết|cố)|kết quả|thành tích|tinh thần|cố gắng))|"
    r"biểu dương(?!,)|khen(?! thưởng)|tuyên dương(?!,)|phê bình(?!,)|cảm ơn|chúc mừng|chia buồn|chia sẻ với|bày tỏ|"
    r"lấy làm|vui mừng|phấn khởi|tin tưởng|lưu ý(?= rằng)|cho rằng|nhận thấy|thấy rằng|cơ bản thống nhất|"
    r"(?:thống nhất|đồng ý|nhất trí)(?: về chủ trương)?(?= với (?:các |những )?(?:nội dung|đề xuất|chủ trương|ý kiến|"
    r"báo cáo|tờ trình|kiến nghị|phương án|đề nghị|đánh giá)))\b"
)
"""Who says so praises, blames or agrees, and is charged with nothing."""


def reports(sentence: Sentence, charged: Parties | None) -> bool:
    """Say whether the sentence tells what its bodies have done: "Trong 10 tháng, Công an tỉnh đã phối hợp …"."""
    if charged and sentence.leveled.find(" đã ", sentence.start, sentence.end) < 0:
        return False
    stops = _COMMA.finditer(sentence.leveled, sentence.start, sentence.end)
    for at in (sentence.start, *(stop.end() for stop in stops)):
        named = sentence.parties_at(at)
        if named and charged and charged.bodies[0] != named.bodies[0]:
            return False
        if named:
            behind = sentence.past_aside(named.end)
            beside = _BESIDE.match(sentence.leveled, behind, sentence.end)
            helpers = sentence.parties_at(beside.end(), surely=True) if beside else None
            if charged:
                return helpers is not None and _DONE.match(sentence.leveled, helpers.end) is not None
            return bool(_DONE.match(sentence.leveled, behind) or JUDGES.match(sentence.leveled[behind:].lstrip()))
    return False
