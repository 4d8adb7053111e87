"""What happens to policies of urging, and that somebody was urged."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.directives.urging import words
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.org import queries as org


@fact("directives.urging_policy_drawn_up", subject=Subject.URGING_POLICY)
class UrgingPolicyDrawnUp(Fact):
    """A unit has a policy of urging, which is not on yet."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    version: int
    ladder: dict[str, Any]
    is_on: bool
    reason: str
    changed_at: datetime
    post_id: UUID | None
    sentence = _("Policy of urging drawn up for {unit}")

    def say(self, language: str) -> str:
        """Name the unit."""
        with translation.override(language):
            return str(self.sentence).format(unit=org.unit_label(self.unit_id))


@fact("directives.urging_ladder_changed", subject=Subject.URGING_POLICY)
class UrgingLadderChanged(Fact):
    """A policy has another ladder, under a new version."""

    version: int
    ladder: dict[str, Any]
    changed_at: datetime
    post_id: UUID | None
    sentence = _("Ladder of urging changed: version {version}")


@fact("directives.urging_policy_switched_on", subject=Subject.URGING_POLICY)
class UrgingPolicySwitchedOn(Fact):
    """Assignments of the unit are urged by it from now on."""

    is_on: bool
    reason: str
    changed_at: datetime
    post_id: UUID | None
    sentence = _("Urging switched on: {reason}")


@fact("directives.urging_policy_switched_off", subject=Subject.URGING_POLICY)
class UrgingPolicySwitchedOff(Fact):
    """Assignments of the unit are no longer urged by it."""

    is_on: bool
    reason: str
    changed_at: datetime
    post_id: UUID | None
    sentence = _("Urging switched off: {reason}")


@fact("directives.urging_sent", subject=Subject.URGING)
class UrgingSent(Fact):
    """A unit was urged for an assignment; at once on its pages, and through the channels of the rung."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    policy_id: UUID
    version: int
    rung: str
    counted_from: datetime
    round: int
    unit_id: UUID
    heads: bool
    told_post_id: UUID | None = None
    channels: tuple[str, ...]
    urged_at: datetime
    seen_at: datetime | None = None
    seen_by_id: UUID | None = None
    sentence = pgettext_lazy("urging", "Urged: {unit} · {rung}")

    def say(self, language: str) -> str:
        """Name who was urged, by which rung, and in which round if it was repeated."""
        with translation.override(language):
            head = _("{unit} (its head)") if self.heads else "{post}, {unit}" if self.told_post_id else "{unit}"
            unit = str(head).format(unit=org.unit_label(self.unit_id), post=org.post_label(self.told_post_id))
            told = str(self.sentence).format(unit=unit, rung=words.said_of(self.rung, self.counted_from, language))
            repeated = str(_("repeated {n} times")).format(n=self.round)
            return f"{told} · {repeated}" if self.round else told


@fact("directives.urging_seen", subject=Subject.URGING)
class UrgingSeen(Fact):
    """A post of the unit that was urged has seen it."""

    seen_at: datetime
    seen_by_id: UUID | None
    sentence = _("Urging seen")


@fact("directives.urging_address_set", subject=Subject.URGING_ADDRESS)
class UrgingAddressSet(Fact):
    """A unit receives urgings in a mailbox or by a webhook, or no longer."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    mailbox: str
    webhook: str
    set_at: datetime
    sentence = _("Address for urgings set: {unit}")

    def say(self, language: str) -> str:
        """Name the unit."""
        with translation.override(language):
            return str(self.sentence).format(unit=org.unit_label(self.unit_id))


@fact("directives.urging_delivery_prepared", subject=Subject.URGING_DELIVERY)
class UrgingDeliveryPrepared(Fact):
    """Urgings wait to be carried to a unit in one message."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    channel: str
    address: str
    browser_id: UUID | None = None
    urgings: tuple[UUID, ...]
    at_once: bool
    state: str
    attempts: int = 0
    fault: str
    made_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    sentence = _("Message with urgings prepared for {unit}")

    def say(self, language: str) -> str:
        """Name the unit, and why nothing can be sent if so."""
        with translation.override(language):
            told = str(self.sentence).format(unit=org.unit_label(self.unit_id))
            return f"{told}: {self.fault}" if self.fault else told


@fact("directives.urging_delivery_begun", subject=Subject.URGING_DELIVERY)
class UrgingDeliveryBegun(Fact):
    """An attempt to send began; until its end is told, it is uncertain."""

    state: str
    attempts: int
    next_at: datetime
    sentence = _("Attempt {attempts} to send the message")


@fact("directives.urging_delivery_sent", subject=Subject.URGING_DELIVERY)
class UrgingDeliverySent(Fact):
    """The channel took the message."""

    state: str
    fault: str
    next_at: None = None
    ended_at: datetime
    sentence = _("Message sent")


@fact("directives.urging_delivery_put_off", subject=Subject.URGING_DELIVERY)
class UrgingDeliveryPutOff(Fact):
    """The channel could not be reached; it is tried again later."""

    state: str
    fault: str
    next_at: datetime
    sentence = _("Message put off: {fault}")


@fact("directives.urging_delivery_failed", subject=Subject.URGING_DELIVERY)
class UrgingDeliveryFailed(Fact):
    """The message was refused, or tried too often."""

    state: str
    fault: str
    next_at: None = None
    ended_at: datetime
    sentence = _("Message not delivered: {fault}")
