"""From the text of a directive to proposed assignments, each with the words it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thammuu.directives.extraction.acting import acts
from thammuu.directives.extraction.bodies import KnownName, Parties, Sentence
from thammuu.directives.extraction.clauses import Clause, clauses_of
from thammuu.directives.extraction.deadlines import Deadline
from thammuu.directives.extraction.due import deadlines_in
from thammuu.directives.extraction.opening import acts_itself, opening_of
from thammuu.directives.extraction.outline import heads, is_field, orders, outside, says_nothing
from thammuu.directives.extraction.parties import DECIDES, charges, leads_of, takes_over
from thammuu.directives.extraction.products import products_of
from thammuu.directives.extraction.supporting import CHAIRS, TOGETHER, only_helps, supporting_of
from thammuu.directives.extraction.telling import ON_A_DAY, reports
from thammuu.directives.extraction.words import UPPER, Words, level, words_at

_SPLIT = re.compile(
    rf"(?<![\s.][A-ZĐ])(?<!TP)(?<!TW)\.(?:\s+|$)(?=[{UPPER}(]|$)"
    r"|;\s+(?=(?:[Gg]iao|do|(?:[Đđ]ơn vị|[Cc]ơ quan) (?:chủ trì|phối hợp)|[Tt]hời hạn|[Ss]ản phẩm|"
    r"[Hh]oàn thành trước)\s)"
    r"|(?P<turn>;|,(?= còn ))\s+(?!mỗi |từng )(?=[^\W\d_])"
    r"|\s[-–—]\s+(?=(?:(?:[Đđ]ơn vị|[Cc]ơ quan) )?(?:[Cc]hủ trì|[Pp]hối hợp|[Hh]oàn thành|[Tt]hời (?:gian|hạn)|"
    r"[Ss]ản phẩm)[^:;.]{0,20}:)"
)
_SHARES = re.compile(
    r"\s*(?:Phân công|Trách nhiệm(?! thực hiện| chủ trì)|Tổ chức thực hiện|Nhiệm vụ)[^:;.,]{0,40}:\s+(?=[A-ZĐ])"
)
_CALL = re.compile(
    r"(?:nay ra )?(?:lệnh|mệnh lệnh|điện khẩn|công điện khẩn|hoả tốc|thượng khẩn|khẩn|yêu cầu|chỉ thị|"
    r"quyết định|kết luận|"
    r"quyết nghị)\s*[:.!]\s+"
)
"""What a dispatch calls out before it says who is to do something: "LỆNH: Trung đoàn 31 …"."""
_SHARED = re.compile(_SPLIT.pattern + "|" + _SHARES.pattern)
_PARTED = re.compile(_SPLIT.pattern + rf"|(?<!chủ trì)(?P<comma>,)\s+(?=[{UPPER}])")
_LEADS = re.compile(
    r"\s*(?:có trách nhiệm\s+)?(?:chủ trì,?\s*(?:và\s+)?)?phối hợp(?:\s+chặt chẽ)?\s+(?:cùng|với)(?: với)?\s+"
)
_MORE_SUPPORT = re.compile(r"\s*(?:,|và)\s*")
_FILLS = re.compile(
    r"(?:thời (?:gian|hạn)|hạn|hoàn thành|báo cáo|kết quả|sản phẩm|(?:đơn vị|"
    r"cơ quan) (?:phối hợp|chủ trì)|chủ trì\s*:|phối hợp|gửi|định kỳ|trước ngày|xong"
    r"|chậm nhất|yêu cầu (?:hoàn thành|báo cáo))\b"
)


_MAY_BE_NAMED = re.compile(rf"(?<!\w)(?:[{UPPER}]|(?:các|những|mỗi|từng|lực lượng|đơn vị|chính quyền) )")
_LONGEST_NAME = 80
LONGEST_SENTENCE = 2000
"""Characters; what is longer is no sentence but a table or a text that lost its ends, and would be read for minutes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An assignment that the text seems to want. Every value is the words that say so; `inherited`: the lead's words
    stand in the clause or sentence above; `guessed`: only their place speaks for them.
    Of several leads, and of `other_deadlines`, a person chooses one.
    """

    clause: Clause
    task: Words
    leads: tuple[Words, ...] = ()
    inherited: bool = False
    supporting: tuple[Words, ...] = ()
    deadline: Deadline | None = None
    product: Words | None = None
    guessed: bool = False
    other_deadlines: tuple[Deadline, ...] = ()

    def says_something(self) -> bool:
        """Say whether anything was understood of it."""
        return bool(self.leads or self.supporting or self.deadline or self.product)


def _joins(leveled: str, one: Proposal) -> bool:
    """Say whether what names nobody to do it begins with those it is to be done with: "Phối hợp với …"."""
    begins = TOGETHER.match(leveled, one.clause.words.start, one.clause.words.end)
    return bool(one.supporting) and begins is not None


def unread_in(text: str, found: Sequence[Proposal]) -> list[Words]:
    """Return the clauses of which nothing was understood, in their order; addresses, headings and what introduces
    others apart; of a `readable` text."""
    leveled, clauses = level(text), clauses_of(text)
    leading = {clause.above for clause in clauses if clause.above}
    headings = {one.words.start for one in leading if heads(_whole(text, leveled, one))}
    understood = {one.clause.words.start for one in found if one.says_something()}
    apart = outside(leveled, clauses) | headings | understood
    left = [one for one in clauses if not one.introduces and one.words.start not in apart]
    return [one.words for one in left if not says_nothing(_whole(text, leveled, one))]


def propose(text: str, issued_on: date, known: KnownName = lambda at: at) -> list[Proposal]:
    """Return the proposals of a directive's `readable` text, clause by clause, in their order.

    `issued_on` is the day of signing, from which a day without a year is understood. `known` tells names of units.
    """
    leveled = level(text)
    found: list[Proposal] = []
    told: dict[Clause, tuple[Words, ...]] = {}
    clauses = clauses_of(text)
    apart = outside(leveled, clauses)
    leading = {clause.above for clause in clauses if clause.above}
    for clause in clauses:
        if clause.words.start in apart:
            continue
        above = told.get(clause.above, ()) if clause.above else ()
        whole = _whole(text, leveled, clause, known)
        if clause.above and is_field(whole):
            told[clause] = above
            _fill(found, clause.above, above, whole, issued_on)
            continue
        heading = heads(whole) if clause in leading else None
        own = [] if heading or clause.words.text.isupper() else list(_of_clause(whole, clause, above, issued_on))
        leads = heading.bodies if heading else next((one.leads for one in reversed(own) if one.leads), above)
        told[clause] = () if clause.introduces and leads and orders(whole, leads[-1].end) else leads
        if not clause.introduces:
            found += [
                one
                for one in own
                if one.leads
                or one.deadline
                or one.product
                or (clause.label and clause not in leading)
                or _joins(leveled, one)
            ]
    return found


def _whole(text: str, leveled: str, clause: Clause, known: KnownName = lambda at: at) -> Sentence:
    return Sentence(text, leveled, clause.words.start, clause.words.end, known)


def _fill(found: list[Proposal], task: Clause, leads: tuple[Words, ...], field: Sentence, issued_on: date) -> None:
    """Put what a line below a task says of it into the task's proposal, which is the last, or is made here."""
    if not found or found[-1].clause is not task:
        found.append(Proposal(task, task.words, leads, inherited=bool(leads)))
    one = _of_sentence(field, task, issued_on, below=False)
    last = replace(
        found[-1],
        leads=() if found[-1].inherited and one.leads else found[-1].leads,
        inherited=found[-1].inherited and not one.leads,
        deadline=one.deadline or found[-1].deadline,
        product=one.product or found[-1].product,
    )
    found[-1] = _filled(last, replace(one, deadline=None), only_helps(field))


def _of_clause(whole: Sentence, clause: Clause, above: tuple[Words, ...], issued_on: date) -> Iterator[Proposal]:
    last: Proposal | None = None
    helped: tuple[Words, ...] = ()
    for sentence in _readable(whole):
        one = _of_sentence(sentence, clause, issued_on, below=bool((last and last.leads) or above))
        helpers = only_helps(sentence)
        if last and (
            helpers or (_FILLS.match(sentence.leveled, sentence.start, sentence.end) and not _differs(one, last))
        ):
            last = _filled(last, one, helpers)
            continue
        if last and helped and one.leads and CHAIRS.match(sentence.leveled, one.leads[-1].end):
            last, helped = replace(one, supporting=(*helped, *one.supporting)), ()
            continue
        helped = tuple(helpers)
        if last:
            yield last
        if not one.leads:
            inherited = last.leads if last else above
            one = replace(one, leads=inherited, inherited=bool(inherited))
        last = one
    if last:
        yield last


def _sentences(within: Sentence) -> Iterator[Sentence]:
    call = _CALL.match(within.leveled, within.start, within.end)
    text, start = within.text, call.end() if call else within.start
    heading = _SHARES.match(text, start, within.end)
    past, first = start, _first(within, start)
    for cut in (_SHARED if heading else _PARTED).finditer(text, start, within.end):
        part = within.part(start, cut.start())
        if not heading and (cut["turn"] or cut["comma"]):
            if first and cut.start() <= first.end:
                continue
            stop = text.find(";", cut.end(), within.end) if cut["turn"] else -1
            behind = within.part(cut.end(), min(stop if stop >= 0 else within.end, cut.end() + LONGEST_SENTENCE))
            named = opening_of(behind) if cut.start() >= past else None
            in_list, past = cut.start() < past, named.end if named else past
            if cut["turn"] and not in_list:
                named = takes_over(behind, acting=first is not None and acts(part, first.end))
            elif named and not acts_itself(behind, named):
                named = None
            if named is None or not (named.bodies[0].start > behind.start + 8 or _is_whole(part)):
                continue
            if cut["comma"] and (DECIDES.match(within.leveled, named.end) or not _charges(part, within)):
                continue
        if words_at(text, start, cut.start()).text:
            yield part
        start = cut.end()
        first = _first(within, start)
    if words_at(text, start, within.end).text:
        yield within.part(start, within.end)


def _first(within: Sentence, start: int) -> Parties | None:
    """Return the bodies with which a sentence begins at the offset; their list must not be cut."""
    return opening_of(within.part(start, min(within.end, start + LONGEST_SENTENCE)))


def _is_whole(sentence: Sentence) -> bool:
    """Say whether the sentence goes on behind who is charged and who helps, so that no list of bodies is cut."""
    if sentence.end - sentence.start > LONGEST_SENTENCE:
        return True
    charged = leads_of(sentence)
    leads = charged.bodies if charged else ()
    return all(one.end < sentence.end for one in (*leads, *supporting_of(sentence, leads)))


def _charges(part: Sentence, within: Sentence) -> bool:
    """Say whether the part charges somebody of its own, and does not end in the middle of a list of bodies."""
    whole = within.part(part.start, min(within.end, part.end + _LONGEST_NAME))
    names = _MAY_BE_NAMED.finditer(part.text, max(part.start, part.end - _LONGEST_NAME), part.end)
    in_list = any((named := whole.parties_at(name.start())) and named.end > part.end for name in names)
    return not in_list and not ON_A_DAY.match(part.leveled, part.start, part.end) and charges(part)


def _readable(within: Sentence) -> Iterator[Sentence]:
    return (one for one in _sentences(within) if one.end - one.start <= LONGEST_SENTENCE)


def _of_sentence(sentence: Sentence, clause: Clause, issued_on: date, *, below: bool) -> Proposal:
    found = leads_of(sentence, below=below)
    if reports(sentence, found, issued_on):
        return Proposal(clause, words_at(sentence.text, sentence.start, sentence.end))
    leads = found.bodies if found else ()
    supporting = supporting_of(sentence, leads)
    deadlines = deadlines_in(sentence.text, sentence.leveled, sentence.start, sentence.end, issued_on)
    deadline = deadlines[0] if deadlines else None
    taken = [*leads, *supporting, *([deadline.words] if deadline else [])]
    products = products_of(sentence, taken)
    begin = found.end if found and found.bodies[0].start - sentence.start < 60 else sentence.start
    begin = _past_support(sentence, begin, supporting)
    return Proposal(
        clause,
        words_at(sentence.text, begin, sentence.end),
        leads,
        supporting=tuple(supporting),
        deadline=deadline,
        product=products[0] if products else None,
        guessed=found is not None and found.guessed,
        other_deadlines=tuple(deadlines[1:]),
    )


def _past_support(sentence: Sentence, at: int, supporting: Sequence[Words]) -> int:
    """Return where the task itself begins: behind "chủ trì, phối hợp với …"."""
    opening = _LEADS.match(sentence.leveled, at, sentence.end)
    while opening and (beside := [words for words in supporting if 0 <= words.start - opening.end() < 6]):
        at = beside[0].end
        opening = _MORE_SUPPORT.match(sentence.leveled, at, sentence.end)
    return at


def _differs(one: Proposal, last: Proposal) -> bool:
    """Say whether a sentence charges somebody else."""
    return bool(one.leads) and bool(last.leads) and {w.text for w in one.leads} != {w.text for w in last.leads}


def _filled(last: Proposal, one: Proposal, helpers: Sequence[Words]) -> Proposal:
    supporting = {words.text: words for words in (*last.supporting, *one.supporting, *helpers)}
    return replace(
        last,
        leads=last.leads or tuple(words for words in one.leads if words not in helpers),
        supporting=tuple(supporting.values()),
        other_deadlines=(*last.other_deadlines, *([one.deadline] if last.deadline and one.deadline else [])),
        deadline=last.deadline or one.deadline,
        product=last.product or one.product,
    )
