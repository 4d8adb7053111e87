"""What a verdict says to whoever reads it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thammuu.paper.signatures.verdicts import State, Why

STATES: dict[State, Promise] = {
    State.NONE: _("Not digitally signed"),
    State.TRUSTED: _("Intact, signer trusted"),
    State.UNTRUSTED: _("Intact, signer not trusted"),
    State.CHANGED: _("Changed after signing"),
    State.BROKEN: _("Signature broken"),
}
TONES: dict[State, str] = {
    State.NONE: "off",
    State.TRUSTED: "normal",
    State.UNTRUSTED: "caution",
    State.CHANGED: "critical",
    State.BROKEN: "critical",
}
REASONS: dict[Why, Promise] = {
    Why.UNSIGNED: _("The PDF bears no digital signature."),
    Why.INTACT: _("Nothing was changed since it was signed, and the certificate leads to a root that is trusted here."),
    Why.NO_ROOTS: _("Nothing was changed, but this installation trusts no root yet, so the signer cannot be known."),
    Why.UNKNOWN_ISSUER: _("Nothing was changed, but the certificate leads to no root that is trusted here."),
    Why.EXPIRED: _("Nothing was changed, but the certificate has expired and no trusted time stamp tells of before."),
    Why.NOT_YET_VALID: _("Nothing was changed, but the certificate is not valid yet."),
    Why.NOT_FOR_SIGNING: _("Nothing was changed, but the certificate may not sign documents."),
    Why.CONTENT_CHANGED: _("What was signed is not what stands in the file now."),
    Why.ADDED_TO: _("Something was added to the file after it was signed."),
    Why.OTHER_PDF: _("It is not the PDF that was handed out: its first bytes differ."),
    Why.SHOWS_MORE: _("More was added to the PDF that was handed out than a signature."),
    Why.DOES_NOT_VERIFY: _("The signature does not fit the certificate or the file."),
    Why.UNSUPPORTED: _("The signature is of a kind, or made with a method, that is not accepted."),
    Why.WITHOUT_FIELD: _("The file holds a signature that no viewer would show."),
    Why.UNREADABLE: _("The file cannot be read as a PDF, or is locked."),
    Why.TOO_MUCH: _("Checking the file takes more time or memory than a file may."),
}
