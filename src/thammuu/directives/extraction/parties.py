"""Who is to lead: by which words the bodies of a sentence are charged."""

import re
from dataclasses import replace

from thammuu.directives.extraction.acting import acts, seems_to_act
from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.charging import charged
from thammuu.directives.extraction.opening import ADVERBIAL, AFTER, acts_itself, begins_with, behind_a_comma, opening_of
from thammuu.directives.extraction.stretch import SYLLABLE
from thammuu.directives.extraction.supporting import CHAIRS, helps, only_helps
from thammuu.directives.extraction.telling import WHICHEVER
from thammuu.directives.extraction.verbs import ACTION, VERB
from thammuu.directives.extraction.vocabulary import PRODUCT
from thammuu.directives.extraction.words import level

_BY = re.compile(r"(?:\b(?:do|thì|(?P<must>phải |cần |sẽ )?(?P<passive>được))\s+|\(\s*)")
_LED_BY = re.compile(
    r"(?:(?:cơ quan|đơn vị|lãnh đạo|lực lượng|trách nhiệm)\s+)?(?:chủ lực|chính|nòng cốt|chủ trì|đầu mối|"
    r"thực hiện|phụ trách|"
    r"chịu trách nhiệm|được giao)(?: thực hiện| tham mưu)?\s*:\s*"
)
_DEMANDS = re.compile(r"(?:yêu cầu|chỉ đạo|hướng dẫn|nhắc)\b")
_NAMED = re.compile(r"[A-Z][^\W\d_]*(?: [A-ZĐ][^\W\d_]*)+$")
_IS_MADE = re.compile(
    r"(?:các |những |mọi |toàn bộ )?(?:" + PRODUCT.pattern + r"|(?:việc|công tác|nội dung|nhiệm vụ)\b)"
)
_DOES = re.compile(r"\s*(?:chủ trì|thực hiện|làm(?! chủ đầu tư)|đảm nhiệm|phụ trách|chịu)")
_CAUSES = re.compile(r"\s*(?:làm chủ đầu tư|để|gây|không|chưa|đã|bị|đang|là|trước|từ|trong|với|và)\b")
DECIDES = re.compile(r"\s*(?:phê duyệt|xem xét|quyết định|cho ý kiến|cho phép|ký|chấp thuận)\b")
"""What is done behind "trình" by whom it is laid before."""
_MARKED = re.compile(r"\s*\((?:chủ trì|đầu mối|chủ công)\b")
_INFORMS = re.compile(r"\bthông báo\s+(?:để|đến|tới|cho)\s+")
_TO_DO = re.compile(r"\s+(?:được )?biết[^;.]{0,30}(?:thực hiện|triển khai)\b")
_COLON = re.compile(r":\s+")
_ASIDE_OF = re.compile(r"(?:\(\s*|\s[-–—]\s+)(?:(?:giao|do|phân công|trách nhiệm)(?: thực hiện)?\s*:?\s+)?")
_CLOSES = re.compile(r"\)?[\s,;.]*$")


def leads_of(sentence: Sentence, *, below: bool = False) -> Parties | None:
    """Return who is charged with what the sentence says, None if it names nobody.

    `below`: who is charged was named above, and is who directs: "2. Sở Y tế: a) Chỉ đạo các bệnh viện …".
    """
    marked = sentence.marked(_MARKED)
    if marked:
        return Parties(tuple(marked), marked[-1].end)
    labelled = _LED_BY.search(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(labelled.end()) if labelled else None
    found = found or _informed(sentence) or charged(sentence, below=below)
    readings = (_chairing, begins_with, _by, _behind_a_colon, behind_a_comma, _in_brackets, _proper)
    found = found or next((parties for read in readings if (parties := read(sentence))), None)
    return None if found and WHICHEVER.search(sentence.leveled, found.bodies[0].start, found.end + 5) else found


def _informed(sentence: Sentence) -> Parties | None:
    """Who is told so that he carries it out: "Văn phòng thông báo để các đơn vị biết, thực hiện"."""
    told = _INFORMS.search(sentence.leveled, sentence.start, sentence.end)
    found = sentence.parties_at(told.end()) if told else None
    return found if found and _TO_DO.match(sentence.leveled, found.end, sentence.end) else None


def takes_over(sentence: Sentence, *, acting: bool) -> Parties | None:
    """Return who is charged with something of his own in what stands behind a stop, None if it goes on with the same.

    `acting`: somebody has a task of his own before, so that he himself asks whoever is asked behind it.
    """
    if acting and _DEMANDS.match(sentence.leveled, sentence.start):
        return None
    named = opening_of(sentence)
    if named:
        return named if acts_itself(sentence, named) or seems_to_act(sentence, named) else None
    readings = (_by, _proper) if ACTION.match(sentence.leveled, sentence.start) else (_by, behind_a_comma, _proper)
    found = charged(sentence, below=True) or next((one for read in readings if (one := read(sentence))), None)
    own = acting and found and found.bodies[0].text.islower()
    return None if found is None or own or helps(sentence, sentence.past_aside(found.end)) else found


def charges(sentence: Sentence) -> bool:
    """Say whether somebody is charged at the beginning, so that another may be behind a comma."""
    found = charged(sentence, below=False) or begins_with(sentence) or behind_a_comma(sentence)
    return found is not None and not found.guessed


def _chairing(sentence: Sentence) -> Parties | None:
    """Who helps may be told first: "Bộ Quốc phòng hỗ trợ phương tiện, Bộ Y tế chủ trì …"."""
    for stop in AFTER.finditer(sentence.leveled, sentence.start, sentence.end) if only_helps(sentence) else ():
        found = sentence.parties_at(stop.end())
        if found and CHAIRS.match(sentence.leveled, sentence.past_aside(found.end), sentence.end):
            return found
    return None


def _by(sentence: Sentence) -> Parties | None:
    for match in _BY.finditer(sentence.leveled, sentence.start, sentence.end):
        firm = match[0].startswith("do") and sentence.text[match.end() : match.end() + 2].isupper()
        found = sentence.parties_at(match.end(), surely=firm)
        if found is None or _is_aside(sentence, match.start()):
            continue
        if match[0].startswith("thì") and WHICHEVER.search(sentence.leveled, sentence.start, match.start()):
            continue
        if match["passive"] and not (match["must"] or _IS_MADE.match(sentence.leveled, sentence.start)):
            continue
        if _DOES.match(sentence.leveled, found.end, sentence.end):
            return found
        orders = not match["must"] and ACTION.match(sentence.leveled, sentence.start)
        begins = not orders and not match[0].startswith("(")
        does = acts(sentence, found.end) or seems_to_act(sentence, found)
        leads = begins and does and not helps(sentence, found.end)
        if leads and not _CAUSES.match(sentence.leveled, found.end, sentence.end):
            return found
    return None


def _is_aside(sentence: Sentence, at: int) -> bool:
    """Say whether the offset is in what only opens the sentence: "Đối với các hồ do địa phương quản lý, Sở …"."""
    return "," not in sentence.text[sentence.start : at] and behind_a_comma(sentence) is not None


def _proper(sentence: Sentence) -> Parties | None:
    """A proper name alone may open the sentence, of a body that is called by no kind: "Việt Nam Airlines …"."""
    comma = AFTER.search(sentence.leveled, sentence.start, sentence.end)
    begin = comma.end() if comma and ADVERBIAL.match(sentence.leveled, sentence.start) else sentence.start
    known = VERB.match(sentence.leveled, begin) or PRODUCT.match(sentence.leveled, begin)
    found = None if known else sentence.parties_at(begin, surely=sentence.text[begin : begin + 1].isupper())
    if found is None or not acts(sentence, found.end):
        return None
    name = found.bodies[0].text
    first = name.split(" ")[0]
    told = begin > sentence.start or first != name or first.isupper()
    firm = told and first.isalpha() and not SYLLABLE.fullmatch(level(first))
    return replace(found, guessed=True) if len(found.bodies) > 1 or firm or _NAMED.match(name) else None


def _behind_a_colon(sentence: Sentence) -> Parties | None:
    """The subject may come first: "Về hậu cần: Phòng Hậu cần bảo đảm …"."""
    for colon in _COLON.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(colon.end())
        if found and acts_itself(sentence, found):
            return found
        if found and seems_to_act(sentence, found):
            return replace(found, guessed=True)
    return None


def _in_brackets(sentence: Sentence) -> Parties | None:
    """Nothing but who is charged may stand in brackets or behind a dash at the end: "Kiểm tra bến (Sở Xây dựng)"."""
    for opening in _ASIDE_OF.finditer(sentence.leveled, sentence.start, sentence.end):
        found = sentence.parties_at(opening.end())
        if found and _CLOSES.match(sentence.leveled, found.end, sentence.end):
            return found
    return None
