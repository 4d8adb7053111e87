"""The only writers of the watch floor's state."""

from thammuu.watch.actions.contacts import give_contact, redact_due_contacts, show_contact
from thammuu.watch.actions.incidents import (
    change_severity,
    change_status,
    close_incident,
    open_incident,
    record_place,
    reopen_incident,
    share_incident,
)
from thammuu.watch.actions.log import attach_log_entry, strike_log_entry, write_log_entry
from thammuu.watch.actions.map import import_boundaries, make_drawing, remove_drawing

__all__ = [
    "attach_log_entry",
    "change_severity",
    "change_status",
    "close_incident",
    "give_contact",
    "import_boundaries",
    "make_drawing",
    "open_incident",
    "record_place",
    "redact_due_contacts",
    "remove_drawing",
    "reopen_incident",
    "share_incident",
    "show_contact",
    "strike_log_entry",
    "write_log_entry",
]
