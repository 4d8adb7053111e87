"""Where the name of a body ends: word by word behind its first noun, by what a name may hold and what follows it."""

import re

from thammuu.directives.extraction.ahead import Ahead
from thammuu.directives.extraction.fields import CAMPAIGN, NEEDS_OBJECT, NOUN, PURPOSE, TRADE, WHICH
from thammuu.directives.extraction.relative import relative_end
from thammuu.directives.extraction.series import group_end, past_and, past_comma
from thammuu.directives.extraction.stretch import SPACES, WORD
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import BODY, HEAD, JOINED, PRODUCT
from thammuu.directives.extraction.words import UPPER

_KINDS = (
    r"(?:đơn vị|cơ quan|tổ chức|doanh nghiệp|lực lượng|chủ thể|cơ sở|cá nhân|hộ|hộ dân|hộ gia đình|"
    r"công ty|người|nhân viên|chủ|chủ cơ sở|chủ phương tiện|chủ tàu|nhà máy|tập thể|nhà thầu|chủ đầu tư|trang trại|"
    r"hợp tác xã|tàu cá|"
    r"phương tiện|hội|đoàn thể|tổ|chi nhánh|trường|bệnh viện|trạm|chốt|điểm|bộ phận|kíp|ca trực|kíp trực|khách hàng|"
    r"thương nhân|đại lý|chợ)"
)
_GENERIC = re.compile(
    r"(?:(?:thủ trưởng|người đứng đầu|lãnh đạo|chỉ huy|giám đốc|đại diện)\s+)?(?:các\s+|những\s+|mỗi\s+|từng\s+)?"
    + _KINDS
    + r"(?:(?:, | và )"
    + _KINDS
    + r")*"
)
_DASH = re.compile(r" [-–] (?=[^\W\d_A-ZĐ])")
_OF_WORK = re.compile(r"\b(?:điều hành|điều phối|ban|văn phòng|giám đốc|chủ nhiệm)\s$")
_STOP = re.compile(r"[,;:.]")
_ACTS = re.compile(r"\s" + ACTION.pattern)
_CHARGED = re.compile(r"(?:giao|yêu cầu|đề nghị|phân công)\s+$")
_OFFICE = re.compile(r"(?:tổ|đội|phòng|tiểu ban|ban|trung tâm|hội đồng|nhóm|bộ phận|đoàn)\b")
_HOW = re.compile(
    r"(?:khẩn trương|chủ động|tiếp tục|tập trung|thường xuyên|phối hợp|nghiêm túc|chủ trì|kịp thời|phải|cần)\b"
)
_LEVEL = re.compile(
    r"(?:\b(?:tỉnh|thành phố|(?<!hợp tác )xã|phường|đặc khu|(?:văn phòng|thanh tra|lãnh đạo|đảng uỷ|cơ quan|"
    r"trực thuộc) bộ|"
    r"liên quan|sở tại|thủ đô|trên địa bàn|các cấp|trung ương|khu vực [ivxl]+|[a-z]{1,3}\d{1,3})|(?<![\d/])\d{1,3})\s+$"
)
_CHARGE_OF = r"phụ trách(?: (?:khối|mảng|lĩnh vực|công tác))?(?! chung| chính| toàn)"
_IN_CHARGE = re.compile(rf"(?:{_CHARGE_OF}|nơi)\s+$")
_IN_CHARGE_OF = re.compile(_CHARGE_OF + r"(?= \w)")
_TITLED = re.compile(
    r"(?:các |mỗi |từng )?(?:kiểm sát viên|điều tra viên|thẩm phán|chuyên viên|công chức|nhân viên|bác sĩ|"
    r"giáo viên|phó|giám đốc|chủ tịch|trưởng|thứ trưởng|cán bộ|chiến sĩ|uỷ viên|thành viên|người|lãnh đạo|"
    r"đơn vị|bộ phận|cơ quan|cục trưởng|chỉ huy)\b"
)
"""Who may be called by what he is in charge of; of all others it is said as their task."""
_RANGE = re.compile(r"từ [A-ZĐ][\w ]{1,30}? đến [A-ZĐ][^\W\d_]*(?: [A-ZĐ][^\W\d_]*)*")
_FORMED = re.compile(
    r"\b(?:ban chỉ đạo|hội đồng|tổ công tác|đoàn|tổ|chốt|trạm|điểm|xung kích|tổ tuần tra|(?<!quân )(?<!bộ )đội|"
    r"tiểu ban|ban)\s+$"
)
_PURPOSES = re.compile(PURPOSE.pattern + r"(?:(?:,| và)? " + PURPOSE.pattern + r"){0,3}")
_OF_A_LEVEL = re.compile(
    r" (?:nhà nước|liên ngành|quốc gia|trung ương|chuyên ngành|nội bộ|cơ sở|cấp (?:tỉnh|xã|bộ|trung|trường|cơ|"
    r"nhà)|tỉnh|thành phố|"
    r"xã|phường|số \d|chuyên đề|lưu động|tại chỗ|dự án)\b"
)
_COUNTRIES = re.compile(r"\b(?:lào|nga|mỹ|pháp|anh|đức|úc|huế|(?:miền|phía) (?:bắc|trung|nam|đông|tây))\s+$")
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
_STANDING = re.compile(r"(?:tại|ở) (?:các|những|khu vực|nơi|mỗi|từng|một|hai|\d)")
_OF_MANY = re.compile(r"\b(?:các|những|mỗi|từng|mọi|lực lượng|đơn vị|cơ sở|chủ|người)\b")
"""Where somebody is says of a kind which are meant, and of a body with a name where it does something."""
_DOUBLE = re.compile(r"(?:xây lắp|thu phí|cứu hộ|cứu nạn|đo đạc|lắp máy|thăm dò|đóng tàu|dệt may|in ấn|cấp nước)\b")
"""Two verbs that are one noun: "Công ty Xây lắp Điện 1"."""
_STATIONS = re.compile(r"(?:các )?(?:trạm|chốt|điểm)")
_STATION = re.compile(r"(?:bơm|cân|sạc|phát|trung chuyển|thu phí|tiêm|bán|cấp|thu gom|trộn|dừng)\b")
"""What a station is for."""
_NAMED_BEHIND = re.compile(r" \([A-ZĐ][^\W\d_]+ [^()]{2,60}\)")
"""An action has an object, so that a verb belongs to the name whose superior body stands in brackets behind it."""
_PLACE = re.compile(rf"(?: [^\W\d_A-ZĐ]+)? (?P<name>[{UPPER}][^\W\d_]* [{UPPER}])")
_PLACED = re.compile(
    r"\b(?:chợ|cầu|hồ|sông|đền|chùa|phố|đường|bản|thôn|ấp|xã|phường|tỉnh|thành phố|núi|đảo|hang|cửa|bến|khu|"
    r"cảng) \w+\s+$"
)


class Naming(Ahead):
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
        if _DASH.match(self.text, end, self.end) and BODY.match(self.leveled, end + 3):
            return end
        if word is None:
            return group_end(self, start, end) or self._past_verbs(start, end) or past_comma(self, start, end)
        if word[0] == "và":
            past = past_and(self, start, here, word.end())
            return end if past == here else past
        duty = _IN_CHARGE_OF.match(self.leveled, here)
        if duty:
            return duty.end() if _TITLED.match(self.leveled, start) and not self._charged_with(start, duty) else end
        return self._word_step(start, end, here, word.end())

    def _charged_with(self, start: int, duty: re.Match[str]) -> bool:
        """Say whether somebody is given to be in charge of something, rather than called so: no other verb follows."""
        given = re.search(r"(?:phân công|giao|cử)\s+(?:cho\s+)?(?:(?:các )?đồng chí )?$", self.leveled[:start][-40:])
        field = ACTION.match(self.leveled, duty.end() + 1) or NOUN.match(self.leveled, duty.end() + 1)
        at = field.end() if field else duty.end()
        stop = _STOP.search(self.leveled, at, self.end)
        acts = _ACTS.search(self.leveled, at, stop.start() if stop else self.end)
        return (given is not None or start == self.start) and acts is None

    def _word_step(self, start: int, end: int, here: int, past: int) -> int:
        if not self.text[here].islower() or _IN_CHARGE.search(self.leveled, max(start, here - 32), here):
            return max(past, self.head_at(here))
        further = max(past, crossing) if (crossing := self.crossing(start, here)) else relative_end(self, start, here)
        if further:
            return further
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
        work = noun and _OF_WORK.search(self.leveled, max(start, here - 12), here)
        if thing and " " in thing[0] and not work and not NEEDS_OBJECT.search(self.leveled, start, here - 1):
            return end
        if noun:
            return noun.end()
        if which:
            placed = _STANDING.match(self.leveled, here) and not _OF_MANY.search(self.leveled, start, here)
            return end if placed else max(past, which.end())
        return past if self._may_go_on(start, here, past) else end

    def _whole(self, start: int, here: int) -> bool:
        """Say whether a name is whole before the offset: it has come to a level, a number or the name of a place."""
        if _LEVEL.search(self.leveled, max(start, here - 24), here):
            return True
        roman = re.search(r" [IVX]+\s+$", self.text[max(start, here - 8) : here])
        placed = _PLACED.search(self.leveled, max(start, here - 20), here)
        if roman or (placed and self.text[placed.start() :].split(" ")[1][:1].isupper()):
            return True
        if _COUNTRIES.search(self.leveled, max(start, here - 12), here):
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
        if second and self._charged_at(start) and self._is_verbal(start, end, second):
            return second.end()
        if second is None or not self.before_action(second.end()):
            return 0
        chunk = self.last_capital(start, end)
        first = ACTION.match(self.leveled, chunk) if chunk > start else None
        named = (
            first is not None and first.end() == end and (start == self.start or not _ALONE.match(self.leveled, chunk))
        )
        return second.end() if named else 0

    def _charged_at(self, start: int) -> bool:
        """Say whether a name begins where no comma may part it from what it is to do."""
        return start == self.start or _CHARGED.search(self.leveled, max(0, start - 12), start) is not None

    def _is_verbal(self, start: int, end: int, second: re.Match[str]) -> bool:
        """Say whether a name goes on with another verb of its work: "Tổ Kiểm tra, giám sát rà soát …"."""
        if not _OFFICE.match(self.leveled, start) or self._whole(start, end + 1) or _HOW.match(second[0]):
            return False
        return bool(ACTION.match(self.leveled, second.end() + 1) or self.before_action(second.end()))

    def _place_follows(self, past: int) -> bool:
        """Say whether a place follows directly or behind one more word: "Đài Thông tin duyên hải Quảng Ngãi"."""
        place = _PLACE.match(self.text, past, self.end)
        return place is not None and not self.begins(place.start("name"))

    def _past_verb(self, start: int, here: int, past: int) -> int:
        """Return where a verb ends that belongs to the name all the same, 0 if the name ends before it."""
        places = _RANGE.match(self.text, here, self.end)
        if places:
            return places.end()
        needs = NEEDS_OBJECT.search(self.leveled, start, here - 1)
        if needs and not _KIND.match(self.leveled, start) and not self.leveled.endswith(", ", start, needs.start()):
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
            purposes = _PURPOSES.match(self.leveled, here)
            if purposes and _OF_A_LEVEL.match(self.leveled, purposes.end()):
                return purposes.end()
            if PURPOSE.match(self.leveled, here) or (campaign and self.text[campaign.start("what")].isupper()):
                return self.before_action(past) or self.checks(here, past)
        return self.certain_end(here, past)

    def _trade_end(self, start: int, here: int) -> int:
        """Return where the work ends by which a body of a kind is known, 0 if it is what the body is to do."""
        if not _GENERIC.fullmatch(self.leveled, start, here - 1):
            return 0
        trade = TRADE.match(self.leveled, here)
        if trade:
            past = trade.end()
            if (trade[0].count(" ") > 1 or _ACTORS.match(trade[0])) and ACTION.match(self.leveled, past + 1):
                return past
            return self.before_action(past) or self.before_duty(past) or self.in_list(start, past)
        return 0
