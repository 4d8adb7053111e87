"""What `check` says of the seals that sign documents and of the roots that are trusted."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from thammuu.config.language import _
from thammuu.config.observing.finding import Finding
from thammuu.directives.documents.signing.seals import FAULTS
from thammuu.kernel import clock
from thammuu.org.models import Unit
from thammuu.paper.signatures import seal_files
from thammuu.paper.signatures.roots import faults_of_roots, trust_roots
from thammuu.paper.signatures.sealing import UnfitSeal

ENDS_SOON = timedelta(days=30)


def seal_findings() -> Iterator[Finding]:
    """Return a finding for each seal and one for the roots; nothing where the operator laid down neither."""
    names = seal_files.names_in(settings.SIGNING)
    known = set(Unit.objects.filter(code__in=names).values_list("code", flat=True)) if names else set()
    for name in names:
        yield _seal(name, name in known)
    faults = faults_of_roots()
    if faults:
        says = _("These roots cannot be read: {files}.").format(files=", ".join(faults))
        yield Finding(
            "roots", False, says, _("Put certificates in PEM into {folder}.").format(folder=settings.TRUST_ROOTS)
        )
    elif names or trust_roots():
        says = _("Roots that signatures may lead to: {count}.").format(count=len(trust_roots()))
        remedy = _("Put the roots of those whose signatures you trust into {folder}.")
        yield Finding("roots", bool(trust_roots()), says, remedy.format(folder=settings.TRUST_ROOTS), advised=True)


def _seal(name: str, known: bool) -> Finding:
    now = clock.now()
    remedy = _("See docs/operators/signing.md.")
    if not known:
        return Finding("seal", False, _("No unit has the code of the seal {name}.").format(name=name), remedy)
    try:
        seal = seal_files.seal_in(settings.SIGNING, name, now)
    except UnfitSeal as unfit:
        says = _("The seal {name} cannot be used: {fault}.").format(name=name, fault=FAULTS[unfit.fault])
        return Finding("seal", False, says, remedy)
    assert seal is not None  # noqa: S101 - for mypy: the name is of the folder
    says = _("The seal {name} of {organisation} holds until {day}.")
    says = says.format(name=name, organisation=seal.organisation, day=f"{seal.valid_until:%Y-%m-%d}")
    return Finding(
        "seal", seal.valid_until - now > ENDS_SOON, says, _("Ask for a new certificate in time."), advised=True
    )
