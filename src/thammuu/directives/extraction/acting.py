"""Whether the body that a sentence names does something: which words follow it."""

import re

from thammuu.directives.extraction.bodies import Parties, Sentence
from thammuu.directives.extraction.supporting import PEOPLE
from thammuu.directives.extraction.telling import STATE, TELLS
from thammuu.directives.extraction.verbs import ACTION, ASIDE, VERB

_UNKNOWN = re.compile(r"[^\W\d_]+\s+[\w(]")
_AFTER = re.compile(r",\s+")
_EACH = re.compile(r"^,?\s*(?:mỗi|từng) [^\W\d_]+ (?:[^\W\d_]+ )?(?=" + ACTION.pattern + ")")
"""Each of them does it: "Trạm Y tế các xã, mỗi trạm chuẩn bị …"."""
_CIRCUMSTANCE = re.compile(r",\s+" + ASIDE.pattern)


def acts(sentence: Sentence, at: int) -> bool:
    """Say whether a verb, or the colon of a heading, follows."""
    rest = _EACH.sub("", _behind_aside(sentence, _past_circumstance(sentence, at)))
    if re.match(r"là (?:cơ quan |đơn vị |bộ phận )?(?:đầu mối|thường trực|chủ trì|cơ quan|đơn vị)\b", rest):
        return True
    return rest.startswith(":") or (VERB.match(rest) is not None and not TELLS.match(rest))


def seems_to_act(sentence: Sentence, found: Parties) -> bool:
    """Say whether a word follows that nobody knows, in the place of a verb: a name was whole, and no state is told."""
    rest = _behind_aside(sentence, found.end)
    named = found.bodies[0].text
    return (
        bool(_UNKNOWN.match(rest))
        and STATE.match(rest) is None
        and TELLS.match(rest) is None
        and not named.islower()
        and not PEOPLE.match(named.lower())
    )


def _behind_aside(sentence: Sentence, at: int) -> str:
    """Return the next words, past what stands in brackets."""
    at = sentence.past_aside(at)
    return sentence.leveled[at : min(at + 160, sentence.end)].lstrip(" \u00a0")


def _past_circumstance(sentence: Sentence, at: int) -> int:
    """Return where to go on behind what is said between commas of how it is to be done: "Sở Y tế, khi có dịch, …"."""
    opening = _CIRCUMSTANCE.match(sentence.leveled, at, sentence.end)
    if opening is None:
        return at
    for comma in _AFTER.finditer(sentence.leveled, opening.end(), min(opening.end() + 150, sentence.end)):
        if ACTION.match(sentence.leveled, comma.end()):
            return comma.end()
    return at
