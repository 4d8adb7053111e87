"""What a redaction may take in at once, and what its reason must not say. Pure."""

import re
from collections.abc import Iterable
from itertools import pairwise

REASON_LIMIT = 300
MOST_SUBJECTS = 100

_NUMBER = re.compile(r"\d(?:[\s.-]?\d){4,}")
_WORD = re.compile(r"\w+")


def repeated(reason: str, texts: Iterable[str]) -> str:
    """Return what a reason repeats of the texts that are to go, "" if nothing: the reason stays for ever.

    Looked for are numbers of five digits and more, names (two words in a row with capitals), and four words in a row.
    """
    numbers = [re.sub(r"\D", "", one[0]) for one in _NUMBER.finditer(reason)]
    words = _WORD.findall(reason)
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a[0].isupper() and b[0].isupper()]
    fours = [" ".join(words[place : place + 4]) for place in range(len(words) - 3)]
    for text in texts:
        digits, spaced = re.sub(r"\D", "", text), f" {' '.join(_WORD.findall(text)).casefold()} "
        for number in numbers:
            if number in digits:
                return number
        for run in (*pairs, *fours):
            if f" {run.casefold()} " in spaced:
                return run
    return ""
