"""The desk's words: stages of a thread, relations, gaps, kinds of subject."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.desk.gaps import Gap
from thammuu.journal.subjects import Relation, Subject

STAGES: tuple[Promise, ...] = (
    _("Reports and alerts"),
    _("Incidents"),
    _("Decisions"),
    _("Assignments"),
    _("Progress and evidence"),
    _("Other"),
)
KINDS: Mapping[Subject, Promise] = {
    Subject.LOG_ENTRY: pgettext_lazy("kind of subject", "Log entry"),
    Subject.INCIDENT: pgettext_lazy("kind of subject", "Incident"),
    Subject.DECISION: pgettext_lazy("kind of subject", "Decision"),
    Subject.ASSIGNMENT: pgettext_lazy("kind of subject", "Assignment"),
    Subject.PROGRESS: pgettext_lazy("kind of subject", "Progress report"),
    Subject.EVIDENCE: pgettext_lazy("kind of subject", "Evidence"),
    Subject.ALERT: pgettext_lazy("kind of subject", "Alert"),
    Subject.NOTICE: pgettext_lazy("kind of subject", "Notice"),
    Subject.UNIT: pgettext_lazy("kind of subject", "Unit"),
    Subject.UNIT_SPELL: pgettext_lazy("kind of subject", "Unit's place and name"),
    Subject.UNIT_SUCCESSION: pgettext_lazy("kind of subject", "Successor of a unit"),
    Subject.POST: pgettext_lazy("kind of subject", "Post"),
    Subject.HOLDING: pgettext_lazy("kind of subject", "Holding of a post"),
    Subject.ACCOUNT: pgettext_lazy("kind of subject", "Account"),
    Subject.FACTOR: pgettext_lazy("kind of subject", "Second factor of an account"),
    Subject.SESSION: pgettext_lazy("kind of subject", "Session"),
    Subject.SIGN_IN_IDENTITY: pgettext_lazy("kind of subject", "Identity of another provider"),
    Subject.API_TOKEN: pgettext_lazy("kind of subject", "Token of another system"),
    Subject.ADDRESS_BLOCK: pgettext_lazy("kind of subject", "Block of an address"),
    Subject.GRANT: pgettext_lazy("kind of subject", "Grant"),
    Subject.DELEGATION: pgettext_lazy("kind of subject", "Delegation"),
    Subject.SUBSTITUTION: pgettext_lazy("kind of subject", "Substitution"),
    Subject.EMERGENCY_OPENING: pgettext_lazy("kind of subject", "Emergency opening"),
    Subject.EVENT: pgettext_lazy("kind of subject", "Event"),
    Subject.SITE: pgettext_lazy("kind of subject", "Site"),
    Subject.DRAWING: pgettext_lazy("kind of subject", "Drawing"),
    Subject.BOUNDARY: pgettext_lazy("kind of subject", "Boundary"),
    Subject.REPORTER_CONTACT: pgettext_lazy("kind of subject", "Contact of a reporter"),
    Subject.INCIDENT_CHANGE: pgettext_lazy("kind of subject", "Change of an incident"),
    Subject.ASSIGNMENT_CHANGE: pgettext_lazy("kind of subject", "Change of an assignment"),
    Subject.ATTACHMENT: pgettext_lazy("kind of subject", "Attachment"),
    Subject.INBOUND_FILE: pgettext_lazy("kind of subject", "File received"),
    Subject.REDACTION: pgettext_lazy("kind of subject", "Redaction"),
    Subject.INSTALLATION: pgettext_lazy("kind of subject", "Installation"),
}
ICONS: Mapping[Subject, str] = {
    Subject.LOG_ENTRY: "notebook-pen",
    Subject.INCIDENT: "siren",
    Subject.DECISION: "gavel",
    Subject.ASSIGNMENT: "clipboard-list",
    Subject.PROGRESS: "activity",
    Subject.EVIDENCE: "clipboard-check",
    Subject.ALERT: "bell",
}
RELATIONS: Mapping[Relation, Promise] = {
    Relation.ARISES_FROM: pgettext_lazy("relation", "arises from"),
    Relation.CONCERNS: pgettext_lazy("relation", "concerns"),
    Relation.EVIDENCE_FOR: pgettext_lazy("relation", "is evidence for"),
    Relation.ASSIGNED_TO: pgettext_lazy("relation", "lead unit"),
    Relation.SUPPORTED_BY: pgettext_lazy("relation", "supporting unit"),
    Relation.REFERENCES: pgettext_lazy("relation", "refers to"),
    Relation.SUPERSEDES: pgettext_lazy("relation", "supersedes"),
    Relation.ATTACHED_TO: pgettext_lazy("relation", "attachment"),
}
GAPS: Mapping[Gap, Promise] = {
    Gap.REPORT_WITHOUT_INCIDENT: _("Report without incident or decision"),
    Gap.INCIDENT_WITHOUT_DECISION: _("Incident without decision"),
    Gap.INCIDENT_LEFT_OPEN: _("Incident still open, though every assignment is closed"),
    Gap.DECISION_WITHOUT_ASSIGNMENT: _("Decision without assignment"),
    Gap.ASSIGNMENT_NOT_ACKNOWLEDGED: _("Assignment not acknowledged"),
    Gap.ASSIGNMENT_WITHOUT_EVIDENCE: _("Assignment without evidence"),
    Gap.ASSIGNMENT_OVERDUE: _("Assignment past its deadline"),
    Gap.EVIDENCE_NOT_VERIFIED: _("Evidence not verified"),
}
WAITS: Mapping[str, Promise] = {
    "acknowledge": _("Acknowledge"),
    "report": _("Report or hand in evidence"),
    "verify": _("Verify the evidence"),
    "close": _("Close"),
    "urge": _("Urge: overdue"),
}
