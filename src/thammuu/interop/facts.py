"""What happens to files and alerts from outside."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thammuu.interop.words import MARKS
from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject


@fact("interop.file_received", subject=Subject.INBOUND_FILE)
class FileReceived(Fact):
    """A file arrived and was judged."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    name: str
    source: str
    received_at: datetime
    digest: str
    size: int
    verdict: str
    taken: int
    refused: int
    results: list[dict[str, Any]]
    sentence = _("File received: {name} (alerts taken in: {taken}, refused: {refused})")


@fact("interop.alert_received", subject=Subject.ALERT)
class AlertReceived(Fact):
    """An alert was taken in; its full text is held by the digest."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    file_id: UUID
    received_at: datetime
    version: str
    identifier: str
    sender: str
    sent: datetime
    message_type: str
    mark: str
    event: str
    headline: str
    severity: str
    urgency: str
    certainty: str
    areas: str
    expires: datetime | None
    refers_to: list[str]
    digest: str
    state: str
    successor_id: UUID | None
    incident_id: UUID | None
    reason: str
    warnings: list[dict[str, Any]]
    sentence = _("Alert received from {sender}: {headline}")

    def say(self, language: str) -> str:
        """Return the sentence, behind its mark where the alert is not real."""
        said = super().say(language)
        if not self.mark:
            return said
        with translation.override(language):
            return _now("[{mark}] {sentence}").format(mark=MARKS[self.mark], sentence=said)


@fact("interop.alert_superseded", subject=Subject.ALERT)
class AlertSuperseded(Fact):
    """A later message of the same sender took the place of this alert."""

    state: str
    successor_id: UUID
    headline: Annotated[str, CONTEXT] = ""
    sentence = _("Alert superseded by a later one: {headline}")


@fact("interop.alert_cancelled", subject=Subject.ALERT)
class AlertCancelled(Fact):
    """The sender withdrew this alert."""

    state: str
    successor_id: UUID
    headline: Annotated[str, CONTEXT] = ""
    sentence = _("Alert cancelled by its sender: {headline}")


@fact("interop.alert_accepted", subject=Subject.ALERT)
class AlertAccepted(Fact):
    """An officer made an incident of the alert."""

    state: str
    incident_id: UUID
    headline: Annotated[str, CONTEXT] = ""
    sentence = _("Alert accepted as an incident: {headline}")


@fact("interop.alert_dismissed", subject=Subject.ALERT)
class AlertDismissed(Fact):
    """An officer decided that nothing follows from the alert."""

    state: str
    reason: str
    headline: Annotated[str, CONTEXT] = ""
    sentence = _("Alert dismissed ({reason}): {headline}")
