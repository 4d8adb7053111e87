"""The words of kept texts as they are searched for: folded, each once, in an index of PostgreSQL's text search."""

from typing import TypeVar, cast

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, QuerySet

from thammuu.kernel.text import tokens

Row = TypeVar("Row", bound=Model)
MOST_BYTES = 200_000
"""Of one text: a vector of the text search holds a megabyte, and a text of so many different words is none."""
LONGEST_WORD = 100
WORDS = SearchVector("search_text", config="simple")


def words_of(text: str) -> str:
    """Return the words of a text, for its column `search_text`."""
    found = " ".join(dict.fromkeys(word[:LONGEST_WORD] for word in tokens(text)))
    return found.encode()[:MOST_BYTES].decode(errors="ignore")


def holding(rows: QuerySet[Row], typed: str) -> QuerySet[Row]:
    """Return those of the rows whose text has every word that is typed; none if nothing is."""
    words = " ".join(word[:LONGEST_WORD] for word in tokens(typed))
    if not words:
        return rows.none()
    found = rows.alias(kept_words=WORDS).filter(kept_words=SearchQuery(words, config="simple"))
    return cast("QuerySet[Row]", found)
