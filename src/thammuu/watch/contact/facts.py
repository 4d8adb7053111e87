"""What happens to the contact of a reporter. No fact tells the contact itself, only a keyed and salted digest."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import INSTALLATION, Subject


@fact("watch.contact_given", subject=Subject.REPORTER_CONTACT)
class ContactGiven(Fact):
    """Whoever reported something said how to be reached."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    incident_id: UUID | None
    log_entry_id: UUID | None
    unit_id: UUID
    given_at: datetime
    post_id: UUID | None
    digest: str
    redacted_at: datetime | None = None
    sentence = gettext_lazy("A reporter’s contact was given")


@fact("watch.contact_shown", subject=Subject.REPORTER_CONTACT)
class ContactShown(Fact):
    """An officer looked at a contact; the entry says who and when, `number` of which incident (0 for none)."""

    number: Annotated[int, CONTEXT]
    sentence = gettext_lazy("The reporter’s contact was looked at (incident #{number})")


@fact("watch.contact_redacted", subject=Subject.REPORTER_CONTACT)
class ContactRedacted(Fact):
    """A contact was made unreadable for good, because its time was over."""

    redacted_at: datetime
    sentence = gettext_lazy("The reporter’s contact was redacted, as the retention rule wants")


@fact("watch.retention_applied", subject=Subject.INSTALLATION)
class RetentionApplied(Fact):
    """The retention rule was applied: contacts older than `days` after their end were redacted; `kept` are left."""

    days: Annotated[int, CONTEXT]
    redacted: Annotated[int, CONTEXT]
    kept: Annotated[int, CONTEXT]
    subject_id: UUID = INSTALLATION
    sentence = gettext_lazy(
        "Retention: {redacted} reporters’ contacts redacted, {days} days after their incident; {kept} kept"
    )
