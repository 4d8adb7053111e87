"""Every action of digital signatures."""

from pathlib import Path
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from tests.paper.certificates import PASSPHRASE, Authority, lay_down
from tests.promises.acts.replay import Replay
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.signing import actions as signing
from thammuu.directives.documents.signing.queries import prepared_copy
from thammuu.kernel import clock
from thammuu.org import directory
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.signatures.sealing import opened, sealed


def act(does: Replay, organisation: Organisation, settings: Any, home: Path) -> None:
    """One document is signed with the seal, another elsewhere."""
    staff, chief = organisation.staff, organisation.chief
    settings.SIGNING, settings.TRUST_ROOTS = home / "signing", home / "roots"
    root = Authority.made()
    root.trusted_in(settings.TRUST_ROOTS)
    code = directory.current().units[organisation.ministry].code
    lay_down(settings.SIGNING, code, root.seal())
    common = {"actor": staff, "unit": organisation.ministry, "clauses": [Clause(ClauseKind.CLAUSE, "Tuần tra")]}
    described = documents.Description(type="CT", abstract="Tăng cường", recipients=(organisation.hanoi,))
    first, second = (UUID(str(does(documents.draft_document, description=described, **common))) for _each in "12")
    for id in (first, second):
        does(documents.submit_document, actor=staff, document=id)
        does(documents.agree_to_document, actor=chief, document=id)
        does(documents.approve_document, actor=chief, document=id, reason="Đúng thẩm quyền")
        does(documents.issue_document, actor=staff, document=id)
    does(signing.sign_document, actor=staff, document=first)
    does(signing.prepare_signing, actor=staff, document=second)
    signed = sealed(prepared_copy(staff, second), opened(root.seal(), PASSPHRASE, clock.now()))
    does(signing.take_signed_document, actor=staff, document=second, content=signed)
