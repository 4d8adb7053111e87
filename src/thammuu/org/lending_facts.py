"""What happens to rights that posts lend to others, and to those who act for them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant
from thammuu.org.facts import said
from thammuu.org.rules import Role
from thammuu.org.words import ROLE_WORDS


@fact("org.right_delegated", subject=Subject.DELEGATION)
class RightDelegated(Fact):
    """A post lets another use its role, at a unit and below, for an event perhaps, up to a level, until an instant."""

    grant_id: UUID
    post_id: UUID
    unit_id: UUID
    event_id: UUID | None
    classification: int
    starts_at: datetime
    ends_at: datetime
    reason: str
    title: Annotated[str, CONTEXT] = ""
    by: Annotated[str, CONTEXT] = ""
    role: Annotated[str, CONTEXT] = ""
    unit: Annotated[str, CONTEXT] = ""
    sentence = _("{by} delegates “{role}” at {unit} to {title} from {start} until {end}. Reason: {reason}")

    def say(self, language: str) -> str:
        """Name the role and the instants."""
        return said(
            self.sentence, language, title=self.title, by=self.by, unit=self.unit, reason=self.reason,
            role=lambda: ROLE_WORDS[Role(self.role)], start=lambda: format_instant(self.starts_at, language),
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip


@fact("org.delegation_ended", subject=Subject.DELEGATION)
class DelegationEnded(Fact):
    """What was delegated was taken back before its time."""

    ends_at: datetime
    reason: Annotated[str, CONTEXT] = ""
    title: Annotated[str, CONTEXT] = ""
    role: Annotated[str, CONTEXT] = ""
    sentence = _("{title}: the delegated role “{role}” ends on {end}. Reason: {reason}")

    def say(self, language: str) -> str:
        """Name the role and the instant."""
        return said(
            self.sentence, language, title=self.title, reason=self.reason, role=lambda: ROLE_WORDS[Role(self.role)],
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip


@fact("org.substitutes_named", subject=Subject.POST)
class SubstitutesNamed(Fact):
    """Which posts may act in a post, in their order."""

    substitutes: tuple[UUID, ...]
    title: Annotated[str, CONTEXT] = ""
    names: Annotated[str, CONTEXT] = ""
    sentence = _("Substitutes of {title}: {names}")


@fact("org.substitution_announced", subject=Subject.SUBSTITUTION)
class SubstitutionAnnounced(Fact):
    """A post acts in another from an instant until an instant; why its holder is away is not told."""

    post_id: UUID
    substitute_id: UUID
    starts_at: datetime
    ends_at: datetime
    announced_by_id: UUID | None
    title: Annotated[str, CONTEXT] = ""
    substitute: Annotated[str, CONTEXT] = ""
    sentence = _("{substitute} acts as {title} from {start} until {end}")

    def say(self, language: str) -> str:
        """Name the instants."""
        return said(
            self.sentence, language, title=self.title, substitute=self.substitute,
            start=lambda: format_instant(self.starts_at, language),
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip


@fact("org.substitution_ended", subject=Subject.SUBSTITUTION)
class SubstitutionEnded(Fact):
    """A post no longer acts in another from an instant on, before the time that was announced."""

    ends_at: datetime
    title: Annotated[str, CONTEXT] = ""
    substitute: Annotated[str, CONTEXT] = ""
    sentence = _("{substitute} no longer acts as {title} from {end}")

    def say(self, language: str) -> str:
        """Name the instant."""
        return said(
            self.sentence, language, title=self.title, substitute=self.substitute,
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip
