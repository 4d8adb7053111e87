"""Who may propose a redaction, and who may decide on it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from thammuu.desk.redaction.copies import Owner
from thammuu.journal.models import Redaction
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.rules import Permission


def may_redact_somewhere(actor: Actor) -> Verdict:
    """Say whether the actor has to do with redactions at all."""
    return actor.may_somewhere(Permission.REDACT) or Refusal(_("Your post does not redact."))


def may_redact(actor: Actor, owners: Collection[Owner]) -> Verdict:
    """Say whether the actor may redact what belongs to these: at each unit, for its event and level."""
    rights = (
        actor.may(Permission.REDACT, one.unit, event=one.event, classification=one.classification) for one in owners
    )
    if actor.account is not None and owners and all(rights):
        return actor.by(
            Permission.REDACT, lambda held: all(held.allows(one.unit, one.event, one.classification) for one in owners)
        )
    return Refusal(_("Your post does not redact what belongs to this unit."))


def may_decide(actor: Actor, redaction: Redaction, owners: Collection[Owner]) -> Verdict:
    """Say whether the actor may confirm or refuse: another account than proposed it, whatever post that holds."""
    if actor.account == redaction.account_id:
        return Refusal(_("You proposed this. Another person has to decide, also if you hold another post now."))
    return may_redact(actor, owners)


def may_withdraw(actor: Actor, redaction: Redaction) -> Verdict:
    """Say whether the actor may take the proposal back."""
    if actor.account == redaction.account_id:
        return True
    return Refusal(_("Only whoever proposed a redaction withdraws it."))
