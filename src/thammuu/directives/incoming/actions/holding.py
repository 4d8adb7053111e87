"""What every change of an incoming document begins with: the locked row, whether the actor may, if it came before."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.incoming import labels, rules
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.rules import IncomingState, Step
from thammuu.journal.recording import Submission, answered
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import Conflict, Missing, Refused, Verdict
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class Held:
    """An incoming document's locked row and who acts on it; `again` is an earlier sending's answer, None at first."""

    row: IncomingDocument
    actor: Actor
    post: UUID
    again: UUID | None


def hold(
    actor: Actor, document: UUID, allowed: Callable[[Actor, IncomingDocument], Verdict], submission: Submission | None
) -> Held:
    """Lock an incoming document within the caller's transaction. Raises `Missing` and `Refused`."""
    row = IncomingDocument.objects.select_for_update().filter(visible_to(actor), id=document).first()
    if row is None:
        raise Missing(_("There is no such incoming document, or your post may not see it."))
    actor = acting(actor, allowed(actor, row))
    again = answered(actor, submission)
    return Held(row, actor, post_of(actor), None if again is None else again.answer)


def post_of(actor: Actor) -> UUID:
    """Return the actor's post. Raises `Refused` without one."""
    if actor.post is None:
        raise Refused(_("Incoming documents are dealt with by a post, and you hold none today."))
    return actor.post


def stepped(row: IncomingDocument, step: Step) -> str:
    """Return the state after the step. Raises `Conflict` where it cannot be taken."""
    state = IncomingState(row.state)
    following = rules.after(state, step)
    if following is None:
        text = _("The document stands at “{state}”; this cannot be done now.")
        raise Conflict(text.format(state=labels.STATES[state]))
    return str(following)


def placed(row: IncomingDocument) -> dict[str, object]:
    """Return the columns that a row of an incoming document shares with it."""
    return {
        "world": row.world,
        "units": row.units,
        "classification": row.classification,
        "event_id": row.event_id,
    }
