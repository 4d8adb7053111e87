"""What happens to the installation itself and belongs into its history: drills and restores."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject


@fact("config.drill_held", subject=Subject.INSTALLATION)
class DrillHeld(Fact):
    """A backup was restored beside the running product and verified. `seconds` is how long all of it took; `entries`
    and `root` are the restored journal's size and root (hexadecimal)."""

    backup: Annotated[str, CONTEXT]
    begun_at: Annotated[datetime, CONTEXT]
    seconds: Annotated[int, CONTEXT]
    entries: Annotated[int, CONTEXT]
    root: Annotated[str, CONTEXT]
    attachments: Annotated[int, CONTEXT]
    sound: Annotated[bool, CONTEXT]
    sentence = _("Restore drill: {entries} entries and {attachments} attachments from the backup {backup}, {seconds} s")


@fact("config.job_retried", subject=Subject.INSTALLATION)
class JobRetried(Fact):
    """A job that had failed was put back into the queue; `task` is the name of what it does."""

    job: Annotated[int, CONTEXT]
    task: Annotated[str, CONTEXT]
    sentence = _("Job {job} ({task}) is run again")


@fact("config.backup_restored", subject=Subject.INSTALLATION)
class BackupRestored(Fact):
    """This installation was restored; entries since `first_position` are of a new epoch.

    `published_size` and `published_root` are the last checkpoint that had left the house (0 and "" if none is known);
    `lost` is how many entries it covered that the restored journal has not. With `redactions_unknown` nobody can tell
    whether something was redacted that the backup does not know.
    """

    backup: Annotated[str, CONTEXT]
    epoch: Annotated[int, CONTEXT]
    first_position: Annotated[int, CONTEXT]
    published_size: Annotated[int, CONTEXT]
    published_root: Annotated[str, CONTEXT]
    lost: Annotated[int, CONTEXT]
    redactions_unknown: Annotated[bool, CONTEXT] = False
    sentence = _(
        "Restored from the backup {backup}; epoch {epoch} begins at position {first_position}. Last published:"
        " {published_size} entries, root {published_root}; lost of them: {lost}"
    )
