"""What is taken over from the lists that an office kept before."""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.directives.facts import AssignmentIssued
from thammuu.journal.facts import fact
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant
from thammuu.org import queries as org


@fact("directives.assignment_taken_over", subject=Subject.ASSIGNMENT)
class AssignmentTakenOver(AssignmentIssued):
    """A line of an office's list is followed here from now on; what it says was not verified here.

    `issued_at` is when it was taken over. `taken_done_at` is when it was done by the list, None while it is open;
    `taken_undated` says that the list has no day, and that the day of taking over stands there.
    """

    taken_from: str
    taken_line: int
    taken_document: str = ""
    taken_words: str = ""
    taken_done_at: datetime | None = None
    taken_undated: bool = False
    arises_from_kind: str = ""
    arises_from: UUID | None = None
    sentence = _("Taken over from {file}, line {line}: led by {lead}, due {deadline}: {title}")

    def say(self, language: str) -> str:
        """Name the file and the line, the lead unit and the deadline."""
        told = {"file": self.taken_from, "line": self.taken_line, "title": self.title}
        told["lead"] = org.unit_label(self.lead_unit_id)
        with translation.override(language):
            return str(self.sentence).format(deadline=format_instant(self.deadline, language), **told)
