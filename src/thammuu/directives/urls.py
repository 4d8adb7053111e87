"""Addresses of decisions, assignments and files."""

from django.urls import path

from thammuu.directives.web import assignments, attachments, decisions, proposals

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.new_decision, name="new_decision"),
    path("decisions/<uuid:id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:id>/assignments/", decisions.new_assignments, name="new_assignments"),
    path("decisions/<uuid:id>/proposals/", proposals.proposals, name="assignment_proposals"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<uuid:id>/", assignments.assignment, name="assignment"),
    path("assignments/<uuid:id>/acknowledgement/", assignments.acknowledgement, name="assignment_acknowledgement"),
    path("assignments/<uuid:id>/progress/", assignments.progress, name="assignment_progress"),
    path("assignments/<uuid:id>/evidence/", assignments.evidence, name="assignment_evidence"),
    path("assignments/<uuid:id>/extension/", assignments.extension, name="assignment_extension"),
    path("assignments/<uuid:id>/closure/", assignments.closure, name="assignment_closure"),
    path("assignments/<uuid:id>/withdrawal/", assignments.withdrawal, name="assignment_withdrawal"),
    path("evidence/<uuid:id>/verification/", assignments.verification, name="evidence_verification"),
    path("evidence/<uuid:id>/return/", assignments.evidence_return, name="evidence_return"),
    path("attachments/<uuid:id>/", attachments.attachment, name="attachment"),
    path("attachments/<uuid:id>/thumbnail/", attachments.thumbnail, name="attachment_thumbnail"),
]
