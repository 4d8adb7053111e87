"""What the journal tells of the installation itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from thammuu.config.facts import BackupRestored, DrillHeld
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.subjects import INSTALLATION
from thammuu.org.account import rules
from thammuu.org.account.models import AddressBlock, SignInAttempt
from thammuu.org.account.queries import blocking, lately


def history() -> Sequence[FeedEntry]:
    """Return the drills and restores, the newest first."""
    told = feed.of_subjects([INSTALLATION])[::-1]
    return [one for one in told if one.kind in (DrillHeld.fact_kind, BackupRestored.fact_kind)]


def last_drill() -> datetime | None:
    """Return when the last drill was held that found everything sound."""
    drills = (one for one in history() if one.kind == DrillHeld.fact_kind and one.body)
    return next((one.recorded_at for one in drills if one.body and one.body["context"]["sound"]), None)


def restored_without_redactions(since: datetime) -> FeedEntry | None:
    """Return the last restore since then of which nobody can tell whether something redacted is there again."""
    restores = (one for one in history() if one.kind == BackupRestored.fact_kind and one.body)
    last = next(restores, None)
    if last is None or last.recorded_at < since or not last.body:
        return None
    return last if last.body["context"].get("redactions_unknown") else None


@dataclass(frozen=True)
class AttemptCounts:
    """Failed attempts to sign in within the window, the names that they lock, the addresses that are blocked."""

    failures: int
    locked: int
    blocked: int


def attempt_counts(now: datetime) -> AttemptCounts:
    """Return how many there are; nobody's name or address."""
    recent = SignInAttempt.objects.filter(lately(now))
    names = recent.values("name_digest").annotate(failures=Count("id")).filter(failures__gte=rules.FAILURES)
    blocked = AddressBlock.objects.filter(blocking(now)).values("address").distinct()
    return AttemptCounts(recent.count(), names.count(), blocked.count())


@dataclass(frozen=True)
class JobRow:
    """A job that failed: its number, the name of its task, how often it was tried, when it was last."""

    id: int
    task: str
    attempts: int
    at: datetime | None


def failed_jobs(count: int) -> list[JobRow]:
    """Return the newest; never what they were to work on, which may be personal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.attempts,"
            " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)"
            " FROM procrastinate_jobs j WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT %s",
            [count],
        )
        return [JobRow(*row) for row in cursor.fetchall()]
