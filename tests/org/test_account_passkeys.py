"""Passkeys through the addresses: right ones, and those of another site, another account, another moment."""

import html
import re

import pytest
from django.test import Client

from tests.ground import Organisation
from tests.org.passkey import SoftKey
from tests.org.test_account_pages import is_in, said, signed_in
from thammuu.kernel import clock
from thammuu.org.account import current, rules
from thammuu.org.account.models import Factor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
MAKE, SECOND = "/account/passkey/", "/sign-in/second/"


def question(page: str) -> str:
    return html.unescape(re.findall(r'data-question="([^"]+)"', page)[0])


def made(client: Client, key: SoftKey) -> int:
    return client.post(MAKE, {"name": "Khóa", "answer": key.make(question(said(client, MAKE)))}).status_code


def at_second_step(name: str = "duty") -> Client:
    client = Client()
    client.post("/sign-in/", {"username": name, "password": name})
    return client


def test_a_passkey_opens_the_account(organisation: Organisation) -> None:
    key = SoftKey()
    assert made(signed_in("duty"), key) == 200
    client = at_second_step()
    assert not is_in(client)
    answer = key.use(question(said(client, SECOND)))
    assert client.post(SECOND, {"answer": answer})["Location"] == "/"
    assert is_in(client)
    # Heard on the way and sent again, it opens nothing.
    late = at_second_step()
    said(late, SECOND)
    assert late.post(SECOND, {"answer": answer}).status_code == 422


@pytest.mark.parametrize(
    "key",
    [SoftKey(site="other.example"), SoftKey(origin="https://other.example"), SoftKey(origin="https://testserver")],
)
def test_a_passkey_of_another_site_is_not_taken(organisation: Organisation, key: SoftKey) -> None:
    assert made(signed_in("duty"), key) == 422
    assert not Factor.objects.exists()


def test_an_answer_for_another_site_opens_nothing(organisation: Organisation) -> None:
    key = SoftKey()
    made(signed_in("duty"), key)
    for key.site, key.origin in (("other.example", "http://testserver"), ("testserver", "https://other.example")):
        client = at_second_step()
        assert client.post(SECOND, {"answer": key.use(question(said(client, SECOND)))}).status_code == 422
        assert not is_in(client)


def test_another_officers_passkey_opens_nothing(organisation: Organisation) -> None:
    own, others = SoftKey(), SoftKey()
    made(signed_in("duty"), own)
    made(signed_in("chief"), others)
    client = at_second_step()
    assert client.post(SECOND, {"answer": others.use(question(said(client, SECOND)))}).status_code == 422
    forged = SoftKey(id=own.id)
    assert client.post(SECOND, {"answer": forged.use(question(said(client, SECOND)))}).status_code == 422


@pytest.mark.parametrize("answer", ["{", "[]", "null", "{}", '{"id": 1}', '{"response": {}}', "x" * 100])
def test_a_damaged_answer_is_refused(organisation: Organisation, answer: str) -> None:
    key = SoftKey()
    client = signed_in("duty")
    said(client, MAKE)
    assert client.post(MAKE, {"answer": answer}).status_code == 422
    made(client, key)
    second = at_second_step()
    said(second, SECOND)
    assert second.post(SECOND, {"answer": answer}).status_code == 422


def test_a_passkey_proves_who_is_acting(organisation: Organisation) -> None:
    client, key = signed_in("admin"), SoftKey()
    made(client, key)
    session = client.session
    session[current.PROVED] = (clock.now() - rules.PROOF).isoformat()
    session.save()
    address = f"/accounts/{organisation.hue_officer.account}/reset/"
    asked = client.post(address, {"reason": "mất máy"})
    assert asked.status_code == 403
    assert client.post(address, {"reason": "mất máy", "proof_answer": "{}"}).status_code == 422
    asked = client.post(address, {"reason": "mất máy"})
    answer = key.use(question(asked.content.decode()))
    done = client.post(address, {"reason": "mất máy", "proof_answer": answer})
    assert "data-secret" in done.content.decode()
