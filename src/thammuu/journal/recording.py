"""`record()`: the last statement of every action, and the only one that makes history; `record_each()` of thousands."""

import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.journal import waking
from thammuu.journal.facts import Fact, canonical, plain
from thammuu.journal.models import Body, Entry, LinkRow
from thammuu.journal.models import Submission as SubmissionRow
from thammuu.journal.writing import Rows, Values, columns_of, copy, gathered, rows_of, write
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict
from thammuu.kernel.ids import new_id

ENTRY = (
    "id", "kind", "version", "subject_kind", "subject_id", "body_digest",
    "world", "event", "classification", "units", "account", "post", "claimed_at", "recorded_at", "submission",
)  # fmt: skip
BODY = ("entry", "salt", "text")
LINK = ("entry", "relation", "from_kind", "from_id", "to_kind", "to_id")


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client calls this sending: an id it made, unique per account for ever, and a digest of what it sent."""

    id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ids of the entries, in the facts' order; or, `replayed`, only what the first sending was answered."""

    entries: tuple[UUID, ...]
    answer: UUID
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Facts, and `rows` (unsaved models) with them, that the people of `units` may see."""

    facts: Sequence[Fact]
    units: Collection[UUID]
    rows: Sequence[models.Model] = ()
    event: UUID | None = None
    classification: int = 0


class SubmissionConflict(Conflict):
    """The same submission id arrived before with another content; what was recorded then stands."""


def record(
    *facts: Fact,
    actor: Actor,
    at: datetime,
    now: datetime,
    units: Collection[UUID],
    event: UUID | None = None,
    classification: int = 0,
    rows: Sequence[models.Model] = (),
    submission: Submission | None = None,
) -> Recorded:
    """Insert the facts, and `rows` (unsaved models) with them, in one statement; take no lock, send no notification.

    `at` is when it happened as claimed, `now` when the server recorded it; `units` whose people may see it. The first
    fact's subject is the answer of the submission. Rows that exist already are locked and changed *before* this call,
    in the same transaction, so that the journal's order of a subject's facts is the order of its changes.

    Raises `SubmissionConflict` if the submission's id came before with another digest.
    """
    told = Told(facts, units, rows, event, classification)
    ids, groups = _groups(told, actor, at, now, submission)
    answer = facts[0].subject_id
    claimed = write(groups, _claim(actor, submission, answer, now))
    transaction.on_commit(waking.wake)
    if not claimed and submission is not None and actor.account is not None:
        return _first_answer(actor.account, submission)
    return Recorded(entries=ids, answer=answer)


def record_each(
    many: Sequence[Told], *, actor: Actor, at: datetime, now: datetime, submission: Submission | None = None
) -> Recorded:
    """Record what is told of many things at once, each for its own units: as `record()` would one after the other.

    It is one transaction, and one statement for each table, so that thousands take seconds. The first fact of all is
    the answer of the submission, and its order is the order given. Raises `SubmissionConflict` as `record()` does.
    """
    ids: list[UUID] = []
    groups: list[Rows] = []
    for told in many:
        made, rows = _groups(told, actor, at, now, submission)
        ids.extend(made)
        groups.extend(rows)
    answer = many[0].facts[0].subject_id
    with transaction.atomic():
        claimed = copy(gathered(groups), _claim(actor, submission, answer, now))
        transaction.on_commit(waking.wake)
    if not claimed and submission is not None and actor.account is not None:
        return _first_answer(actor.account, submission)
    return Recorded(entries=tuple(ids), answer=answer)


def answered(actor: Actor, submission: Submission | None) -> Recorded | None:
    """Return what an earlier sending of this submission was answered, None if it is the first.

    An action that changes rows asks this once it has locked them, before it judges their state: sent twice, it was
    the first sending that changed it. Raises `SubmissionConflict`.
    """
    if submission is None or actor.account is None:
        return None
    if not SubmissionRow.objects.filter(account=actor.account, id=submission.id).exists():
        return None
    return _first_answer(actor.account, submission)


def _groups(
    told: Told, actor: Actor, at: datetime, now: datetime, submission: Submission | None
) -> tuple[tuple[UUID, ...], list[Rows]]:
    """Return the ids of the entries, and every row to be inserted."""
    ids = tuple(new_id() for _fact in told.facts)
    common = (
        actor.scope.world,
        told.event,
        told.classification,
        list(told.units),
        actor.account,
        actor.post,
        at,
        now,
        submission.id if submission else None,
    )
    entries: list[Values] = []
    bodies: list[Values] = []
    links: list[Values] = []
    for id, one in zip(ids, told.facts, strict=True):
        salt, text = os.urandom(16), canonical(_body(one, actor))
        digest = hashlib.sha256(salt + text.encode()).digest()
        entries.append((id, one.fact_kind, one.fact_version, str(one.subject), one.subject_id, digest, *common))
        bodies.append((id, salt, text))
        links.extend(_link_rows(id, one))
    groups = [*rows_of(told.rows), Rows(Entry, ENTRY, entries), Rows(Body, BODY, bodies)]
    if links:
        groups.append(Rows(LinkRow, LINK, links))
    return ids, groups


def _body(told: Fact, actor: Actor) -> dict[str, Any]:
    """Return what the fact tells; on behalf of which post, and what the device's clock said, where that matters."""
    body = told.body()
    if actor.behalf is not None:
        body["behalf"] = str(actor.behalf)
    if actor.device_at is not None:
        body["device_at"] = plain(actor.device_at)
    return body


def _link_rows(entry: UUID, told: Fact) -> list[Values]:
    subject = (str(told.subject), told.subject_id)
    return [(entry, str(link.relation), *subject, str(link.kind), link.id) for link in told.links]


def _claim(actor: Actor, submission: Submission | None, answer: UUID, now: datetime) -> Rows | None:
    if submission is None or actor.account is None:
        return None
    return Rows(
        SubmissionRow,
        columns_of(SubmissionRow),
        [(actor.account, submission.id, submission.digest, answer, now)],
    )


def _first_answer(account: UUID, submission: Submission) -> Recorded:
    first = SubmissionRow.objects.get(account=account, id=submission.id)
    if bytes(first.digest) != submission.digest:
        raise SubmissionConflict(_("This was sent before with another content; what was recorded then stands."))
    return Recorded(entries=(), answer=first.answer, replayed=True)
