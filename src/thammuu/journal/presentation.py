"""How a subject of any package shows itself to the others: a card, and fragments for the live feed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from thammuu.journal.feed import FeedEntry
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Scope


@dataclass(frozen=True, slots=True)
class Card:
    """A subject in one line. `tone` is one of critical, serious, caution, normal, standby, off."""

    title: str
    state: str
    tone: str
    url: str
    at: datetime
    unit: UUID | None = None


Cards = Callable[[Scope, Collection[UUID], str], Mapping[UUID, Card]]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a page that an entry changes, the same for every reader who may see the entry.

    `target` names the list, `key` the element's id, `html` the element (empty: it goes), `sort` its place as text
    (greater comes first), `data` what filters and lanes compare.
    """

    target: str
    key: str
    html: str
    sort: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


Fragments = Callable[[Sequence[FeedEntry], str], Mapping[UUID, Sequence[Fragment]]]

_cards: dict[Subject, Cards] = {}
_fragments: dict[str, Fragments] = {}


def present(subject: Subject, cards: Cards) -> None:
    """Register the function that gives the cards of those ids which the scope may see, in a language."""
    _cards[subject] = cards


def cards_of(subjects: Collection[tuple[Subject, UUID]], scope: Scope, language: str) -> dict[UUID, Card]:
    """Return the cards of whatever may be seen; one call of a package's function for each kind."""
    found: dict[UUID, Card] = {}
    for kind in {kind for kind, _id in subjects}:
        if kind in _cards:
            found.update(_cards[kind](scope, [id for k, id in subjects if k == kind], language))
    return found


def fragments(prefix: str) -> Callable[[Fragments], Fragments]:
    """Register a function that renders entries whose kind starts with the prefix, in one language, for everybody."""

    def register(function: Fragments) -> Fragments:
        _fragments[prefix] = function
        return function

    return register


def fragments_of(entries: Sequence[FeedEntry], language: str) -> dict[UUID, list[Fragment]]:
    """Return each entry's fragments; called once per language and process, whatever the number of listeners."""
    found: dict[UUID, list[Fragment]] = {}
    for prefix, function in _fragments.items():
        concerned = [entry for entry in entries if entry.kind.startswith(prefix)]
        if concerned:
            for id, pieces in function(concerned, language).items():
                found.setdefault(id, []).extend(pieces)
    return found
