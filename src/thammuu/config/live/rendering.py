"""Entries as the stream tells them: rendered and encoded once per language, whatever the number of listeners."""

from collections.abc import Collection, Iterable, Sequence

import orjson

from thammuu.config.live.listener import Listener
from thammuu.journal.feed import FeedEntry, StreamId
from thammuu.journal.presentation import Fragment, fragments_of
from thammuu.kernel.actor import Scope
from thammuu.org import emergencies
from thammuu.org.policies import covers_entry

KEPT = 1000


class Batch:
    """Consecutive entries and what each is in the languages asked for."""

    def __init__(self, entries: Sequence[FeedEntry]) -> None:
        self.entries = entries
        self.texts: dict[str, list[bytes]] = {}
        self.may_grow = emergencies.may_grow({str(entry.subject_kind) for entry in entries})
        # Whose opened things were read after these entries were recorded.
        self.admitted: set[Listener] = set()

    @property
    def last(self) -> int:
        """Return the position of the last entry."""
        return self.entries[-1].position or 0

    def render(self, languages: Iterable[str]) -> None:
        """Render what is missing in the languages. Reads the database: call it in a thread."""
        for language in languages:
            if language not in self.texts:
                pieces = fragments_of(self.entries, language)
                self.texts[language] = [_encode(entry, pieces.get(entry.id, ())) for entry in self.entries]

    def event(self, scope: Scope, language: str, epoch: int, after: int = 0) -> bytes:
        """Return the event with those entries behind `after` that the scope covers; b"" if it covers none."""
        told = [
            text
            for entry, text in zip(self.entries, self.texts[language], strict=True)
            if covers_entry(scope, entry) and (entry.position or 0) > after
        ]
        if not told:
            return b""
        return b"id: %s\nevent: entries\ndata: [%s]\n\n" % (str(StreamId(epoch, self.last)).encode(), b",".join(told))


class History:
    """The last batches, kept so that a reader who comes back is not served from the table."""

    def __init__(self) -> None:
        self._batches: list[Batch] = []
        self._size = 0

    def add(self, batch: Batch) -> None:
        """Keep a batch; the oldest go once there are more than `KEPT` entries."""
        self._batches.append(batch)
        self._size += len(batch.entries)
        while self._size > KEPT and len(self._batches) > 1:
            self._size -= len(self._batches.pop(0).entries)

    def after(self, position: int) -> list[Batch] | None:
        """Return the batches with everything behind the position, None if that goes further back than is kept."""
        held = self._batches
        if not held or (held[0].entries[0].position or 0) > position + 1:
            return None
        return [batch for batch in held if batch.last > position]


def _encode(entry: FeedEntry, pieces: Collection[Fragment]) -> bytes:
    return orjson.dumps(
        {
            "position": entry.position,
            "entry": entry.id,
            "kind": entry.kind,
            "subject": [str(entry.subject_kind), entry.subject_id],
            "at": entry.claimed_at,
            "fragments": [
                {
                    "target": piece.target,
                    "key": piece.key,
                    "html": str(piece.html),
                    "sort": piece.sort,
                    "data": dict(piece.data),
                }
                for piece in pieces
            ],
        }
    )
