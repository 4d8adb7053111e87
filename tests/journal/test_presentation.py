"""Cards and fragments: each package is asked once, for what it knows, and nothing else is shown."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from thammuu.journal import presentation
from thammuu.journal.presentation import Card, Fragment
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import EVERYTHING, Scope

ONE, TWO, HIDDEN = uuid4(), uuid4(), uuid4()


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presentation, "_cards", {})
    monkeypatch.setattr(presentation, "_fragments", {})


def test_cards_are_asked_for_once_for_each_kind() -> None:
    asked: list[tuple[set[UUID], str]] = []

    def cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
        asked.append((set(ids), language))
        return {id: Card("x", "", "normal", "/", datetime(2026, 1, 1, tzinfo=UTC)) for id in ids if id != HIDDEN}

    presentation.present(Subject.INCIDENT, cards)
    subjects = [(Subject.INCIDENT, ONE), (Subject.INCIDENT, HIDDEN), (Subject.POST, TWO)]
    assert set(presentation.cards_of(subjects, EVERYTHING, "vi")) == {ONE}
    assert asked == [({ONE, HIDDEN}, "vi")]
    assert presentation.cards_of([], EVERYTHING, "vi") == {}


def entry(kind: str, id: UUID) -> Any:
    return SimpleNamespace(kind=kind, id=id)


def test_fragments_come_from_every_package_that_knows_the_kind() -> None:
    def told(name: str) -> presentation.Fragments:
        def render(entries: Sequence[Any], language: str) -> Mapping[UUID, Sequence[Fragment]]:
            return {one.id: [Fragment(name, str(one.id), language)] for one in entries}

        return render

    first, both = told("log"), told("board")
    assert presentation.fragments("watch.line")(first) is first
    presentation.fragments("watch.")(both)
    entries = [entry("watch.line_filed", ONE), entry("watch.incident_opened", TWO), entry("org.post_created", HIDDEN)]
    found = presentation.fragments_of(entries, "en")
    assert {id: [piece.target for piece in pieces] for id, pieces in found.items()} == {
        ONE: ["log", "board"],
        TWO: ["board"],
    }
    assert presentation.fragments_of([entry("org.post_created", HIDDEN)], "en") == {}
