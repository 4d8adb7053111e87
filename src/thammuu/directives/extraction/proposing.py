"""From the text of a directive to proposed assignments, each with the words it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thammuu.directives.extraction.clauses import Clause, clauses_of
from thammuu.directives.extraction.deadlines import Deadline, deadlines_in
from thammuu.directives.extraction.parties import KnownName, Sentence, leads_of, only_helps, supporting_of
from thammuu.directives.extraction.products import products_of
from thammuu.directives.extraction.words import Words, level, words_at
from thammuu.kernel.text import nfc

_SPLIT = re.compile(
    r"(?<![\s.][A-ZĐ])(?<!TP)(?<!TW)\.(?:\s+|$)(?=[A-ZĐÀ-ỸƠƯĂÂÊÔ(]|$)"
    r"|;\s+(?=[A-ZĐÀ-ỸƠƯĂÂÊÔ][^;.]{2,80}?(?:chủ trì|có trách nhiệm)|(?:[Gg]iao|do|"
    r"[Đđ]ơn vị phối hợp|[Tt]hời hạn|[Ss]ản phẩm|[Hh]oàn thành trước)\s)"
)
_LEADS = re.compile(
    r"\s*(?:có trách nhiệm\s+)?(?:chủ trì,?\s*(?:và\s+)?)?phối hợp(?:\s+chặt chẽ)?\s+(?:cùng|với)(?: với)?\s+"
)
_MORE_SUPPORT = re.compile(r"\s*(?:,|và)\s*")
_FILLS = re.compile(
    r"(?:thời (?:gian|hạn)|hạn|hoàn thành|báo cáo|kết quả|sản phẩm|(?:đơn vị|"
    r"cơ quan) (?:phối hợp|chủ trì)|chủ trì\s*:|phối hợp|gửi|định kỳ|trước ngày|xong"
    r"|chậm nhất|yêu cầu (?:hoàn thành|báo cáo))\b"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An assignment that the text seems to want. Every value is the words that say so; `inherited`: the lead's words
    stand in the clause or sentence above. Of several leads a person chooses one.
    """

    clause: Clause
    task: Words
    leads: tuple[Words, ...] = ()
    inherited: bool = False
    supporting: tuple[Words, ...] = ()
    deadline: Deadline | None = None
    product: Words | None = None


def propose(text: str, issued_on: date, known: KnownName = lambda at: at) -> list[Proposal]:
    """Return the proposals of a directive's text, clause by clause, in their order.

    `issued_on` is the day of signing, from which a day without a year is understood. `known` tells names of units.
    """
    text = nfc(text)
    leveled = level(text)
    found: list[Proposal] = []
    told: dict[Clause, tuple[Words, ...]] = {}
    for clause in clauses_of(text):
        above = told.get(clause.above, ()) if clause.above else ()
        own = list(_of_clause(text, leveled, clause, above, issued_on, known))
        told[clause] = next((one.leads for one in reversed(own) if one.leads), above)
        if not clause.introduces:
            found += [one for one in own if one.leads or one.deadline or one.product or clause.label]
    return found


def _of_clause(
    text: str, leveled: str, clause: Clause, above: tuple[Words, ...], issued_on: date, known: KnownName
) -> Iterator[Proposal]:
    last: Proposal | None = None
    for start, end in _sentences(text, clause.words.start, clause.words.end):
        sentence = Sentence(text, leveled, start, end, known)
        one = _of_sentence(sentence, clause, issued_on)
        helpers = only_helps(sentence)
        if last and (helpers or (_FILLS.match(leveled, start, end) and not _differs(one, last))):
            last = _filled(last, one, helpers)
            continue
        if last:
            yield last
        if not one.leads:
            inherited = last.leads if last else above
            one = replace(one, leads=inherited, inherited=bool(inherited))
        last = one
    if last:
        yield last


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cut in _SPLIT.finditer(text, start, end):
        if words_at(text, start, cut.start()).text:
            yield start, cut.start()
        start = cut.end()
    if words_at(text, start, end).text:
        yield start, end


def _of_sentence(sentence: Sentence, clause: Clause, issued_on: date) -> Proposal:
    found = leads_of(sentence)
    leads = found.bodies if found else ()
    supporting = supporting_of(sentence, leads)
    deadline = _main(deadlines_in(sentence.text, sentence.leveled, sentence.start, sentence.end, issued_on), leads)
    taken = [*leads, *supporting, *([deadline.words] if deadline else [])]
    products = products_of(sentence, taken)
    begin = found.end if found and found.bodies[0].start - sentence.start < 60 else sentence.start
    begin = _past_support(sentence, begin, supporting)
    return Proposal(
        clause,
        words_at(sentence.text, begin, sentence.end),
        leads,
        False,
        tuple(supporting),
        deadline,
        products[0] if products else None,
    )


def _past_support(sentence: Sentence, at: int, supporting: Sequence[Words]) -> int:
    """Return where the task itself begins: behind "chủ trì, phối hợp với …"."""
    opening = _LEADS.match(sentence.leveled, at, sentence.end)
    while opening and (beside := [words for words in supporting if 0 <= words.start - opening.end() < 6]):
        at = beside[0].end
        opening = _MORE_SUPPORT.match(sentence.leveled, at, sentence.end)
    return at


def _main(deadlines: Iterator[Deadline], _leads: Sequence[Words]) -> Deadline | None:
    return next(deadlines, None)


def _differs(one: Proposal, last: Proposal) -> bool:
    """Say whether a sentence charges somebody else."""
    return bool(one.leads) and bool(last.leads) and {w.text for w in one.leads} != {w.text for w in last.leads}


def _filled(last: Proposal, one: Proposal, helpers: Sequence[Words]) -> Proposal:
    supporting = {words.text: words for words in (*last.supporting, *one.supporting, *helpers)}
    return replace(
        last,
        leads=last.leads or tuple(words for words in one.leads if words not in helpers),
        supporting=tuple(supporting.values()),
        deadline=last.deadline or one.deadline,
        product=last.product or one.product,
    )
