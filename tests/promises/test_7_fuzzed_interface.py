"""Promise 7: whatever is sent to the programming interface, it answers as its document says.

No server error, no answer that the document does not describe, no success without a token. Requests are generated from
the document: such as it asks for, such as it forbids, and many about objects that exist.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode

from tests.api.conftest import token_for
from tests.authority.test_matrix import made  # noqa: F401 - a fixture
from tests.desk.test_proof_pages import KEY, home  # noqa: F401 - a fixture
from tests.ground import Organisation
from tests.journal.proofs.ground import driver
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.sealer import seal_pending
from thammuu.kernel.actor import Actor
from thammuu.org.account.models import ApiToken
from thammuu.org.account.scopes import SCOPES
from thammuu.org.api import pace

REQUESTS = int(os.environ.get("THAMMUU_REQUESTS", "400"))
EVERY = 3
"""Each so manieth request is sent again without a token, or with one that opens nothing."""
OPENS_NOTHING = ({}, {"Authorization": "Bearer thammuu_aaaaaaaa_" + "A" * 43}, {"Cookie": "sessionid=x"})
PROMISED = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.response_schema_conformance,
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(organisation: Organisation) -> Iterator[BaseSchema]:
    """The document as it is served, by the application without a browser's help; in the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(
    organisation: Organisation,
    known: dict[str, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> list[str]:
    """Tokens with every scope, of posts that together may do everything."""
    monkeypatch.setattr(pace, "RATE", 1e9)

    def everything(actor: Actor) -> str:
        token = token_for(actor)
        ApiToken.objects.filter(account_id=actor.account).update(scopes=list(SCOPES))
        return token

    return [everything(actor) for actor in (organisation.chief, organisation.hanoi_officer)]


@pytest.fixture
def known(made: dict[str, UUID], home: Path) -> Iterator[dict[str, UUID]]:  # noqa: F811
    """What exists, by its name, and in a journal that is sealed and signed."""
    seal_pending(driver())
    Notary(KEY).sign_stored(driver())
    yield made


class Sender:
    """Sends generated requests, each in a transaction that is rolled back, and counts them."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.statuses: Counter[int] = Counter()
        self.opened = 0

    @property
    def sent(self) -> int:
        return sum(self.statuses.values())

    def send(self, case: Case) -> None:
        token = self.tokens[self.sent % len(self.tokens)]
        answer = self._answer(case, {"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=PROMISED)
        if self.sent % EVERY == 0:
            refused = self._answer(case, OPENS_NOTHING[self.sent % len(OPENS_NOTHING)])
            assert refused.status_code >= 400, (case.method, case.formatted_path, refused.status_code)
            case.validate_response(refused, checks=PROMISED)

    def _answer(self, case: Case, headers: dict[str, str]) -> Any:
        own = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
        case.headers = type(case.headers)(own) if case.headers is not None else case.headers
        with transaction.atomic():
            answer = case.call(headers={"Accept-Encoding": "identity", **headers})
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        return answer


def requests_to(operation: APIOperation[Any, Any, Any, Any], known: dict[str, UUID]) -> st.SearchStrategy[Case]:
    """Requests as the document asks for, as it forbids, and about what exists."""
    asked = operation.as_strategy(GenerationMode.POSITIVE)
    kinds = [asked, operation.as_strategy(GenerationMode.NEGATIVE)]
    names = [parameter.name for parameter in operation.path_parameters]
    if names:
        journal = operation.path.startswith("/api/v1/journal/")
        meant = {name: known["journal_entry" if journal else name] for name in names}
        ids = st.fixed_dictionaries({name: st.sampled_from([*[meant[name]] * 9, *known.values()]) for name in names})
        kinds += [st.tuples(asked, ids).map(about), st.tuples(asked, ids).map(about)]
    return st.one_of(kinds)


def about(drawn: tuple[Case, dict[str, UUID]]) -> Case:
    case, ids = drawn
    case.path_parameters = {name: str(id) for name, id in ids.items()}
    return case


def test_whatever_is_sent_is_answered_as_the_document_says(
    schema: BaseSchema, tokens: list[str], known: dict[str, UUID]
) -> None:
    operations = [found.ok() for found in schema.get_all_operations()]
    sender = Sender(tokens)
    each = -(-REQUESTS * EVERY // ((EVERY + 1) * len(operations)))
    for operation in operations:

        @settings(
            max_examples=each,
            deadline=None,
            database=None,
            derandomize="THAMMUU_REQUESTS" not in os.environ,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=requests_to(operation, known))
        def fuzzed(case: Case) -> None:
            sender.send(case)

        fuzzed()
    print(f"{sender.sent} requests to {len(operations)} operations: {dict(sorted(sender.statuses.items()))}")
    assert not any(status >= 500 for status in sender.statuses)
    assert sender.statuses[200] and sender.statuses[201], "nothing got through: the promise was not tried"
