"""Addresses of decisions, assignments and files."""

from django.urls import path

from thammuu.directives.documents.urls import urlpatterns as document_addresses
from thammuu.directives.followup.urls import urlpatterns as follow_up_addresses
from thammuu.directives.incoming.urls import urlpatterns as incoming_addresses
from thammuu.directives.inspection.urls import urlpatterns as inspection_addresses
from thammuu.directives.urging import web as urging
from thammuu.directives.urging.push import web as push
from thammuu.directives.web import assignments, attachments, cascading, changing, decisions, proposals

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.new_decision, name="new_decision"),
    path("decisions/<uuid:id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:id>/draft/", decisions.decision_draft, name="decision_draft"),
    path("decisions/<uuid:id>/assignments/", decisions.new_assignments, name="new_assignments"),
    path("decisions/<uuid:id>/proposals/", proposals.proposals, name="assignment_proposals"),
    path("decisions/<uuid:id>/cascade/", cascading.cascade, name="decision_cascade"),
    path("decisions/<uuid:id>/release/", cascading.release, name="decision_release"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<uuid:id>/", assignments.assignment, name="assignment"),
    path("assignments/<uuid:id>/acknowledgement/", changing.acknowledgement, name="assignment_acknowledgement"),
    path("assignments/<uuid:id>/progress/", changing.progress, name="assignment_progress"),
    path("assignments/<uuid:id>/evidence/", assignments.evidence, name="assignment_evidence"),
    path("assignments/<uuid:id>/extension/", changing.extension, name="assignment_extension"),
    path("assignments/<uuid:id>/closure/", changing.closure, name="assignment_closure"),
    path("assignments/<uuid:id>/withdrawal/", changing.withdrawal, name="assignment_withdrawal"),
    path("assignments/<uuid:id>/reopening/", changing.reopening, name="assignment_reopening"),
    path("assignments/<uuid:id>/refusal/", changing.refusal, name="assignment_refusal"),
    path("assignments/<uuid:id>/insistence/", changing.insistence, name="assignment_insistence"),
    path("assignments/<uuid:id>/handing-on/", changing.handing_on, name="assignment_handing_on"),
    path("assignments/<uuid:id>/clause/", changing.clause, name="assignment_clause"),
    path("assignments/<uuid:id>/post/", changing.lead_post, name="assignment_post"),
    path("assignments/<uuid:id>/guidance/", changing.guidance, name="assignment_guidance"),
    path("assignments/<uuid:id>/extension-request/", changing.extension_request, name="assignment_extension_request"),
    path("guidance/<uuid:id>/answer/", changing.guidance_answer, name="guidance_answer"),
    path("extension-requests/<uuid:id>/grant/", changing.extension_grant, name="extension_grant"),
    path("extension-requests/<uuid:id>/refusal/", changing.extension_refusal, name="extension_refusal"),
    path("evidence/<uuid:id>/verification/", changing.verification, name="evidence_verification"),
    path("evidence/<uuid:id>/return/", changing.evidence_return, name="evidence_return"),
    *document_addresses,
    *follow_up_addresses,
    *inspection_addresses,
    *incoming_addresses,
    path("urging/", urging.urging, name="urging"),
    path("urging/browsers/", push.browsers, name="urging_browsers"),
    path("urging/browsers/<uuid:id>/removal/", push.removal, name="urging_browser_removal"),
    path("urging/channels/", urging.urging_channels, name="urging_channels"),
    path("urging/seen/", urging.urgings_seen, name="urgings_seen"),
    path("urging/<uuid:id>/", urging.urging_policy, name="urging_policy"),
    path("urging/<uuid:id>/switch/", urging.urging_switch, name="urging_switch"),
    path("urging/<uuid:id>/trial/", urging.urging_trial, name="urging_trial"),
    path("attachments/<uuid:id>/", attachments.attachment, name="attachment"),
    path("attachments/<uuid:id>/thumbnail/", attachments.thumbnail, name="attachment_thumbnail"),
]
