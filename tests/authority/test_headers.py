"""Every address and every refusal, as it leaves the guard under HTTPS: graded, and with nothing wanting."""

from datetime import datetime
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory, override_settings

from tests.authority.cells import CELLS
from tests.authority.test_matrix import _address, _client, made  # noqa: F401 - a fixture
from tests.config.grade import wanting
from tests.ground import Organisation
from thammuu.config.front.hardening import hardened
from thammuu.config.transport.policy import PagePolicy
from thammuu.ui import faults

pytestmark = pytest.mark.django_db
SECURE = override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)


def lacks(path: str, answer: HttpResponseBase) -> list[str]:
    """What the answer lacks once the guard has sent it."""
    cookies = [("set-cookie", cookie.OutputString()) for cookie in answer.cookies.values()]
    said = [(name.lower().encode(), value.encode()) for name, value in [*answer.items(), *cookies]]
    scope = {"path": path, "scheme": "https", "headers": [(b"host", b"thammuu.test")]}
    headers = [(name.decode(), value.decode()) for name, value in hardened(said, scope)]
    leads_on = "Location" in answer
    return wanting(headers, page=answer.get("Content-Type", "").startswith("text/html") and not leads_on)


@SECURE
@pytest.mark.parametrize("who", ["chief", "hanoi_officer", "commune_officer"])
def test_every_address_answers_with_every_header(
    organisation: Organisation,
    made: dict[str, UUID],  # noqa: F811
    who: str,
) -> None:
    client = _client(organisation, who)
    found, statuses = {}, set()
    for cell in CELLS:
        path = _address(cell, made)
        for method in () if cell.public else (cell.method, "put"):
            with transaction.atomic():
                answer = getattr(client, method)(path, cell.data, secure=True)
                transaction.set_rollback(True)
            found[f"{method} {cell.name} {answer.status_code}"] = lacks(path, answer)
            statuses.add(answer.status_code)
    assert {200, 302, 405} <= statuses
    assert {name: lacking for name, lacking in found.items() if lacking} == {}


@SECURE
def test_what_is_open_to_everybody_answers_with_every_header(made: dict[str, UUID]) -> None:  # noqa: F811
    found = {}
    for cell in CELLS:
        path = _address(cell, made)
        answer = getattr(Client(), cell.method)(path, cell.data, secure=True)
        found[f"{cell.method} {cell.name} {answer.status_code}"] = lacks(path, answer)
    assert {name: lacking for name, lacking in found.items() if lacking} == {}


@SECURE
def test_refusals_answer_with_every_header(organisation: Organisation, now: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    answers = {
        "missing": client.get("/nowhere/", secure=True),
        "missing json": client.get("/nowhere/", secure=True, headers={"accept": "application/json"}),
        "unknown host": client.get("/sign-in/", secure=True, headers={"host": "evil.test"}),
        "forged": client.post("/sign-in/", secure=True),
        "sign in": client.get("/watch/", secure=True),
        "robots": client.get("/robots.txt", secure=True),
    }
    request = RequestFactory().get("/watch/", secure=True)
    policy = PagePolicy(lambda request: faults.broken(request))
    answers["broken"] = policy(request)
    assert {name: lacks("/", answer) for name, answer in answers.items() if lacks("/", answer)} == {}
    assert answers["broken"].status_code == 500


def test_a_nonce_is_used_once(organisation: Organisation) -> None:
    client = Client()
    pages = [client.get("/sign-in/") for _ in range(2)]
    nonces = {page["Content-Security-Policy"].split("'nonce-")[1].split("'")[0] for page in pages}
    assert len(nonces) == 2
    assert all(any(f'nonce="{nonce}"' in page.content.decode() for page in pages) for nonce in nonces)
