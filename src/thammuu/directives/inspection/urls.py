"""Addresses of inspections, findings and checklists."""

from django.urls import path

from thammuu.directives.inspection.web import checklists, findings, inspections, sheets, steps

urlpatterns = [
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/new/", inspections.new_inspection, name="new_inspection"),
    path("inspections/findings.xlsx", inspections.findings_table, name="findings_table"),
    path("inspections/checklists/", checklists.checklists, name="checklists"),
    path("inspections/checklists/<uuid:id>/", checklists.checklist, name="checklist"),
    path("inspections/sheets/<uuid:id>/", sheets.inspection_sheet, name="inspection_sheet"),
    path("inspections/<uuid:id>/", inspections.inspection, name="inspection"),
    path("inspections/<uuid:id>/announcement/", steps.announcement, name="inspection_announcement"),
    path("inspections/<uuid:id>/move/", steps.move, name="inspection_move"),
    path("inspections/<uuid:id>/beginning/", steps.beginning, name="inspection_beginning"),
    path("inspections/<uuid:id>/report/", steps.report, name="inspection_report"),
    path("inspections/<uuid:id>/conclusion/", steps.conclusion, name="inspection_conclusion"),
    path("inspections/<uuid:id>/closure/", steps.closure, name="inspection_closure"),
    path("inspections/<uuid:id>/cancellation/", steps.cancellation, name="inspection_cancellation"),
    path("inspections/<uuid:id>/findings/new/", findings.new_finding, name="new_finding"),
    path("findings/<uuid:id>/", findings.finding, name="finding"),
    path("findings/<uuid:id>/statement/", findings.finding_statement, name="finding_statement"),
    path("findings/<uuid:id>/correction/", findings.finding_correction, name="finding_correction"),
    path("findings/<uuid:id>/striking/", findings.finding_striking, name="finding_striking"),
    path("findings/<uuid:id>/closure/", findings.finding_closure, name="finding_closure"),
]
