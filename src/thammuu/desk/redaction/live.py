"""What a redaction changes on open pages: the rows and lines that said what is gone are drawn anew."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments, fragments_of
from thammuu.journal.redaction.facts import CONFIRMED


@fragments(CONFIRMED)
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return the fragments of every entry that a confirmed redaction restates."""
    found: dict[UUID, list[Fragment]] = {}
    for entry in entries:
        restated = [UUID(id) for id in entry.body["context"]["restated"]] if entry.body else []
        pieces = fragments_of(feed.of_entries(restated), language)
        found[entry.id] = [piece for of_one in pieces.values() for piece in of_one]
    return found
