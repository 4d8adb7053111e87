"""Where the name of a body ends: word by word behind its first noun, by what a name may hold and what follows it."""

import re

from thammuu.directives.extraction.fields import CAMPAIGN, DUTIES, NEEDS_OBJECT, NOUN, PURPOSE, STATES, TRADE, WHICH
from thammuu.directives.extraction.series import group_end, past_and, past_comma
from thammuu.directives.extraction.stretch import SPACES, WORD, Stretch
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import BODY, HEAD, JOINED, PRODUCT

_BETWEEN = re.compile(r",?[ \u00a0]+")
_KINDS = (
    r"(?:đơn vị|cơ quan|tổ chức|doanh nghiệp|lực lượng|chủ thể|cơ sở|cá nhân|hộ|hộ dân|hộ gia đình|"
    r"công ty|người|nhân viên|chủ|chủ cơ sở|chủ phương tiện|chủ tàu|nhà máy|tập thể|nhà thầu|chủ đầu tư|trang trại|"
    r"hợp tác xã|tàu cá|"
    r"phương tiện|hội|đoàn thể|tổ|chi nhánh|trường|bệnh viện|trạm|chốt|điểm|bộ phận|kíp|ca trực|kíp trực)"
)
_GENERIC = re.compile(
    r"(?:(?:thủ trưởng|người đứng đầu|lãnh đạo|chỉ huy|giám đốc|đại diện)\s+)?(?:các\s+|những\s+|mỗi\s+|từng\s+)?"
    + _KINDS
    + r"(?:(?:, | và )"
    + _KINDS
    + r")*"
)
_DUTY = re.compile(r"\s(?:phải|có trách nhiệm|chịu trách nhiệm|cần)\b")
_URGED = re.compile(r"\s(?:phải|có trách nhiệm|chịu trách nhiệm|cần|khẩn trương|nghiêm túc|tiếp tục)\b")
_LEVEL = re.compile(
    r"(?:\b(?:tỉnh|thành phố|xã|phường|đặc khu|(?:văn phòng|thanh tra|lãnh đạo|đảng uỷ|cơ quan|trực thuộc) bộ|"
    r"liên quan|sở tại|trên địa bàn|các cấp|trung ương|khu vực [ivxl]+|[a-z]{1,3}\d{1,3})|(?<![\d/])\d{1,3})\s+$"
)
_CHARGE_OF = r"phụ trách(?: (?:khối|mảng|lĩnh vực|công tác))?(?! chung| chính| toàn)"
_IN_CHARGE = re.compile(rf"(?:{_CHARGE_OF}|nơi)\s+$")
_IN_CHARGE_OF = re.compile(_CHARGE_OF + r"(?= \w)")
_TITLED = re.compile(
    r"(?:các |mỗi |từng )?(?:phó|giám đốc|chủ tịch|trưởng|thứ trưởng|cán bộ|chiến sĩ|uỷ viên|thành viên|người|lãnh đạo|"
    r"đơn vị|bộ phận|cơ quan|cục trưởng|chỉ huy)\b"
)
"""Who may be called by what he is in charge of; of all others it is said as their task."""
_RANGE = re.compile(r"từ [A-ZĐ][\w ]{1,30}? đến [A-ZĐ][^\W\d_]*(?: [A-ZĐ][^\W\d_]*)*")
_CHARGES = re.compile(
    r"\b(?:giao|yêu cầu|đề nghị|phân công|do|chỉ đạo|để|và|theo|đã|tiếp tục|khẩn trương|trực tiếp|"
    r"chủ động|phải|cần|sẽ)\b"
)
_FORMED = re.compile(
    r"\b(?:ban chỉ đạo|hội đồng|tổ công tác|đoàn|tổ|chốt|trạm|điểm|xung kích|tổ tuần tra|(?<!quân )(?<!bộ )đội|"
    r"tiểu ban|ban)\s+$"
)
_CERTAIN = re.compile(
    r"(?P<name>[^,;:.()]{1,60}?)\s(?:chủ trì|có trách nhiệm|chịu trách nhiệm|làm đầu mối|được (?:giao|phân công))\b"
)
_AGAIN = re.compile(r"(?:trình|báo cáo|gửi|nộp|phục vụ|thực hiện|theo dõi|quản lý)\b")
_LIST_STOP = re.compile(r"\s(?:và|" + VERB.pattern + r")\b|[,;:.(]")
_COUNTRIES = re.compile(r"\b(?:lào|nga|mỹ|pháp|anh|đức|úc)\s+$")
_KIND = re.compile(
    r"(?:các|những|mỗi|từng)\s|(?:hộ|chủ|người|cơ sở|doanh nghiệp|đơn vị|lực lượng|tổ chức|nhà|hãng|tổ đội|tập thể)\b"
)
"""What begins the name of a kind, of which any noun may say which."""
_SEVERAL = re.compile(r"\bcác (?:xã|phường|tỉnh|thành phố|thôn|bản|địa phương)\s+$")
_BARE = re.compile(
    r"(?:các )?(?:hội đồng|tổ|đội|đoàn|trung tâm|trạm|cục|chi cục|sở|phòng|vụ|viện|trường|ban|hội|quỹ|bệnh viện|"
    r"công ty|nhà máy|tiểu ban|đài|hạt|khoa|trại)"
)
"""Nouns that are no name yet: some word must say which."""
_ALONE = re.compile(
    r"(?:tổ chức|tham mưu|tổng hợp|đào tạo|huấn luyện|tuyên truyền|thanh tra|hướng dẫn|kiểm tra|thi đua|đối thoại)\b"
)
"""Verbs that name a body by themselves: "Phòng Tham mưu"."""
_ACTORS = re.compile(r"(?:tư vấn|thi công|thiết kế|vận hành|vận tải|kinh doanh|sản xuất|cung cấp|trực)\b")
_CHECKS = re.compile(
    r"(?:kiểm tra|thanh tra|giám sát|khảo sát|thẩm định|xét duyệt|nghiệm thu|bầu cử|bỏ phiếu|kiểm dịch|cách ly|"
    r"tiêm chủng|canh gác|quan trắc|thu phí|kiểm soát|sơ tán)\b"
)
_DOUBLE = re.compile(r"(?:xây lắp|thu phí|cứu hộ|cứu nạn|đo đạc|lắp máy|thăm dò|đóng tàu|dệt may|in ấn|cấp nước)\b")
"""Two verbs that are one noun: "Công ty Xây lắp Điện 1"."""
_STATIONS = re.compile(r"(?:các )?(?:trạm|chốt|điểm)")
_STATION = re.compile(r"(?:bơm|cân|sạc|phát|trung chuyển|thu phí|tiêm|bán|cấp|thu gom|trộn|dừng)\b")
"""What a station is for."""
_NAMED_BEHIND = re.compile(r" \([A-ZĐ][^\W\d_]+ [^()]{2,60}\)")
"""An action has an object, so that a verb belongs to the name whose superior body stands in brackets behind it."""
_PLACE = re.compile(r"(?: [^\W\d_A-ZĐ]+)? (?P<name>[A-ZĐÀ-ỸƠƯĂÂÊÔ][^\W\d_]* [A-ZĐÀ-ỸƠƯĂÂÊÔ])")
_PLACED = re.compile(
    r"\b(?:chợ|cầu|hồ|sông|đền|chùa|phố|đường|bản|thôn|ấp|xã|phường|tỉnh|thành phố|núi|đảo|hang|cửa|bến|khu|"
    r"cảng) \w+\s+$"
)


class Naming(Stretch):
    """A stretch of which the names are read."""

    __slots__ = ()

    def name_end(self, start: int, end: int) -> int:
        """Return where the name ends that begins at `start` and has come to `end`."""
        while end < self.end and (past := self._step(start, end)) > end:
            end = past
        return end

    def _step(self, start: int, end: int) -> int:
        """Return where the next part of the name ends, `end` if nothing more belongs to it."""
        gap = SPACES.match(self.leveled, end, self.end)
        here = gap.end() if gap else end
        joined = JOINED.match(self.leveled, here, self.end) if gap else None
        does = ACTION.match(self.leveled, here) and not WHICH.match(self.leveled, here)
        if joined and not (does and self._whole(start, here)):
            return joined.end()
        word = WORD.match(self.text, here, self.end) if gap else None
        if word is None:
            return group_end(self, start, end) or self._past_verbs(start, end) or past_comma(self, start, end)
        if word[0] == "và":
            past = past_and(self, start, here, word.end())
            return end if past == here else past
        duty = _IN_CHARGE_OF.match(self.leveled, here)
        if duty:
            return duty.end() if _TITLED.match(self.leveled, start) else end
        return self._word_step(start, end, here, word.end())

    def _word_step(self, start: int, end: int, here: int, past: int) -> int:
        if not self.text[here].islower() or _IN_CHARGE.search(self.leveled, max(start, here - 32), here):
            return max(past, self.head_at(here))
        crossing = self.crossing(start, here)
        if crossing:
            return max(past, crossing)
        which = WHICH.match(self.leveled, here)
        noun = NOUN.match(self.leveled, here)
        if which is None and self._whole(start, here) and not (noun and _SEVERAL.search(self.leveled, start, here)):
            return end
        verb, body = VERB.match(self.leveled, here), BODY.match(self.leveled, here)
        if body and (verb is None or verb.end() < body.end()):
            return body.end()
        trade = self._trade_end(start, here)
        if trade:
            return trade
        formed = verb is None and _FORMED.search(self.leveled, max(start, here - 14), here)
        purpose = PURPOSE.match(self.leveled, here) if formed else verb
        within = self._past_verb(start, here, purpose.end()) if purpose else 0
        if verb or within:
            return within or end
        thing = PRODUCT.match(self.leveled, here)
        if thing and " " in thing[0] and not NEEDS_OBJECT.search(self.leveled, start, here - 1):
            return end
        if noun:
            return noun.end()
        if which:
            return max(past, which.end())
        return past if self._may_go_on(start, here, past) else end

    def _whole(self, start: int, here: int) -> bool:
        """Say whether a name is whole before the offset: it has come to a level, a number or the name of a place."""
        if _LEVEL.search(self.leveled, max(start, here - 24), here):
            return True
        roman = re.search(r" [IVX]+\s+$", self.text[max(start, here - 8) : here])
        placed = _PLACED.search(self.leveled, max(start, here - 20), here)
        if roman or (placed and self.text[placed.start() :].split(" ")[1][:1].isupper()):
            return True
        if _COUNTRIES.search(self.leveled, max(start, here - 5), here):
            return True
        last = self.leveled.rfind(" ", start, here - 1) + 1
        first = self.leveled.rfind(" ", start, last - 1) + 1 if last > start else 0
        if first <= start or not (self.text[first].isupper() and self.text[last].isupper()):
            return False
        if HEAD.match(self.leveled, first) or self.text[first:here].isupper():
            return False
        field = NOUN.match(self.leveled, last) or BODY.match(self.leveled, last) or JOINED.match(self.leveled, last)
        return field is None or field.end() <= here

    def _may_go_on(self, start: int, here: int, past: int) -> bool:
        """Say whether a word that nobody knows goes on with the name, rather than being a verb that nobody knows."""
        before = self.leveled.rfind(" ", start, here - 1) + 1 or start
        syllable = self.text[before].isupper() and not NOUN.match(self.leveled, before, here - 1)
        if syllable and not BODY.fullmatch(self.leveled, start, here - 1):
            return True
        if any(self._wants_object(start, at) for at in (here, before) if at > start):
            return True
        if any(_BARE.fullmatch(self.leveled, start, at - 1) for at in (here, before) if at > start):
            return True
        if _KIND.match(self.leveled, start) and self.text[start + 1 : here].islower() and not self._told(start, here):
            return True
        return self.action_within(past, words=3) > 0 or self._place_follows(past)

    def _told(self, start: int, here: int) -> bool:
        """Say whether a known noun behind the first has told which of a kind are meant."""
        if BODY.fullmatch(self.leveled, start, here - 1):
            return False
        spaces = [at for at in range(start, here - 1) if self.leveled[at] == " "]
        words = [at + 1 for at in spaces[-3:] if NOUN.fullmatch(self.leveled, at + 1, here - 1)]
        return any(not TRADE.match(self.leveled, at) for at in words)

    def _wants_object(self, start: int, here: int) -> bool:
        """Say whether the name has come to a verb that says its work, and not yet on what: "Cục Quản lý …"."""
        if NEEDS_OBJECT.search(self.leveled, start, here - 1) or self.leveled.endswith("ban quản lý ", start, here):
            return True
        at = self.last_capital(start, here - 1)
        verb = ACTION.match(self.leveled, at) if at > start else None
        return verb is not None and verb.end() == here - 1 and not _ALONE.match(self.leveled, at)

    def _past_verbs(self, start: int, end: int) -> int:
        """Go on behind a comma between two verbs that say a body's work: "Ban Bảo vệ, chăm sóc sức khoẻ cán bộ".

        Who stands at the beginning is not parted from what he does by a comma, so that there any verb will do.
        """
        comma = re.compile(r", (?=[^\W\d_A-ZĐ])").match(self.text, end, self.end)
        second = ACTION.match(self.leveled, comma.end()) if comma else None
        if second is None or not self._before_action(second.end()):
            return 0
        chunk = self.last_capital(start, end)
        first = ACTION.match(self.leveled, chunk) if chunk > start else None
        named = (
            first is not None and first.end() == end and (start == self.start or not _ALONE.match(self.leveled, chunk))
        )
        return second.end() if named else 0

    def _place_follows(self, past: int) -> bool:
        """Say whether a place follows directly or behind one more word: "Đài Thông tin duyên hải Quảng Ngãi"."""
        place = _PLACE.match(self.text, past, self.end)
        return place is not None and not self.begins(place.start("name"))

    def _past_verb(self, start: int, here: int, past: int) -> int:
        """Return where a verb ends that belongs to the name all the same, 0 if the name ends before it."""
        places = _RANGE.match(self.text, here, self.end)
        if places:
            return places.end()
        if NEEDS_OBJECT.search(self.leveled, start, here - 1) and not _KIND.match(self.leveled, start):
            return past
        if _STATION.match(self.leveled, here) and _STATIONS.fullmatch(self.leveled, start, here - 1):
            return past
        if _NAMED_BEHIND.match(self.text, past, self.end):
            return past
        before = self.leveled.rfind(" ", start, here - 1) + 1 or start
        if self.text[before].isupper() and _DOUBLE.match(self.leveled, before):
            return past
        if _FORMED.search(self.leveled, max(start, here - 14), here):
            campaign = CAMPAIGN.match(self.leveled, here)
            if PURPOSE.match(self.leveled, here) or (campaign and self.text[campaign.start("what")].isupper()):
                return self._before_action(past) or self._checks(here, past)
        return self._certain_end(here, past)

    def _trade_end(self, start: int, here: int) -> int:
        """Return where the work ends by which a body of a kind is known, 0 if it is what the body is to do."""
        if not _GENERIC.fullmatch(self.leveled, start, here - 1):
            return 0
        trade = TRADE.match(self.leveled, here)
        if trade:
            past = trade.end()
            if (trade[0].count(" ") > 1 or _ACTORS.match(trade[0])) and ACTION.match(self.leveled, past + 1):
                return past
            return self._before_action(past) or self._before_duty(past) or self._in_list(start, past)
        if STATES.match(self.leveled, here):
            return self._before_duty(here, urged=True)
        return self._before_duty(here) if DUTIES.match(self.leveled, here) else 0

    def _checks(self, here: int, past: int) -> int:
        """Return where the purpose of a body ends that needs no object: "Trưởng đoàn kiểm tra báo cáo …"."""
        return past if _CHECKS.match(self.leveled, here) and ACTION.match(self.leveled, past + 1) else 0

    def _before_action(self, at: int) -> int:
        """Return where the words before the next action end, 0 if a stop comes first or none is between."""
        begin = at
        for _ in range(9):
            gap = _BETWEEN.match(self.leveled, at, self.end)
            word = WORD.match(self.text, gap.end(), self.end) if gap else None
            if gap is None or word is None:
                return 0
            verb = VERB.match(self.leveled, word.start()) if self.text[word.start()].islower() else None
            if verb or ("," in gap[0] and self.begins(word.start())):
                acts = ACTION.match(self.leveled, word.start()) and not _AGAIN.match(self.leveled, word.start())
                return at if acts and at > begin and "," not in gap[0] else 0
            noun = JOINED.match(self.leveled, word.start()) or NOUN.match(self.leveled, word.start())
            at = noun.end() if noun else word.end()
            if word[0].isdigit() and not WHICH.match(self.leveled, at + 1) and self.text[at + 1 : at + 2].islower():
                return at
        return 0

    def _before_duty(self, at: int, *, urged: bool = False) -> int:
        stop = re.compile(r"[,;:.]").search(self.leveled, at, self.end)
        begin = self.leveled.find(" ", self.leveled.find(" ", at) + 1) if urged else at
        duty = (_URGED if urged else _DUTY).search(self.leveled, begin, stop.start() if stop else self.end)
        return duty.start() if duty else 0

    def _in_list(self, start: int, at: int) -> int:
        """Return where what a body is known by ends in a list: nothing but the list stands behind "phối hợp (với)"."""
        if not re.search(r"(?:với|cùng|phối hợp|và)\s$", self.leveled[max(0, start - 10) : start]):
            return 0
        stop = _LIST_STOP.search(self.leveled, at, self.end)
        return stop.start() if stop else self.end

    def _certain_end(self, here: int, past: int) -> int:
        """Return where a name ends that has a verb in it, 0 if none: before words that only follow who is charged."""
        certain = _CERTAIN.match(self.leveled, here, self.end)
        if certain is None or certain.end("name") < past or _CHARGES.search(certain["name"]):
            return 0
        others = (word.start() + here for word in WORD.finditer(certain["name"]))
        return 0 if any(BODY.match(self.leveled, at) for at in others) else certain.end("name")
