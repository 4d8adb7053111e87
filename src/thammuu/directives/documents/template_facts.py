"""What happens to the templates of documents."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject


@fact("directives.template_kept", subject=Subject.DOCUMENT_TEMPLATE)
class TemplateKept(Placed):
    """A post keeps the text of a document for others of its unit and type to begin with."""

    unit_id: UUID
    type: str
    type_name: str
    name: str
    clauses: tuple[dict[str, str], ...]
    circulation: str
    place: str
    others: str
    capacity: str
    signs_for: str
    signer: str
    post_id: UUID
    kept_at: datetime
    struck: bool = False
    sentence = _("Template kept: {type_name} – {name}")


@fact("directives.template_struck", subject=Subject.DOCUMENT_TEMPLATE)
class TemplateStruck(Fact):
    """Documents no longer begin with it."""

    struck: bool = True
    sentence = _("Template struck")
