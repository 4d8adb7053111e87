"""Doing again, in what was restored, the redactions that its backup does not know. Runs before anybody can look at it.

A restored installation ends with the last archived segment of the log. What was redacted after that is there again;
the list beside the backups says what that was. Also what the retention rule had taken is taken again.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from thammuu.config.backup.rehearsing import top_units
from thammuu.config.language import _
from thammuu.config.observing.migrated import is_migrated
from thammuu.desk.redaction.actions import reapply_redaction
from thammuu.desk.redaction.working import apply_retention, carry_out_confirmed
from thammuu.journal.models import Body
from thammuu.journal.proofs import keeping
from thammuu.journal.proofs.notes import BadNote, Checkpoint
from thammuu.journal.redaction.listing import Listing, read_list
from thammuu.journal.sealer import seal_pending
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM


@dataclass
class Reapplied:
    """`again` redactions were done again and `contacts` taken by the retention rule; `unknown` says why redactions may
    be missing, `faults` what is there although it should not be."""

    again: int = 0
    contacts: int = 0
    unknown: str = ""
    faults: list[str] = field(default_factory=list)


def read(text: str, published: Checkpoint | None) -> tuple[Listing | None, str]:
    """Return the list and "", or what can be read of it and why it does not know every redaction."""
    connection.ensure_connection()
    if not is_migrated(connection.connection):
        return None, _("The backup is of an earlier release, whose redactions are not done again.")
    if not text:
        return None, _("There is no readable list of redactions beside the backups.")
    verifier = keeping.read_verifier(settings.HOME)
    if verifier is None:
        return None, _("There is no verifier key, so the list of redactions cannot be believed.")
    try:
        found = read_list(text, verifier)
    except BadNote as bad:
        return None, _("The list of redactions cannot be believed ({reason}).").format(reason=bad)
    if published is not None and (found.at.epoch, found.at.size) < (published.epoch, published.size):
        says = _("The list of redactions is older than the last published checkpoint ({size} of {published} entries).")
        return found, says.format(size=found.at.size, published=published.size)
    return found, ""


def reapply(found: Listing | None, unknown: str) -> Reapplied:
    """Do again what the list tells and the restored database does not know; nothing else runs meanwhile."""
    made = Reapplied(unknown=unknown)
    if not is_migrated(connection.connection):
        return made
    listed = found.redactions if found else ()
    _seal()
    made.again = sum(reapply_redaction(actor=SYSTEM, now=clock.now(), told=one) for one in listed)
    _seal()
    carry_out_confirmed()
    while taken := apply_retention(top_units):
        made.contacts += taken
    _seal()
    named = [entry for one in listed for entry in one.entries]
    kept = Body.objects.filter(entry__in=named).count()
    if kept:
        made.faults.append(_("Bodies of entries that were redacted and are still there: {count}.").format(count=kept))
    return made


def _seal() -> None:
    connection.ensure_connection()
    seal_pending(connection.connection)
