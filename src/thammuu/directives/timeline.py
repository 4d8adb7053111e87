"""One timeline of an assignment: what people did and what the system did, with the files and obstacles named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from thammuu.directives.models import Evidence, ExtensionRequest, Guidance, Progress
from thammuu.directives.urging.models import Urging
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import queries as org
from thammuu.org.policies import covers_entry, visible_to
from thammuu.paper.models import Attachment
from thammuu.paper.queries import attachments

# Told more fully by the progress report or the evidence of the same act.
TOLD_ELSEWHERE = frozenset(
    f"directives.assignment_{end}" for end in ("advanced", "submitted", "verified", "returned", "change_noted")
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a timeline."""

    key: str
    sort: str
    at: datetime
    recorded_at: datetime
    device_at: datetime | None
    day: date
    text: str
    by: str
    by_person: bool
    obstacle: str
    files: tuple[Attachment, ...]


def moments_of(actor: Actor, assignment: UUID) -> list[Moment]:
    """Return the timeline of an assignment that the actor may see, the newest first."""
    told = [
        id
        for model in (Progress, Guidance, ExtensionRequest, Urging)
        for id in model._default_manager.filter(visible_to(actor), assignment=assignment).values_list("id", flat=True)
    ]
    evidence = {row.id: row for row in Evidence.objects.filter(visible_to(actor), assignment=assignment)}
    entries = feed.of_subjects([assignment, *told, *evidence])
    seen = [entry for entry in entries if covers_entry(actor.scope, entry)]
    return moments(reversed(seen), evidence, actor.language)


def moments(entries: Iterable[FeedEntry], evidence: Mapping[UUID, Evidence], language: str) -> list[Moment]:
    """Return the entries that a timeline shows, as its lines in the language; `evidence` by id."""
    shown = [entry for entry in entries if entry.kind not in TOLD_ELSEWHERE]
    handed_in = [evidence[entry.subject_id] for entry in shown if _hands_in(entry) and entry.subject_id in evidence]
    files = attachments([id for row in handed_in for id in row.attachments])
    return [_moment(entry, evidence, files, language) for entry in shown]


def _moment(
    entry: FeedEntry, evidence: Mapping[UUID, Evidence], files: Mapping[UUID, Attachment], language: str
) -> Moment:
    row = evidence.get(entry.subject_id) if _hands_in(entry) else None
    attached: Sequence[UUID] = row.attachments if row else ()
    return Moment(
        key=f"entry-{entry.id}",
        sort=str(entry.id),
        at=entry.claimed_at,
        recorded_at=entry.recorded_at,
        device_at=entry.device_at,
        day=clock.day_of(entry.claimed_at),
        text=entry.say(language),
        by=org.author_label(entry.post, entry.behalf) or "Thammuu",
        by_person=entry.account is not None,
        obstacle=(entry.body or {"sets": {}})["sets"].get("obstacle", ""),
        files=tuple(files[id] for id in attached if id in files),
    )


def _hands_in(entry: FeedEntry) -> bool:
    return entry.kind == "directives.evidence_handed_in"
