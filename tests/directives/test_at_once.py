"""Officers who act at the same instant, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from tests.directives.thread import Thread
from tests.ground import NOW, build_organisation
from thammuu.directives import actions
from thammuu.directives.models import Evidence
from thammuu.journal import feed, fold
from thammuu.journal.recording import Submission
from thammuu.kernel.errors import Conflict
from thammuu.kernel.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(settings: object, tmp_path: Path) -> Thread:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    thread = Thread(build_organisation(), NOW)
    thread.acknowledge()
    return thread


def _at_once(*acts: Callable[[], UUID]) -> list[UUID | Conflict]:
    together = Barrier(len(acts))

    def run(act: Callable[[], UUID]) -> UUID | Conflict:
        together.wait()
        try:
            return act()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_verifying_and_returning_at_once_one_stands_and_one_is_told(thread: Thread) -> None:
    organisation = thread.organisation
    evidence = thread.hand_in()
    answers = _at_once(
        lambda: actions.verify_evidence(actor=organisation.chief, now=NOW, evidence=evidence),
        lambda: actions.return_evidence(actor=organisation.staff, now=NOW, evidence=evidence, reason="Mờ"),
        lambda: actions.verify_evidence(actor=organisation.staff, now=NOW, evidence=evidence),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Conflict", "UUID"]
    judged = [entry.kind for entry in feed.of_subjects([evidence])][1:]
    assert judged in (["directives.evidence_verified"], ["directives.evidence_returned"])
    assert thread.row().state == Evidence.objects.get(id=evidence).state
    assert list(fold.differences()) == []


def test_one_submission_on_two_connections_is_one_evidence(thread: Thread) -> None:
    sending = Submission(new_id(), b"1" * 32)

    def hand_in() -> UUID:
        return actions.hand_in_evidence(
            actor=thread.organisation.hanoi_officer,
            now=NOW,
            assignment=thread.assignment,
            text="Xong",
            submission=sending,
        )

    answers = _at_once(hand_in, hand_in, hand_in)
    assert set(answers) == {Evidence.objects.get().id}
    assert list(fold.differences()) == []
