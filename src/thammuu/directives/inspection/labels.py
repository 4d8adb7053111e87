"""The words and tones of inspections, their steps, results and findings."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thammuu.directives.inspection.rules import FindingState, InspectionState, Result, Severity, Standing, Step

STATES: Mapping[InspectionState, Promise] = {
    InspectionState.PLANNED: pgettext_lazy("inspection", "Planned"),
    InspectionState.ANNOUNCED: pgettext_lazy("inspection", "Announced"),
    InspectionState.UNDER_WAY: pgettext_lazy("inspection", "Under way"),
    InspectionState.REPORTED: pgettext_lazy("inspection", "Reported"),
    InspectionState.CONCLUDED: pgettext_lazy("inspection", "Concluded"),
    InspectionState.CLOSED: pgettext_lazy("inspection", "Closed"),
    InspectionState.CANCELLED: pgettext_lazy("inspection", "Cancelled"),
}
STEPS: Mapping[Step, Promise] = {
    Step.ANNOUNCE: pgettext_lazy("step of an inspection", "Announced to the inspected units"),
    Step.MOVE: pgettext_lazy("step of an inspection", "Moved"),
    Step.BEGIN: pgettext_lazy("step of an inspection", "Begun"),
    Step.REPORT: pgettext_lazy("step of an inspection", "Results reported"),
    Step.CONCLUDE: pgettext_lazy("step of an inspection", "Concluded"),
    Step.CLOSE: pgettext_lazy("step of an inspection", "Closed"),
    Step.CANCEL: pgettext_lazy("step of an inspection", "Cancelled"),
    Step.REOPEN: pgettext_lazy("step of an inspection", "Open again with a finding"),
}
RESULTS: Mapping[Result, Promise] = {
    Result.MET: pgettext_lazy("item of a checklist", "Met"),
    Result.NOT_MET: pgettext_lazy("item of a checklist", "Not met"),
    Result.NOT_APPLICABLE: pgettext_lazy("item of a checklist", "Not applicable"),
}
STATEMENT = pgettext_lazy("finding", "Statement")
UNANSWERED = pgettext_lazy("item of a checklist", "Not looked at yet")
RESULT_TONES: Mapping[Result, str] = {
    Result.NONE: "standby",
    Result.MET: "normal",
    Result.NOT_MET: "caution",
    Result.NOT_APPLICABLE: "off",
}
SEVERITIES: Mapping[Severity, Promise] = {
    Severity.CRITICAL: pgettext_lazy("severity of a finding", "Critical"),
    Severity.SERIOUS: pgettext_lazy("severity of a finding", "Serious"),
    Severity.CAUTION: pgettext_lazy("severity of a finding", "Caution"),
}
FINDING_STATES: Mapping[FindingState, Promise] = {
    FindingState.OPEN: pgettext_lazy("finding", "Open"),
    FindingState.CLOSED: pgettext_lazy("finding", "Closed"),
    FindingState.STRUCK: pgettext_lazy("finding", "Struck"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.NO_TASK: pgettext_lazy("finding", "Without a task"),
    Standing.OVERDUE: pgettext_lazy("finding", "Task overdue"),
    Standing.NO_EVIDENCE: pgettext_lazy("finding", "Task without evidence"),
    Standing.WORKED_ON: pgettext_lazy("finding", "Evidence to be verified"),
    Standing.DONE: pgettext_lazy("finding", "Corrected, to be closed"),
    Standing.UNCONCLUDED: pgettext_lazy("finding", "Before the conclusion"),
    Standing.CLOSED: pgettext_lazy("finding", "Closed"),
    Standing.STRUCK: pgettext_lazy("finding", "Struck"),
}
STANDING_TONES: Mapping[Standing, str] = {
    Standing.NO_TASK: "caution",
    Standing.OVERDUE: "serious",
    Standing.NO_EVIDENCE: "standby",
    Standing.WORKED_ON: "standby",
    Standing.DONE: "normal",
    Standing.UNCONCLUDED: "standby",
    Standing.CLOSED: "off",
    Standing.STRUCK: "off",
}


def tone_of(state: InspectionState, late: bool) -> str:
    """Return the tone of an inspection: colour only for one that is late."""
    if late:
        return "caution"
    return "off" if state in (InspectionState.CLOSED, InspectionState.CANCELLED) else "standby"
