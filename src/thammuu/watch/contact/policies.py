"""Who may see how to reach a reporter."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Verdict
from thammuu.org.policies import may
from thammuu.org.rules import Permission


def may_read_contact(actor: Actor, unit: UUID) -> Verdict:
    """Say whether the actor may look at contacts of the unit's reporters; to see an incident is not enough."""
    return may(actor, Permission.CONTACT_READ, unit, _("Your post does not see reporters’ contacts of this unit."))
