"""What a page says of something that was redacted: when, by two persons, of which class the reason was; no more."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.journal.models import Redaction
from thammuu.journal.redaction.words import IN_FORCE, REASON_WORDS
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant


def notice_of(subject: Subject, id: UUID, language: str) -> str:
    """Return the sentence for a subject that the reader sees, "" if it was not redacted."""
    key = f"{subject}:{id}"
    row = Redaction.objects.filter(subjects__contains=[key], state__in=IN_FORCE).order_by("-decided_at").first()
    if row is None or row.decided_at is None:
        return ""
    text = _("Redacted on {time} by two persons. Reason: {reason}. What was said is gone; that it was said is proven.")
    return text.format(time=format_instant(row.decided_at, language), reason=REASON_WORDS[row.reason_class])
