"""The seal of a unit, found by the unit's code in the operator's folder; and what is said of one that is not fit."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.kernel.errors import Conflict
from thammuu.org import directory
from thammuu.paper.signatures import seal_files
from thammuu.paper.signatures.sealing import Seal, SealFault, UnfitSeal

FAULTS: Mapping[SealFault, Promise] = {
    SealFault.UNREADABLE: gettext_lazy("the file is no PKCS#12 file that can be read"),
    SealFault.PASSPHRASE: gettext_lazy("the passphrase is missing or wrong"),
    SealFault.KEYLESS: gettext_lazy("the file holds no key with its certificate"),
    SealFault.EXPIRED: gettext_lazy("the certificate has expired"),
    SealFault.NOT_YET_VALID: gettext_lazy("the certificate is not valid yet"),
    SealFault.NOT_FOR_SIGNING: gettext_lazy("the certificate may not sign documents"),
    SealFault.NO_ORGANISATION: gettext_lazy("the certificate names no organisation"),
    SealFault.PICTURE: gettext_lazy("its print is no PNG whose resolution makes it 20 to 50 mm wide and high"),
    SealFault.OPEN: gettext_lazy("others on the machine may read the file or its passphrase"),
}


def has_seal(unit: UUID) -> bool:
    """Say whether there is a seal of the unit, fit or not."""
    return seal_files.is_there(settings.SIGNING, _code(unit))


def seal_of(unit: UUID, now: datetime) -> Seal:
    """Return the seal of the unit. Raises `Conflict`, naming what the operator has to mend."""
    try:
        found = seal_files.seal_in(settings.SIGNING, _code(unit), now)
    except UnfitSeal as unfit:
        told = _("This unit's seal cannot be used: {fault}. Tell the operator, or have the document signed elsewhere.")
        raise Conflict(told.format(fault=FAULTS[unfit.fault])) from None
    if found is None:
        raise Conflict(_("This unit has no seal here. Have the document signed elsewhere."))
    return found


def _code(unit: UUID) -> str:
    known = directory.current().units.get(unit)
    return known.code if known else ""
