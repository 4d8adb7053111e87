"""Findings as XLSX: what was found where, what the unit said, what corrects it and how that stands."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.inspection.rows import FindingRow, InspectionRow
from thammuu.kernel.clock import in_zone
from thammuu.paper.tabular import Cell, Table
from thammuu.paper.workbooks import workbook_of


def findings_workbook(rows: Iterable[FindingRow], inspections: Mapping[UUID, InspectionRow]) -> bytes:
    """Return findings as XLSX, a line for each; of several tasks one below the other in the cell."""
    columns = [
        _("Finding"), _("Inspection"), _("Days of the visit"), _("Inspected unit"), _("Item of the checklist"),
        _("Severity"), _("Found at"), _("Statement"), _("Where it stands"), _("Task"), _("Lead unit"), _("Deadline"),
        _("With evidence"),
    ]  # fmt: skip
    return workbook_of([Table(_("Findings"), columns, [_cells(row, inspections[row.inspection]) for row in rows])])


def _cells(row: FindingRow, visit: InspectionRow) -> list[Cell]:
    tasks = [task.row for task in row.tasks]
    return [
        row.text, visit.title, visit.days, row.unit, row.item, str(row.severity), f"{in_zone(row.at):%d/%m/%Y %H:%M}",
        "\n".join(one.text for one in row.statements), str(row.standing_word),
        "\n".join(task.title for task in tasks), "\n".join(task.lead_unit for task in tasks),
        "\n".join(f"{in_zone(task.deadline):%d/%m/%Y %H:%M}" for task in tasks),
        sum(task.has_evidence for task in row.tasks),
    ]  # fmt: skip
