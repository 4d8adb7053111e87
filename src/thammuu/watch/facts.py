"""What happens on the watch floor."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.watch.rules import MARK_WORDS, SEVERITY_WORDS, STATUS_WORDS


@fact("watch.log_entry_written", subject=Subject.LOG_ENTRY)
class LogEntryWritten(Fact):
    """An officer filed a line in the duty log."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    kind: str
    happened_at: datetime
    recorded_at: datetime
    text: str
    place_text: str = ""
    lat: float | None = None
    lon: float | None = None
    incident_id: UUID | None = None
    attachments: tuple[UUID, ...] = ()
    account_id: UUID | None = None
    post_id: UUID | None = None
    behalf_id: UUID | None = None
    device_at: datetime | None = None
    struck_at: datetime | None = None
    struck_reason: str = ""
    struck_post_id: UUID | None = None
    sentence = gettext_lazy("{text}")

    def say(self, language: str) -> str:
        """Return what was written, in the writer's words."""
        return self.text


@fact("watch.log_entry_struck", subject=Subject.LOG_ENTRY)
class LogEntryStruck(Fact):
    """A line was struck; it stays readable."""

    struck_at: datetime
    struck_reason: str
    struck_post_id: UUID | None
    text: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("Struck: “{text}”. Reason: {struck_reason}")


@fact("watch.log_entry_attached", subject=Subject.LOG_ENTRY)
class LogEntryAttached(Fact):
    """A line was found to belong to an incident."""

    incident_id: UUID
    units: tuple[UUID, ...]
    text: Annotated[str, CONTEXT] = ""
    number: Annotated[int, CONTEXT] = 0
    sentence = gettext_lazy("Log entry “{text}” belongs to incident #{number}")


@fact("watch.log_entry_shared", subject=Subject.LOG_ENTRY)
class LogEntryShared(Fact):
    """More units see a line, because they see its incident."""

    units: tuple[UUID, ...]
    text: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("More units now see the log entry “{text}”")


@fact("watch.incident_opened", subject=Subject.INCIDENT)
class IncidentOpened(Fact):
    """An incident was opened."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    number: int
    kind: str
    title: str
    severity: str
    status: str
    mark: str
    unit_id: UUID
    place_text: str
    lat: float | None
    lon: float | None
    opened_at: datetime
    recorded_at: datetime
    changed_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""
    sentence = gettext_lazy("Incident #{number} opened: {title}")

    def say(self, language: str) -> str:
        """Return what was opened; what is not real says so first."""
        said = super().say(language)
        with translation.override(language):
            return f"{MARK_WORDS[self.mark]} · {said}" if self.mark else said


@fact("watch.severity_changed", subject=Subject.INCIDENT)
class SeverityChanged(Fact):
    """An incident is graver, or less grave, than it was."""

    severity: str
    changed_at: datetime
    before: Annotated[str, CONTEXT] = ""
    reason: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("Severity changed from {before} to {severity}. {reason}")

    def say(self, language: str) -> str:
        """Return the change in the words of the language."""
        return _in_words(language, self.sentence, SEVERITY_WORDS, self, "severity")


@fact("watch.status_changed", subject=Subject.INCIDENT)
class StatusChanged(Fact):
    """An incident stands elsewhere than before."""

    status: str
    changed_at: datetime
    before: Annotated[str, CONTEXT] = ""
    reason: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("Status changed from {before} to {status}. {reason}")

    def say(self, language: str) -> str:
        """Return the change in the words of the language."""
        return _in_words(language, self.sentence, STATUS_WORDS, self, "status")


@fact("watch.incident_closed", subject=Subject.INCIDENT)
class IncidentClosed(Fact):
    """An incident was closed with an outcome."""

    status: str
    closed_at: datetime
    changed_at: datetime
    outcome: str
    sentence = gettext_lazy("Incident closed. Outcome: {outcome}")


@fact("watch.incident_reopened", subject=Subject.INCIDENT)
class IncidentReopened(Fact):
    """A closed incident was opened again."""

    status: str
    closed_at: datetime | None
    changed_at: datetime
    outcome: str
    reason: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("Incident reopened. Reason: {reason}")


@fact("watch.place_recorded", subject=Subject.INCIDENT)
class PlaceRecorded(Fact):
    """Where an incident is was found out, or corrected."""

    place_text: str
    lat: float | None
    lon: float | None
    changed_at: datetime
    sentence = gettext_lazy("Place: {place_text}")


@fact("watch.incident_shared", subject=Subject.INCIDENT)
class IncidentShared(Fact):
    """More units are concerned by an incident and see it from now on."""

    units: tuple[UUID, ...]
    sentence = gettext_lazy("The incident now concerns more units")


@fact("watch.incident_change_noted", subject=Subject.INCIDENT_CHANGE)
class IncidentChangeNoted(Fact):
    """The row of a change: who, when, why."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    incident_id: UUID
    field: str
    before: str
    after: str
    reason: str
    at: datetime
    post_id: UUID | None
    sentence = gettext_lazy("{field}: {before} → {after}")

    def say(self, language: str) -> str:
        """Return the change in the words of the language."""
        words = {**SEVERITY_WORDS, **STATUS_WORDS}
        with translation.override(language):
            names = {"severity": _("Severity"), "status": _("Status"), "place": _("Place")}
            before, after = (str(words.get(told, told)) or "–" for told in (self.before, self.after))
            return str(self.sentence).format(field=names.get(self.field, self.field), before=before, after=after)


@fact("watch.drawing_made", subject=Subject.DRAWING)
class DrawingMade(Fact):
    """A site, sector or line was drawn on the map."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    kind: str
    name: str
    geometry: dict[str, Any]
    drawn_at: datetime
    removed_at: datetime | None = None
    sentence = gettext_lazy("Drawn on the map: {name}")


@fact("watch.drawing_removed", subject=Subject.DRAWING)
class DrawingRemoved(Fact):
    """A drawing was taken off the map."""

    removed_at: datetime
    name: Annotated[str, CONTEXT] = ""
    sentence = gettext_lazy("Taken off the map: {name}")


@fact("watch.boundary_imported", subject=Subject.BOUNDARY)
class BoundaryImported(Fact):
    """A unit's boundary was imported; the digest stands for its geometry."""

    code: str
    name: str
    level: str
    digest: str
    imported_at: datetime
    sentence = gettext_lazy("Boundary imported: {name}")


def _in_words(language: str, sentence: Any, words: dict[str, Any], told: Any, name: str) -> str:
    with translation.override(language):
        return str(
            str(sentence).format(
                **{
                    "before": words.get(told.before, _("unknown")),
                    name: words.get(getattr(told, name), getattr(told, name)),
                    "reason": told.reason,
                }
            )
        ).strip()
