"""The only writers of incoming documents."""

from thammuu.directives.incoming.actions.assigning import assign_from_incoming
from thammuu.directives.incoming.actions.dealing import (
    Charge,
    acknowledge_incoming,
    answer_incoming,
    pass_on_incoming,
    reopen_incoming,
    settle_incoming,
)
from thammuu.directives.incoming.actions.describing import Arrival, Duplicate
from thammuu.directives.incoming.actions.filing import add_incoming_files
from thammuu.directives.incoming.actions.importing import Entry, import_incoming
from thammuu.directives.incoming.actions.registering import correct_incoming, register_incoming
from thammuu.directives.incoming.actions.tracing import link_measure, strike_measure

__all__ = [
    "Arrival",
    "Charge",
    "Duplicate",
    "Entry",
    "acknowledge_incoming",
    "add_incoming_files",
    "answer_incoming",
    "assign_from_incoming",
    "correct_incoming",
    "import_incoming",
    "link_measure",
    "pass_on_incoming",
    "register_incoming",
    "reopen_incoming",
    "settle_incoming",
    "strike_measure",
]
