"""Addresses of incoming documents."""

from django.urls import path

from thammuu.directives.incoming.web import assigning, documents, importing, registering, registers, signatures, tracing

_ONE = "documents/incoming/<uuid:id>/"

urlpatterns = [
    path("documents/incoming/", registers.incoming_register, name="incoming"),
    path("documents/incoming/incoming.xlsx", registers.incoming_table, name="incoming_table"),
    path("documents/incoming/incoming.pdf", registers.incoming_sheet, name="incoming_sheet"),
    path("documents/incoming/follow-up/", registers.follow_up_register, name="incoming_follow_up"),
    path("documents/incoming/follow-up/follow-up.xlsx", registers.follow_up_table, name="incoming_follow_up_table"),
    path("documents/incoming/follow-up/follow-up.pdf", registers.follow_up_sheet, name="incoming_follow_up_sheet"),
    path("documents/incoming/import/", importing.register_import, name="register_import"),
    path("documents/incoming/import/outgoing/", importing.outgoing_import, name="outgoing_import"),
    path("documents/incoming/import/tasks/", importing.task_import, name="task_import"),
    path("documents/incoming/new/", registering.new_incoming, name="new_incoming"),
    path(_ONE, documents.incoming_document, name="incoming_document"),
    path(f"{_ONE}signatures/", signatures.incoming_signatures, name="incoming_signatures"),
    path(f"{_ONE}files/", documents.later_files, name="incoming_files"),
    path(f"{_ONE}correction/", registering.incoming_correction, name="incoming_correction"),
    path(f"{_ONE}passing-on/", documents.passing_on, name="incoming_passing_on"),
    path(f"{_ONE}acknowledgement/", documents.acknowledgement, name="incoming_acknowledgement"),
    path(f"{_ONE}answer/", documents.answer, name="incoming_answer"),
    path(f"{_ONE}settlement/", documents.settlement, name="incoming_settlement"),
    path(f"{_ONE}reopening/", documents.reopening, name="incoming_reopening"),
    path(f"{_ONE}assignments/", assigning.incoming_assignments, name="incoming_assignments"),
    path(f"{_ONE}trace/", tracing.incoming_trace, name="incoming_trace"),
    path("clause-measures/<uuid:id>/striking/", tracing.measure_striking, name="measure_striking"),
]
