"""The only writers of documents."""

from thammuu.directives.documents.actions.assigning import assign_from_document
from thammuu.directives.documents.actions.commenting import make_comment
from thammuu.directives.documents.actions.drafting import Description, describe_document, draft_document
from thammuu.directives.documents.actions.editing import (
    add_section,
    change_section,
    move_section,
    strike_section,
    take_up_section,
)
from thammuu.directives.documents.actions.importing import import_sections
from thammuu.directives.documents.actions.issuing import issue_document
from thammuu.directives.documents.actions.naming import add_type, give_symbol
from thammuu.directives.documents.actions.numbering import continue_series
from thammuu.directives.documents.actions.passing import (
    abandon_document,
    agree_to_document,
    approve_document,
    return_document,
    submit_document,
)
from thammuu.directives.documents.actions.taking_over import Issued, import_issued
from thammuu.directives.documents.actions.templating import AROUND, keep_template, strike_template

__all__ = [
    "AROUND",
    "Description",
    "Issued",
    "abandon_document",
    "add_section",
    "add_type",
    "agree_to_document",
    "approve_document",
    "assign_from_document",
    "change_section",
    "continue_series",
    "describe_document",
    "draft_document",
    "give_symbol",
    "import_issued",
    "import_sections",
    "issue_document",
    "keep_template",
    "make_comment",
    "move_section",
    "return_document",
    "strike_section",
    "strike_template",
    "submit_document",
    "take_up_section",
]
