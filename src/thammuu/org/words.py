"""How roles, permissions and levels are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.org.rules import Permission, Role, Source

CLASSIFICATION_WORDS: Mapping[int, Promise] = {
    0: pgettext_lazy("level", "Normal"),
    1: pgettext_lazy("level", "Internal"),
    2: pgettext_lazy("level", "Limited"),
    3: pgettext_lazy("level", "Command only"),
}


def level_mark(classification: int) -> SafeString | str:
    """Return the mark of a level as HTML; "" for the lowest, which is everything's."""
    return format_html('<span class="badge">{}</span> ', CLASSIFICATION_WORDS[classification]) if classification else ""


ROLE_WORDS: Mapping[Role, Promise] = {
    Role.ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
    Role.CHIEF: pgettext_lazy("role", "Chief"),
    Role.STAFF_OFFICER: pgettext_lazy("role", "Staff officer"),
    Role.DUTY_OFFICER: pgettext_lazy("role", "Duty officer"),
    Role.UNIT_OFFICER: pgettext_lazy("role", "Unit officer"),
    Role.VIEWER: pgettext_lazy("role", "Viewer"),
    Role.AUDITOR: pgettext_lazy("role", "Auditor"),
}

PERMISSION_WORDS: Mapping[Permission, Promise] = {
    Permission.VIEW: _("See"),
    Permission.LOG_WRITE: _("Write in the duty log"),
    Permission.LOG_STRIKE: _("Strike log entries"),
    Permission.INCIDENT_OPEN: _("Open incidents"),
    Permission.INCIDENT_HANDLE: _("Handle incidents"),
    Permission.INCIDENT_CLOSE: _("Close incidents"),
    Permission.ORDER_GIVE: _("Give orders"),
    Permission.ORDER_ANSWER: _("Answer orders"),
    Permission.ALERT_HANDLE: _("Handle alerts"),
    Permission.DECIDE: _("Decide"),
    Permission.ASSIGN: _("Assign tasks"),
    Permission.ASSIGNMENT_EXECUTE: _("Carry out assignments"),
    Permission.ASSIGNMENT_VERIFY: _("Verify assignments"),
    Permission.UNIT_ADMIN: _("Administer units"),
    Permission.ACCOUNT_ADMIN: _("Administer accounts"),
    Permission.GRANT: _("Grant roles"),
    Permission.MAP_EDIT: _("Draw on the map"),
    Permission.JOURNAL_READ: _("Read the journal"),
    Permission.CONTACT_READ: _("Read how reporters can be reached"),
    Permission.REDACT: _("Redact, with a second person"),
    Permission.EMERGENCY_OPEN: _("Open in an emergency"),
    Permission.EMERGENCY_REVIEW: _("Review emergency openings"),
}

SOURCE_WORDS: Mapping[Source, Promise] = {
    Source.GRANT: pgettext_lazy("source of a right", "Role granted"),
    Source.OPENING: pgettext_lazy("source of a right", "Emergency opening"),
    Source.DELEGATION: pgettext_lazy("source of a right", "Delegated"),
    Source.SUBSTITUTION: pgettext_lazy("source of a right", "As a substitute"),
}
