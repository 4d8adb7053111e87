"""Promise 5 for programs: every address × method × every post's token × its scopes, too few and enough."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.api.conftest import System, token_for
from tests.authority.api_cells import API_CELLS, ApiCell
from tests.authority.declaring import EVERYONE
from tests.authority.test_matrix import made  # noqa: F401 - a fixture
from tests.ground import Organisation
from thammuu.config.api.assembly import interface
from thammuu.org.account.models import ApiToken
from thammuu.org.account.scopes import SCOPES
from thammuu.org.api import pace

pytestmark = pytest.mark.django_db
ALLOWED = (200, 201, 400, 409, 422)
BY_SCOPE = [cell for cell in API_CELLS if cell.scope]


def _asked(client: Client, cell: ApiCell, made: dict[str, UUID]) -> HttpResponse:  # noqa: F811
    address = reverse(f"api:{cell.name}", args=[made[cell.made]] if cell.made else [])
    pace.forget()
    with transaction.atomic():
        answer: HttpResponse = client.generic(
            cell.method.upper(),
            address,
            System.body(cell.said) if cell.method != "get" else b"",
            cell.kind,
            headers={"Idempotency-Key": str(uuid4())},
        )  # type: ignore[assignment]
        transaction.set_rollback(True)
    return answer


def _client(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_every_operation_has_a_cell() -> None:
    declared = {(cell.name, cell.method) for cell in BY_SCOPE}
    served = {
        (path.url_name or operation.url_name, method.lower())
        for _prefix, router in interface()._routers
        for path in router.path_operations.values()
        for operation in path.operations
        for method in operation.methods
    }
    assert served == declared


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_a_token_does_what_its_post_may(organisation: Organisation, made: dict[str, UUID], who: str) -> None:  # noqa: F811
    client = _client(token_for(getattr(organisation, who)))
    everything = ApiToken.objects.order_by("-made_at", "-id")[:1]
    ApiToken.objects.filter(id__in=[row.id for row in everything]).update(scopes=list(SCOPES))
    found = {f"{cell.method} {cell.name}": _verdict(_asked(client, cell, made)) for cell in BY_SCOPE}
    assert found == {f"{cell.method} {cell.name}": _declared(cell, who) for cell in BY_SCOPE}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_own_and_no_other(organisation: Organisation, made: dict[str, UUID], scope: str) -> None:  # noqa: F811
    client = _client(token_for(organisation.chief, "units:read"))
    ApiToken.objects.filter(account_id=organisation.chief.account).update(scopes=[scope])
    area, _colon, way = scope.partition(":")
    for cell in BY_SCOPE:
        answer = _asked(client, cell, made)
        within = cell.scope == scope or (way == "write" and cell.scope == f"{area}:read")
        lacks = answer.status_code == 403 and answer.json()["type"] == "urn:thammuu:problem:out-of-scope"
        assert lacks is not within, cell


def test_without_a_token_nothing_opens(organisation: Organisation, made: dict[str, UUID]) -> None:  # noqa: F811
    assert {_asked(Client(), cell, made).status_code for cell in BY_SCOPE} == {401}


def _verdict(answer: HttpResponse) -> str:
    status = answer.status_code
    return {404: "missing", 403: "refused"}.get(status, "allowed" if status in ALLOWED else f"status {status}")


def _declared(cell: ApiCell, who: str) -> str:
    if who not in cell.sees:
        return "missing"
    return "allowed" if who in cell.does else "refused"
