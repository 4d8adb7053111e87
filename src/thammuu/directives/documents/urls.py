"""Addresses of documents."""

from django.urls import path

from thammuu.directives.documents.signing import web as signing
from thammuu.directives.documents.web import comparing, documents, files, importing, naming, registers, sections, steps

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/new/", documents.new_document, name="new_document"),
    path("documents/new/file/", importing.new_document_file, name="new_document_file"),
    path("documents/register/", registers.document_register, name="document_register"),
    path("documents/register/documents.xlsx", registers.register_table, name="register_table"),
    path("documents/register/documents.pdf", registers.register_sheet, name="register_sheet"),
    path("documents/types/", naming.document_types, name="document_types"),
    path("documents/series/", naming.number_series, name="number_series"),
    path("documents/symbols/", naming.unit_symbol, name="unit_symbol"),
    path("documents/<uuid:id>/", documents.document, name="document"),
    path("documents/<uuid:id>/description/", documents.document_description, name="document_description"),
    path("documents/<uuid:id>/pdf/", files.document_pdf, name="document_pdf"),
    path("documents/<uuid:id>/docx/", files.document_docx, name="document_docx"),
    path("documents/<uuid:id>/versions/<int:number>/", documents.document_version, name="document_version"),
    path("documents/<uuid:id>/comparison/", comparing.document_comparison, name="document_comparison"),
    path("documents/<uuid:id>/sections/new/", sections.new_section, name="new_section"),
    path("documents/<uuid:id>/file/", importing.document_file, name="document_file"),
    path("documents/<uuid:id>/submission/", steps.submission, name="document_submission"),
    path("documents/<uuid:id>/agreement/", steps.agreement, name="document_agreement"),
    path("documents/<uuid:id>/return/", steps.document_return, name="document_return"),
    path("documents/<uuid:id>/approval/", steps.approval, name="document_approval"),
    path("documents/<uuid:id>/issue/", steps.issue, name="document_issue"),
    path("documents/signature-check/", signing.signature_check, name="signature_check"),
    path("documents/<uuid:id>/signing/", signing.document_signing, name="document_signing"),
    path("documents/<uuid:id>/signing/copy/", signing.document_signing_copy, name="document_signing_copy"),
    path("documents/<uuid:id>/signing/pdf/", signing.document_signing_pdf, name="document_signing_pdf"),
    path("documents/<uuid:id>/signature/", signing.document_signature, name="document_signature"),
    path("documents/<uuid:id>/abandonment/", steps.abandonment, name="document_abandonment"),
    path("sections/<uuid:id>/", sections.document_section, name="document_section"),
    path("sections/<uuid:id>/taking/", sections.section_taking, name="section_taking"),
    path("sections/<uuid:id>/move/", sections.section_move, name="section_move"),
    path("sections/<uuid:id>/striking/", sections.section_striking, name="section_striking"),
    path("sections/<uuid:id>/comments/", sections.section_comment, name="section_comment"),
]
