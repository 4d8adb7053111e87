"""Who may put a digital signature to a document."""

from django.utils.translation import gettext as _

from thammuu.directives.documents import policies
from thammuu.directives.documents.models import Document
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict


def may_sign(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may have the document signed, with the seal or elsewhere: who may issue it."""
    allowed = policies.may_issue(actor, document)
    return allowed or Refusal(_("Your post signs no documents of this unit."))
