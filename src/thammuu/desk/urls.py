"""Addresses of the desk."""

from django.urls import path

from thammuu.desk.web import home, journal, proofs, redactions, search, thread, time_machine

urlpatterns = [
    path("", home.home, name="home"),
    path("thread/<str:kind>/<uuid:id>/", thread.thread, name="thread"),
    path("search/", search.search_page, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("time-machine/", time_machine.time_machine, name="time_machine"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<uuid:id>/", journal.journal_entry, name="journal_entry"),
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/sheet/", proofs.proof_sheet, name="proof_sheet"),
    path("proofs/checkpoint/", proofs.proof_checkpoint, name="proof_checkpoint"),
    path("proofs/checker/", proofs.proof_checker, name="proof_checker"),
    path("redactions/", redactions.redactions, name="redactions"),
    path("redactions/new/<str:kind>/<uuid:id>/", redactions.new_redaction, name="new_redaction"),
    path("redactions/<uuid:id>/", redactions.redaction, name="redaction"),
    path("redactions/<uuid:id>/confirmation/", redactions.redaction_confirmation, name="redaction_confirmation"),
    path("redactions/<uuid:id>/refusal/", redactions.redaction_refusal, name="redaction_refusal"),
    path("redactions/<uuid:id>/withdrawal/", redactions.redaction_withdrawal, name="redaction_withdrawal"),
]
