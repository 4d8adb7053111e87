"""Every action of redaction, on everything that can be redacted."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from tests.desk.redaction.ground import KEY
from tests.ground import Organisation
from tests.journal.proofs.ground import driver
from tests.promises.acts.replay import Replay
from thammuu.desk.redaction import actions as redaction
from thammuu.desk.redaction.copies import copies_of
from thammuu.journal import feed, fold
from thammuu.journal.facts import rebuild
from thammuu.journal.redaction.listing import read_list, write_list
from thammuu.journal.redaction.registry import redactable_subjects
from thammuu.org import authority
from thammuu.watch.models import LogEntry


def act(does: Replay, organisation: Organisation, seal: Callable[[], int]) -> None:
    """One is withdrawn, one refused; then everything that can be redacted is."""
    staff, chief = organisation.staff, organisation.chief

    def propose(subject: str) -> UUID:
        common = {"subjects": [subject], "reason_class": "personal", "reason": "Không nên có ở đây"}
        return does(redaction.propose_redaction, actor=staff, **common).answer

    seal()
    entry = f"log_entry:{LogEntry.objects.first().id}"  # type: ignore[union-attr]
    does(redaction.withdraw_redaction, actor=staff, redaction=propose(entry), reason="nhầm")
    does(redaction.refuse_redaction, actor=chief, redaction=propose(entry), reason="không cần")
    again = propose(entry)
    lost = transaction.savepoint()
    redaction.confirm_redaction(actor=chief, now=does.now, redaction=again)
    seal()
    (told,) = read_list(write_list(driver(), KEY), KEY.verifier).redactions
    transaction.savepoint_rollback(lost)
    does(redaction.reapply_redaction, actor=authority.SYSTEM, told=told)
    seal()
    assert does(redaction.carry_out_redaction, actor=authority.SYSTEM, redaction=again)
    for subject in redactable_subjects():
        ids = fold.tables()[subject].model._default_manager.values_list("pk", flat=True)
        speaking = [id for id in ids if getattr(copies_of((subject, id)), "told", ())]
        assert speaking, subject
        for id in speaking:
            agreed = propose(f"{subject}:{id}")
            does(redaction.confirm_redaction, actor=chief, redaction=agreed)
            seal()
            assert does(redaction.carry_out_redaction, actor=authority.SYSTEM, redaction=agreed)
            for told in feed.of_subjects([id]):
                assert told.body is not None
                rebuild(told.kind, told.version, told.subject_id, told.body).say("vi")
