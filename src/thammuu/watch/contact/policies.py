"""Who may see how to reach a reporter."""

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Verdict
from thammuu.org.policies import may
from thammuu.org.rules import Permission


class Given(Protocol):
    """A contact, or the row of a list that stands for it."""

    @property
    def id(self) -> UUID: ...
    @property
    def unit_id(self) -> UUID: ...
    @property
    def classification(self) -> int: ...
    @property
    def event_id(self) -> UUID | None: ...


def may_read_contact(actor: Actor, contact: Given) -> Verdict:
    """Say whether the actor may look at the contact; to see its incident is not enough."""
    held = actor.permits.get(Permission.CONTACT_READ)
    if held is not None and contact.id in held.opened:
        return True
    told = _("Your post does not see reporters’ contacts of this unit.")
    level, event = contact.classification, contact.event_id
    return may(actor, Permission.CONTACT_READ, contact.unit_id, told, event=event, classification=level)
