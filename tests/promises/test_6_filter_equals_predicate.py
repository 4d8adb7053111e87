"""Promise 6: whatever hands rows out (lists, counts, search, cards, the board of a past minute, attachments, the map,
the stream) gives exactly what `can_view` says of each row.

THAMMUU_EXAMPLES sets the scale: 60 generated worlds here and in CI, 5,000 for a release.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import models
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.directives.documents.desk import Desk
from tests.directives.thread import Thread
from tests.ground import NOW, Organisation
from tests.interop.messages import message
from tests.paper.files import photo, upload
from thammuu.config.live.rendering import Batch
from thammuu.desk import indexing
from thammuu.desk.models import SearchEntry
from thammuu.desk.my_work import open_incident_count
from thammuu.desk.searching import Asked, search
from thammuu.desk.time_machine import board_at, first_instant
from thammuu.directives import queries as directives
from thammuu.directives.documents import queries as documents
from thammuu.directives.documents.models import Document
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.followup.counting import counted
from thammuu.directives.models import Assignment, Decision, Evidence
from thammuu.interop import queries as interop
from thammuu.interop.actions import take_in_file
from thammuu.interop.models import Alert, InboundFile
from thammuu.journal import feed
from thammuu.journal.presentation import cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import HIGHEST, Actor, Reach, joined
from thammuu.kernel.errors import Missing
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org import queries as org
from thammuu.org.actions import announce_event
from thammuu.org.models import Event
from thammuu.org.policies import can_view, covers_entry
from thammuu.paper.actions import store_attachment
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment
from thammuu.paper.queries import attachment
from thammuu.watch import actions as watch_actions
from thammuu.watch import queries as watch
from thammuu.watch.models import Drawing, Incident, LogEntry

EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "60"))
COPIES = 3
UNITS = [new_id() for _number in range(6)]
WORLDS = st.sampled_from(["real", "real", "exercise:1"])
EVENTS = [new_id(), new_id()]
LEVELS = st.sampled_from([0, 0, 1, HIGHEST])
OWNERS = st.tuples(
    st.lists(st.sampled_from(UNITS), unique=True, max_size=3), WORLDS, LEVELS, st.sampled_from([None, None, *EVENTS])
)
REACHES = st.builds(
    Reach,
    units=st.one_of(st.none(), st.frozensets(st.sampled_from(UNITS))),
    event=st.sampled_from([None, *EVENTS]),
    classification=LEVELS,
)
Owner = tuple[list[UUID], str, int, UUID | None]
TABLES: tuple[type[models.Model], ...] = (
    Incident, LogEntry, Drawing, Decision, Document, Assignment, Evidence, Alert, InboundFile, Attachment, Event,
    SearchEntry,
)  # fmt: skip
KINDS = {
    Incident: Subject.INCIDENT, LogEntry: Subject.LOG_ENTRY, Decision: Subject.DECISION,
    Document: Subject.DOCUMENT,
    Assignment: Subject.ASSIGNMENT, Evidence: Subject.EVIDENCE, Alert: Subject.ALERT, InboundFile: Subject.INBOUND_FILE,
}  # fmt: skip


@dataclass
class Ground:
    """Some rows of every kind, whose owners each example sets anew, and the entries that told of them.

    An owner is units, a world, a level and an event.
    """

    rows: dict[type[models.Model], list[Any]]
    entries: list[feed.FeedEntry]

    def own(self, owners: Sequence[Owner]) -> None:
        """Give the rows to units and worlds, in turn."""
        place = 0
        for model, rows in self.rows.items():
            for row in rows:
                row.units, row.world, row.classification, event = owners[place % len(owners)]
                if model is not Event:
                    row.event_id = event
                place += 1
            own = ["units", "world", "classification"] + (["event_id"] if model is not Event else [])
            model._default_manager.bulk_update(rows, own)
        self.entries = [
            replace(entry, units=tuple(units), world=world, classification=level, event=event)
            for entry, (units, world, level, event) in zip(self.entries, cycle(owners), strict=False)
        ]

    def opened(self, numbers: set[int]) -> list[UUID]:
        """What an emergency opening opens: some rows, by their ids."""
        every = [_subject(row) for rows in self.rows.values() for row in rows]
        return [every[number % len(every)] for number in numbers]


@pytest.fixture
def ground(organisation: Organisation, settings: Any, tmp_path: Path, seal: Callable[[], int]) -> Ground:
    settings.HOME = tmp_path
    common: dict[str, Any] = {"actor": organisation.duty, "now": NOW, "unit": organisation.hanoi}
    for number in range(COPIES):
        watch_actions.open_incident(**common, at=NOW, title=f"Cháy kho {number}")
        watch_actions.write_log_entry(**common, at=NOW, text=f"Cháy to {number}")
        shape = {"type": "Point", "coordinates": [105.8, 21.0]}
        watch_actions.make_drawing(**common, name=f"Sân {number}", kind="site", geometry=shape)
        take_in_file(**common | {"unit": organisation.ministry}, name="a.cap", source="upload",
                     content=message(identifier=f"A{number}", sent="2026-11-20T07:00:00+07:00").encode())  # fmt: skip
        store_attachment(actor=organisation.duty, now=NOW, units=[organisation.hanoi],
                         file=take_in(upload(photo(), f"{number}.jpg")))  # fmt: skip
        announce_event(actor=organisation.admin, now=NOW, code=f"E{number}", name="Đại hội",
                       units=[organisation.hanoi], starts_on=NOW.date(), ends_on=NOW.date())  # fmt: skip
        thread = Thread(organisation, NOW)
        thread.acknowledge()
        thread.hand_in()
        Desk(organisation, NOW).draft()
    seal()
    indexing.index(feed.after(0, 10_000))
    Alert.objects.update(expires=None)
    return Ground({model: list(model._default_manager.all()) for model in TABLES}, feed.after(0, 10_000))


def ids(rows: Iterable[Any]) -> list[str]:
    return sorted(str(getattr(row, "id", row)) for row in rows)


def found(ask: Callable[[Any], Any], rows: Iterable[Any]) -> list[Any]:
    """The rows that can be asked for one by one."""
    seen = []
    for row in rows:
        with suppress(Missing):
            if ask(row.pk) is not None:
                seen.append(row)
    return seen


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Worlds are small already, and each costs a third of a second: a failing one is shown as it was found.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    reaches=st.lists(REACHES, min_size=0, max_size=3),
    world=WORLDS,
    owners=st.lists(OWNERS, min_size=5, max_size=13),
    opened=st.sets(st.integers(0, 200), max_size=3),
)
def test_everything_that_hands_rows_out_agrees(
    ground: Ground, reaches: list[Reach], world: str, owners: list[Owner], opened: set[int]
) -> None:
    scope = joined(reaches, ground.opened(opened), world)
    actor = Actor(account=None, post=None, unit=None, scope=scope)
    ground.own(owners)
    seen = {model: [row for row in rows if _may_see(actor, row)] for model, rows in ground.rows.items()}
    given_out = _lists(actor, NOW) | _one_by_one(actor, ground) | _of_a_parent(actor)
    for (model, where), rows in given_out.items():
        assert ids(rows) == ids(seen[model]), where
    _counts(actor, seen)
    _across(actor, ground, seen)


def _subject(row: Any) -> UUID:
    return UUID(str(row.subject if isinstance(row, SearchEntry) else row.id))


def _may_see(actor: Actor, row: Any) -> bool:
    if not isinstance(row, SearchEntry):
        return can_view(actor, row)
    return actor.scope.covers(row.units, row.world, row.classification, row.event_id, row.subject)


Given = dict[tuple[type[models.Model], str], Iterable[Any]]


def _lists(actor: Actor, now: datetime) -> Given:
    every = AssignmentFilters()
    return {
        (Incident, "list"): watch.incident_query(actor, watch.Filters()),
        (Incident, "board"): watch.board_rows(actor),
        (Incident, "numbers of the command bar"): watch.incident_numbers(actor).values(),
        (LogEntry, "list"): watch.log_query(actor, watch.Filters()),
        (LogEntry, "board"): watch.log_rows(actor),
        (Drawing, "map"): watch.drawings(actor),
        (Alert, "list"): interop.alert_list(actor, interop.AlertFilter(group="all"), 1, now).rows,
        (Alert, "map"): {item["properties"]["alert"] for item in interop.map_features(actor, now)["features"]},
        (InboundFile, "list"): interop.file_list(actor, 1, aside=False)[1],
        (Decision, "list"): directives.decisions(actor),
        (Document, "list"): documents.documents(actor, documents.DocumentFilters()),
        (Assignment, "list"): directives.assignments(actor, every, now),
        (Event, "list"): org.events(actor),
    }


def _one_by_one(actor: Actor, ground: Ground) -> Given:
    """What answers for a single row: pages and files."""
    asks: dict[type[models.Model], Callable[[UUID], Any]] = {
        Incident: lambda id: watch.incident(actor, id),
        LogEntry: lambda id: watch.log_entry(actor, id),
        Decision: lambda id: directives.decision(actor, id),
        Document: lambda id: documents.document(actor, id),
        Assignment: lambda id: directives.assignment(actor, id),
        Evidence: lambda id: directives.evidence(actor, id),
        Alert: lambda id: interop.visible_alert(actor, id),
        InboundFile: lambda id: interop.visible_file(actor, id),
        Attachment: lambda id: attachment(actor.scope, id),
    }
    one_by_one = {(model, "page"): found(ask, ground.rows[model]) for model, ask in asks.items()}
    files = interop.files_named(actor, [row.id for row in ground.rows[InboundFile]])
    cards = cards_of({(kind, row.id) for model, kind in KINDS.items() for row in ground.rows[model]}, actor.scope, "vi")
    carded = {
        (model, "card"): [row.id for row in ground.rows[model] if row.id in cards]
        for model in KINDS
    }  # fmt: skip
    return one_by_one | carded | {(InboundFile, "by name"): files}


def _of_a_parent(actor: Actor) -> Given:
    """What a page lists below another row, whether or not that row is seen."""
    assignments = [
        row for decision in Decision.objects.all() for row in directives.assignments_of(actor, decision.id, NOW)
    ]
    evidence = [row.evidence for one in Assignment.objects.all() for row in directives.evidence_of(actor, one.id)]
    return {(Assignment, "of a decision"): [row.id for row in assignments], (Evidence, "of an assignment"): evidence}


def _counts(actor: Actor, seen: dict[type[models.Model], list[Any]]) -> None:
    alerts = interop.alert_list(actor, interop.AlertFilter(), 1, NOW).counts
    assert alerts["all"] == len(seen[Alert])
    assert interop.waiting_count(actor) == sum(row.state == "draft" for row in seen[Alert])
    tally = directives.tally(actor, AssignmentFilters(), NOW)
    assert sum(
        getattr(tally, name) for name in ("done_on_time", "done_late", "open_within_time", "open_overdue")
    ) == len(seen[Assignment])
    counts = counted(actor, AssignmentFilters(), NOW)
    assert [sum(total for total, *_states in found.values()) for found in (counts.by_unit, counts.by_decision)] == [
        len(seen[Assignment])
    ] * 2
    told = {row.id: row.seen for row in directives.decisions(actor)}  # type: ignore[attr-defined]
    assert sum(told.values()) == sum(row.decision_id in told for row in seen[Assignment])
    assert open_incident_count(actor) == sum(row.status != "draft" for row in seen[Incident])


def _across(actor: Actor, ground: Ground, seen: dict[type[models.Model], list[Any]]) -> None:
    """What goes over all kinds: search, the past, the stream."""
    for word in ("cháy", "chay", "bao"):
        hits = {hit.position for hit in search(actor, Asked(word))}
        every = {row.position for row in ground.rows[SearchEntry] if f" {fold(word)} " in f" {row.folded} "}
        assert hits == every & {row.position for row in seen[SearchEntry]}, word
    written = {row.subject for row in seen[SearchEntry] if row.kind == "watch.log_entry_written"}
    board = board_at(actor, NOW)
    assert {row.id for row in board.log} == written
    assert {row.id for row in board.incidents} == {row.id for row in seen[Incident] if row.status != "draft"}
    assert (first_instant(actor) is None) == (not seen[SearchEntry])
    batch = Batch(ground.entries)
    batch.texts["vi"] = [orjson.dumps(str(entry.id)) for entry in ground.entries]
    event = batch.event(actor.scope, "vi", 1)
    told = orjson.loads(event.partition(b"data: ")[2]) if event else []
    covered = [entry for entry in ground.entries if covers_entry(actor.scope, entry)]
    assert told == [str(entry.id) for entry in covered]
