"""A log entry with a name in it, and two persons who redact it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from tests.ground import Organisation
from tests.journal.proofs.ground import driver
from thammuu.desk.redaction import actions
from thammuu.journal import followers
from thammuu.journal.models import Entry
from thammuu.journal.proofs.notes import Signer
from thammuu.journal.proofs.verifying import Report, verify
from thammuu.org.authority import SYSTEM

SECRET = "Bà Trần Thị Hoa, số 12 ngõ 5, gọi 0912345678"
KEY = Signer("thammuu-test", bytes(range(32)))


def propose(organisation: Organisation, now: datetime, *subjects: str, reason: str = "Có dữ liệu cá nhân") -> UUID:
    return actions.propose_redaction(
        actor=organisation.staff, now=now, subjects=subjects, reason_class="personal", reason=reason
    ).answer


def redact(organisation: Organisation, now: datetime, seal: Callable[[], int], *subjects: str) -> UUID:
    """Propose, confirm and carry out, sealing before each."""
    seal()
    redaction = propose(organisation, now, *subjects)
    seal()
    actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    seal()
    assert actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction)
    seal()
    return redaction


def follow() -> None:
    """Let every follower catch up."""
    while followers.step():
        pass


def report() -> Report:
    return verify(driver(), {}, KEY.verifier, processes=1)


def faults() -> set[str]:
    return {fault.code for fault in report().faults}


def kinds_of(redaction: UUID) -> list[str]:
    told = Entry.objects.filter(subject_id=redaction).order_by("sequence").values_list("kind", flat=True)
    return [kind.removeprefix("journal.redaction_") for kind in told]
