"""Pages of digital signatures: a document's, and one that judges any PDF."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives.documents import queries
from thammuu.directives.documents.outputs import file_name
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.signing import actions, policies
from thammuu.directives.documents.signing.queries import prepared_at, prepared_copy, signature_row
from thammuu.directives.documents.signing.seals import has_seal
from thammuu.directives.web.files import handed_out
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, require
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.signatures import Verdict, verify
from thammuu.paper.signatures.words import REASONS, STATES, TONES

MEBIBYTE = 1024 * 1024


class SignedFileForm(forms.Form):
    """A PDF with its signatures."""

    file = forms.FileField(
        label=gettext_lazy("Signed PDF"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than any attachment may be."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.ATTACHMENT_LIMIT:
            told = _("The file is larger than {limit} MB, the most that is taken.")
            raise forms.ValidationError(told.format(limit=settings.ATTACHMENT_LIMIT // MEBIBYTE))
        return file


class AnyFileForm(SignedFileForm):
    """A PDF that is looked at and not kept."""

    file = forms.FileField(
        label=gettext_lazy("PDF"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def document_signing(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say how an issued document can be signed; take in the PDF that was signed elsewhere."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_sign(actor, row))
    form = SignedFileForm(request.POST, request.FILES) if request.method == "POST" else SignedFileForm()
    if form.is_bound and form.is_valid():
        try:
            actions.take_signed_document(
                actor=actor, now=clock.now(), document=id, content=form.cleaned_data["file"].read(),
                submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The signature holds; the signed PDF is kept."))
            return redirect("document", id)
        except BadInput as fault:
            form.add_error("file", fault.reason)
    context = {
        "row": document_row(row),
        "form": form,
        "signature": signature_row(actor, id),
        "prepared_at": prepared_at(actor, id),
        "has_seal": has_seal(row.unit_id),
    }
    return render(request, "directives/documents/signing.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@freshly_proved
def document_signature(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign the document with the seal of its unit."""
    actions.sign_document(actor=actor_of(request), now=clock.now(), document=id, submission=submission_of(request))
    messages.success(request, _("The document is digitally signed."))
    return redirect("document", id)


@signed_in
@require_POST
def document_signing_copy(request: HttpRequest, id: UUID) -> HttpResponse:
    """Prepare the PDF that is signed elsewhere."""
    actions.prepare_signing(actor=actor_of(request), now=clock.now(), document=id, submission=submission_of(request))
    return redirect("document_signing", id)


@signed_in
@require_GET
def document_signing_pdf(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand out the prepared PDF, to be signed elsewhere."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_sign(actor, row))
    return handed_out(prepared_copy(actor, id), "application/pdf", f"{file_name(row)}-unsigned.pdf")


@signed_in
@require_http_methods(["GET", "POST"])
def signature_check(request: HttpRequest) -> HttpResponse:
    """Say what the signatures of any PDF are worth; nothing of it is kept."""
    form = AnyFileForm(request.POST, request.FILES) if request.method == "POST" else AnyFileForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        verdict = verify(form.cleaned_data["file"].read())
        context |= {"verdict": verdict, **told_of(verdict)}
    return render(request, "directives/documents/signature_check.html", context, status=422 if form.errors else 200)


def told_of(verdict: Verdict) -> dict[str, object]:
    """Return what a page says of a verdict: its word, tone and reason, and those of each signature."""
    return {
        "word": STATES[verdict.state],
        "tone": TONES[verdict.state],
        "reason": REASONS[verdict.why],
        "findings": [(one, STATES[one.state], TONES[one.state], REASONS[one.why]) for one in verdict.findings],
    }
