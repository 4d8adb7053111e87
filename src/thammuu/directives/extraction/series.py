"""A list within one name: behind a comma, "và" or a colon, its further kinds, fields and places."""

import re

from thammuu.directives.extraction.fields import NOUN
from thammuu.directives.extraction.stretch import PROPER, SPACES, SYLLABLE, WORD, Stretch
from thammuu.directives.extraction.verbs import ACTION, ASIDE, VERB
from thammuu.directives.extraction.vocabulary import CODE, JOINED

_LIST_REST = re.compile(
    r"(?:địa phương|đơn vị|thành phố|tp|huyện|thị xã|đặc khu|phường|xã|ngành|tỉnh|đoàn thể|tổ chức|doanh nghiệp|"
    r"cá nhân)\b"
)
_UNIT = re.compile(
    r"(?:phòng|ban|khoa|đội|tổ|trạm|cục|vụ|sở|ngành|xã|phường|trường|viện|đơn vị|trung tâm(?: y tế)?|thôn|bản|"
    r"quân khu|quân đoàn|quân chủng|binh chủng|sư đoàn|trung đoàn|lữ đoàn|tiểu đoàn|đại đội|"
    r"nhà trường|bệnh viện|đồn|tập đoàn|tổng công ty|công ty|hải đoàn|hải đội|nhà máy|khách sạn|nhà nghỉ|nhà trọ|"
    r"nhà hàng|chi cục|chi nhánh|chi bộ|tổng cục|ấp|khu phố|"
    r"đoàn thể|địa phương|tổ chức|doanh nghiệp|lớp|cơ quan|hợp tác xã|đặc khu|học viện)\b"
)
_UNITS = re.compile(r"các (?P<first>)" + _UNIT.pattern + r"(?:, " + _UNIT.pattern + r")*$")
_GROUP = re.compile(
    r"\bcác (?:bộ|sở|ban|cục|vụ|phòng|tỉnh|"
    r"thành phố|xã|phường|huyện|tập đoàn|tổng công ty|công ty|ngân hàng|trường|đơn vị|địa phương|thôn|bản|quận)$"
)
_GROUP_NAME = re.compile(r"(?::|,| và)\s+(?=[^\W\d_])")
_TITLE = re.compile(r"(?:phó )?(?:chủ tịch|giám đốc|thủ trưởng|trưởng|chánh|hiệu trưởng|bộ trưởng|uỷ ban|ubnd)\b")
_PLACES = re.compile(
    r"\bcác (?:chủ )?(?:tỉnh|thành phố|phường|xã|đặc khu|thôn|bản|ấp|khu phố|hồ|đập|cảng|chợ|cửa khẩu)\b"
)
_KIND = re.compile(r"(?:[Cc]ác|[Nn]hững) (?!bộ |sở |cục |vụ )[^\W\d_A-ZĐ]")
_LOCATED = re.compile(r"\btại [A-ZĐ]")
_FIELDS = re.compile(
    r"(?:trường|tổ(?! chức)|đội|tiểu ban|học viện|hội đồng|sở|bộ|cục|chi cục|vụ|phòng|ban|trung tâm|uỷ ban|"
    r"khoa|hội|viện|trưởng phòng|giám đốc sở)\b"
)
_WORK = re.compile(
    r"(?P<name>\w+(?: \w+){1,3}? (?:tỉnh|thành phố|quốc gia|xã|phường|đặc khu|trung ương|việt nam))(?: (?:chủ động|"
    r"khẩn trương))? "
)
"""Work that ends in a level of government, before the action: "Trung tâm Xúc tiến thương mại và đầu tư tỉnh …"."""
_PLURAL = re.compile(r"\b(?:các|mỗi|từng)\b")
_HONORIFIC = re.compile(r"(?:đồng chí|đ/c|ông|bà)\s")
_MANY = re.compile(r"(?:các|những|một số|từng|mỗi|toàn bộ|toàn thể)\s")


def group_end(within: Stretch, start: int, end: int) -> int:
    """Say where the names of a group end ("các Bộ: Quốc phòng, Công an"), 0 if none or only one stands there."""
    if not _GROUP.search(within.leveled, start, end):
        return 0
    names = 0
    named = within.text.startswith(":", end)
    while (more := _GROUP_NAME.match(within.text, end, within.end)) and within.text[more.end()].isupper():
        if within.begins(more.end()) and (not named or _TITLE.match(within.leveled, more.end())):
            break
        names += 1
        end = _member_end(within, more.end())
    return end if names > 1 else 0


def _member_end(within: Stretch, at: int) -> int:
    """Return where the name of one of a group ends: before a verb in small letters, "và" or a stop."""
    start = end = at
    while (word := WORD.match(within.text, at, within.end)) and word[0] != "và":
        verb = within.text[at].islower() and VERB.match(within.leveled, at)
        if verb and not within.crossing(start, at):
            break
        end = word.end()
        at = end + 1
        if within.text[end:at] not in (" ", "\u00a0"):
            break
    return end


def past_and(within: Stretch, start: int, here: int, end: int) -> int:
    """Say where to go on behind an "và": the rest of a name, or nowhere (`here`) before a verb or another body."""
    following = SPACES.match(within.leveled, end, within.end)
    at = following.end() if following else end
    joined = JOINED.match(within.leveled, at, within.end)
    if joined:
        return joined.end()
    rest = _LIST_REST.match(within.leveled, at, within.end)
    if rest and not CODE.match(within.text, at):
        return rest.end()
    if within.begins(at) or _MANY.match(within.leveled, at) or _HONORIFIC.match(within.leveled, at):
        return here
    if VERB.match(within.leveled, at) and not within.text[at : at + 1].isupper():
        work = _WORK.match(within.leveled, at, within.end)
        return work.end("name") if work and ACTION.match(within.leveled, work.end()) else here
    word = WORD.match(within.text, at, within.end)
    firm = word and word[0][0].isupper() and not SYLLABLE.fullmatch(within.leveled, at, word.end())
    return word.end() if word and not firm else here


def past_comma(within: Stretch, start: int, end: int) -> int:
    """Go on behind a comma within a name: another kind, field or place of the same list."""
    comma = re.compile(r",\s+").match(within.leveled, end, within.end)
    if comma is None:
        return end
    at = comma.end()
    unit, units = _UNIT.match(within.leveled, at, within.end), _UNITS.search(within.leveled, start, end)
    alike = units and within.text[at].isupper() == within.text[units.start("first")].isupper()
    if unit and alike and not PROPER.match(within.text, unit.end()):
        return unit.end()
    rest = _LIST_REST.match(within.leveled, at, within.end)
    if rest and rest[0] == "tổ chức" and VERB.match(within.leveled, rest.end() + 1):
        return end
    if rest and _PLURAL.search(within.leveled, start, end) and not within.leveled.startswith("các chủ", start):
        return rest.end()
    word = WORD.match(within.text, at, within.end)
    if word is None or within.begins(at) or _MANY.match(within.leveled, at):
        return end
    further = within.text[at].isupper() and _is_field(within, at, word.end()) and _FIELDS.match(within.leveled, start)
    if not further and (VERB.match(within.leveled, at) or ASIDE.match(within.leveled, at)):
        return end
    if within.text[at].isupper():
        return (
            word.end() if further or _PLACES.search(within.leveled, start, end) or _lists(within, start, end) else end
        )
    if within.text[within.leveled.rfind(" ", start, end) + 1].isupper():
        return end
    noun = NOUN.match(within.leveled, at)
    if noun:
        return noun.end()
    plural = _PLURAL.match(within.leveled, start) is not None
    return word.end() if within.action_within(word.end(), words=6 if plural else 3) else end


def _lists(within: Stretch, start: int, end: int) -> bool:
    """Say whether a name may list several: it has come to one of a kind, or to a place where the body is."""
    if not within.text[within.leveled.rfind(" ", start, end) + 1].isupper():
        return False
    kind = _KIND.match(within.text, start, end) or _LOCATED.search(within.text, start, end)
    return kind is not None


def _is_field(within: Stretch, at: int, end: int) -> bool:
    """Say whether a capital begins no proper name but a field of work: its next word is in small letters."""
    if end - at > 1 and within.text[at:end].isupper():
        return False
    small = re.compile(r"\s[^\W\d_]").match(within.text, end) and within.text[end + 1].islower()
    return bool(small or NOUN.match(within.leveled, at))
