"""Whether a restored installation is whole: journal and checkpoints, tables, attachments. Runs in its own process."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from thammuu.config.language import _, wanted
from thammuu.config.working import connect, parameters
from thammuu.journal.proofs import keeping, verifying, witnesses
from thammuu.journal.proofs.faults import sentence
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.proofs.notes import BadNote, Checkpoint
from thammuu.journal.proofs.tables import compare_tables
from thammuu.journal.proofs.verifying import Kept, Report

MOST_FAULTS = 20


def inspect(published: Path | None, tables: bool) -> dict[str, Any]:
    """Return {sound, entries, root, checkpoints, attachments, unnamed, redacted, faults: [{says}], published, lost}.

    `unnamed` files were in the backup and belong to nothing (redacted since, or never sent off); they are removed.
    `redacted` bodies are gone as two persons agreed. `published` is the last checkpoint that left the house: if it
    covers more than was restored, the difference is `lost`, and told, not a fault.
    """
    verifier = keeping.read_verifier(settings.HOME)
    last, notes = published_checkpoint(published), []
    if verifier is not None:
        for folder in (keeping.CHECKPOINTS, keeping.WITNESSED):
            notes += witnesses.kept(settings.HOME / folder, verifier)
    translation.activate(wanted())
    with connect() as connection:
        head, _epoch = head_and_epoch(connection)
        if last is not None and published is not None and last.size <= head:
            notes.append(Kept(published.name, published.read_text()))
        report = verifying.verify(connection, parameters(), verifier, notes)
    from thammuu.paper.actions import remove_unnamed

    unnamed = remove_unnamed()
    count, missing = inspect_attachments()
    faults = [sentence(fault) for fault in report.faults] + missing
    if tables:
        faults += [_("The row {row} is not what the journal says.").format(row=one) for one in compare_tables()]
    return {
        "sound": not faults,
        "entries": report.size,
        "root": report.root.hex(),
        "checkpoints": report.checkpoints,
        "attachments": count,
        "unnamed": unnamed,
        "redacted": report.redacted,
        "tables": tables,
        "faults": [{"says": says} for says in faults[:MOST_FAULTS]],
        **_lost(last, report),
    }


def published_checkpoint(file: Path | None) -> Checkpoint | None:
    """Return the last checkpoint that left the house, None if none is known that can be believed."""
    verifier = keeping.read_verifier(settings.HOME)
    if file is None or verifier is None:
        return None
    try:
        return Checkpoint.open(file.read_text(), verifier)
    except BadNote:
        return None  # whoever may write into the folder of backups may have put it there; it says nothing


def _lost(last: Checkpoint | None, report: Report) -> dict[str, Any]:
    if last is None:
        return {"published": None, "lost": 0}
    return {
        "published": {"size": last.size, "root": last.root.hex(), "epoch": last.epoch},
        "lost": max(0, last.size - report.size),
    }


def inspect_attachments() -> tuple[int, list[str]]:
    """Return how many files the attachments name, and a sentence for each that is not there as it was kept."""
    from thammuu.paper.models import Attachment
    from thammuu.paper.storage import path_of

    digests = set(Attachment.objects.exclude(digest="").values_list("digest", flat=True))  # "": redacted
    faults = []
    for digest in sorted(digests):
        file = path_of(digest)
        if not file.exists():
            faults.append(_("The attachment {name} is missing.").format(name=digest))
            continue
        with file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                faults.append(_("The attachment {name} is not what was kept.").format(name=digest))
    return len(digests), faults
