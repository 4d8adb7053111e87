"""Taking the words of subjects away, in the caller's transaction: rows, what is said in their place, copies."""

from collections.abc import Container, Iterable, Sequence
from typing import Any
from uuid import UUID

from thammuu.desk.redaction.copies import Copies, copies_of, parse
from thammuu.journal import feed
from thammuu.journal.facts import canonical
from thammuu.journal.models import Restated
from thammuu.journal.redaction import registry
from thammuu.journal.redaction.restating import restated

Said = dict[UUID, dict[str, Any]]


def locked(subjects: Iterable[str]) -> list[Copies]:
    """Return the copies of the subjects, locked, so that nothing more is said of them meanwhile."""
    found = []
    for key in sorted(subjects):
        named = parse(key)
        how = registry.redactable_as(named[0]) if named else None
        if named is not None and how is not None:
            how.model._default_manager.select_for_update().filter(pk=named[1]).first()
            found.append(copies_of(named))
    return [one for one in found if one is not None]


def restated_of(found: Sequence[Copies]) -> Said:
    """Return what is said from then on in place of each entry."""
    return {entry.id: restated(entry.body or {}, one.how.blank) for one in found for entry in one.told}


def take_words(redaction: UUID, found: Sequence[Copies], said: Said) -> None:
    """Empty the rows, say the entries anew, and let every package clean its copies."""
    for one in found:
        one.how.model._default_manager.filter(pk=one.id).update(**one.how.blanks())
    Restated.objects.bulk_create(
        Restated(entry=entry, redaction=redaction, text=canonical(body)) for entry, body in said.items()
    )
    registry.clean(feed.of_entries(said))


def only(said: Said, entries: Container[UUID]) -> Said:
    """Return what is said in place of these entries."""
    return {id: body for id, body in said.items() if id in entries}
