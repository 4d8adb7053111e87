"""What each fault means, in one sentence for whoever reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.journal.proofs.hashing import Fault
from thammuu.journal.proofs.verifying import DATABASE

SENTENCES = {
    "position-missing": gettext_lazy("Position {position} is missing."),
    "position-stray": gettext_lazy("A row stands at position {about}, which cannot be."),
    "entry-missing": gettext_lazy("The entry at position {position} is gone."),
    "entry-changed": gettext_lazy("The entry at position {position} is not the one that was sealed."),
    "entry-unsealed": gettext_lazy("The entry {about} was put in beside the sealer."),
    "body-missing": gettext_lazy(
        "The body of the entry at position {position} is gone, and no redaction by two persons covers it."
    ),
    "body-changed": gettext_lazy("The body of the entry at position {position} is not the one that was recorded."),
    "body-kept": gettext_lazy("The body of the entry at position {position} was redacted and is still there."),
    "restated-changed": gettext_lazy(
        "What is said in place of the redacted entry {about} is not what the redaction told."
    ),
    "body-stray": gettext_lazy("There is a body of the entry {about}, which does not exist."),
    "tile-changed": gettext_lazy("The stored tree up to position {position} was changed ({about})."),
    "history-rewritten": gettext_lazy(
        "The first {position} entries are not those of the signed checkpoint ({about}): history was rewritten."
    ),
    "rolled-back": gettext_lazy("A checkpoint of {position} entries was signed ({about}); so many are not there."),
    "checkpoint-forged": gettext_lazy("A checkpoint cannot be believed ({about})."),
    "checkpoint-changed": gettext_lazy("The row of the checkpoint of {position} entries was changed."),
    "epoch-changed": gettext_lazy(
        "The checkpoint of {position} entries ({about}) tells another beginning of its epoch."
    ),
    "epoch-bare": gettext_lazy(
        "The journal's key does not vouch for the epoch {about}, which is said to begin at position {position}."
    ),
    "epoch-untold": gettext_lazy("No entry tells why the epoch {about} begins at position {position}."),
    "leaf-unknown": gettext_lazy(
        "A later release has sealed the entry at position {position}; this one cannot verify it."
    ),
    "superseded": gettext_lazy(
        "The checkpoint of {position} entries ({about}) is of an epoch that ended before: a restore lost entries that"
        " it covers, or somebody says so. It cannot be compared."
    ),
    "signed-ahead": gettext_lazy(
        "Checkpoints up to {position} entries are dated as late as {about}, which has not come yet: this machine’s"
        " clock was ahead when they were signed, or is behind now. What they cover is compared all the same."
    ),
    "cosigned-ahead": gettext_lazy(
        "The cosignature under the checkpoint of {position} entries ({about}) is of a time that has not come yet:"
        " the witness’s clock is ahead, or this machine’s is behind. What it covers is compared all the same."
    ),
    "no-verifier": gettext_lazy("There is no verifier key, so no signature could be checked."),
}


def sentence(fault: Fault) -> str:
    """Return the fault as a sentence in the reader's language."""
    where = _("database") if fault.about == DATABASE else fault.about
    return str(SENTENCES[fault.code]).format(position=fault.position, about=where)
