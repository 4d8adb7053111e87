"""Sign-in in steps, the page of one's own account, and the reset by a superior: through the addresses."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.ground import Organisation
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org
from thammuu.org.account import actions, current, rules, totp
from thammuu.org.account.models import SignInSession
from thammuu.org.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
NEW = "một hai ba bốn"


def signed_in(name: str, password: str = "") -> Client:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    answer = client.post("/sign-in/?next=/account/", {"username": name, "password": password or name})
    assert answer["Location"] == "/account/"
    return client


def said(client: Client, address: str, data: dict[str, str] | None = None) -> str:
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return str(answer.content.decode())


def enrolled(client: Client) -> tuple[str, list[str]]:
    """Add an app through the pages. Returns its secret and the recovery codes."""
    secret = "".join(re.findall(r"<code data-secret>([^<]+)", said(client, "/account/app/"))[0].split())
    # The step before the present one is still taken, and leaves this one for the sign-in.
    code = totp.code_at(secret, totp.step_of(clock.now()) - 1)
    return secret, re.findall(r"<code data-code>([^<]+)", said(client, "/account/app/", {"code": code, "name": "Máy"}))


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_an_app_is_asked_for_from_then_on(organisation: Organisation) -> None:
    secret, codes = enrolled(signed_in("duty"))
    assert len(codes) == 10
    client = Client()
    answer = client.post("/sign-in/?next=/units/", {"username": "duty", "password": "duty"})
    assert answer["Location"] == "/sign-in/second/"
    assert not is_in(client)
    assert client.post("/sign-in/second/", {"code": "ABCD-EFGH-ABCD-EFGH"}).status_code == 422
    code = totp.code_at(secret, totp.step_of(clock.now()))
    assert client.post("/sign-in/second/", {"code": code})["Location"] == "/units/"
    assert is_in(client)
    again = Client()
    again.post("/sign-in/", {"username": "duty", "password": "duty"})
    assert again.post("/sign-in/second/", {"code": code}).status_code == 422
    assert again.post("/sign-in/second/", {"code": codes[0].lower()})["Location"] == "/"


def test_the_second_step_needs_the_first(organisation: Organisation, settings: Any) -> None:
    enrolled(signed_in("duty"))
    client = Client()
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/"
    assert client.get("/sign-in/first-use/")["Location"] == "/sign-in/"
    client.post("/sign-in/", {"username": "duty", "password": "duty"})
    assert client.get("/sign-in/first-use/")["Location"] == "/sign-in/"
    session = client.session
    kept = session[current.UNFINISHED]
    session[current.UNFINISHED] = {**kept, "at": (clock.now() - rules.UNFINISHED).isoformat()}
    session.save()
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("name", ["duty", "nobody at all"])
def test_a_lock_says_the_same_of_every_name(organisation: Organisation, name: str) -> None:
    tried = [Client().post("/sign-in/", {"username": name, "password": f"wrong {number}"}) for number in range(12)]
    assert [answer.status_code for answer in tried] == [422] * 10 + [429] * 2
    right = Client().post("/sign-in/", {"username": name, "password": name})
    assert right.status_code == 429
    assert "nobody" not in re.sub(r'value="[^"]*"', "", right.content.decode())


def test_the_second_factor_cannot_be_guessed_either(organisation: Organisation) -> None:
    enrolled(signed_in("duty"))
    client = Client()
    statuses = []
    for number in range(12):
        client.post("/sign-in/", {"username": "duty", "password": "duty"})
        statuses.append(client.post("/sign-in/second/", {"code": f"{number:06}"}).status_code)
    assert statuses[-1] == 429 or client.get("/sign-in/second/").status_code == 302
    assert Entry.objects.filter(kind="org.account_locked").exists()


def test_a_session_lasts_thirteen_hours_whatever_is_done(organisation: Organisation) -> None:
    client = signed_in("duty")
    said(client, "/account/app/")
    ends = Session.objects.get(session_key=client.session.session_key).expire_date
    row = SignInSession.objects.get()
    assert (row.device, row.ends_at - row.began_at) == ("Firefox, Linux", timedelta(hours=13))
    assert abs(ends - row.ends_at) < timedelta(seconds=2)


def test_sessions_are_listed_and_ended(organisation: Organisation) -> None:
    here, there, third = signed_in("duty"), signed_in("duty"), signed_in("duty")
    page = said(here, "/account/")
    assert page.count("Firefox, Linux") >= 3
    session = SignInSession.objects.get(key=there.session.session_key)
    said(here, f"/account/sessions/{session.id}/end/", {})
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]
    said(here, "/account/sessions/end/", {})
    assert [is_in(client) for client in (here, third)] == [True, False]


def test_a_new_password_keeps_this_session_only(organisation: Organisation) -> None:
    here, there = signed_in("duty"), signed_in("duty")
    wrong = {"present": "no", "password": NEW, "again": NEW}
    assert here.post("/account/password/", wrong).status_code == 422
    for faulty in ("ngắn", "password1234", "duty"):
        given = {"present": "duty", "password": faulty, "again": faulty}
        assert here.post("/account/password/", given).status_code == 422
    assert here.post("/account/password/", {**wrong, "present": "duty"})["Location"] == "/account/"
    assert [is_in(client) for client in (here, there)] == [True, False]
    signed_in("duty", NEW)


def account_id(actor: Actor) -> str:
    return str(actor.account)


def test_a_lost_account_is_given_back(organisation: Organisation) -> None:
    lost = signed_in("hue")
    enrolled(lost)
    admin = signed_in("admin")
    assert "hue" in said(admin, "/accounts/?q=hue")
    letter = said(admin, f"/accounts/{account_id(organisation.hue_officer)}/reset/", {"reason": "mất máy"})
    secret = re.findall(r"<code data-secret>([^<]+)", letter)[0]
    assert not is_in(lost)
    client = Client()
    assert client.post("/sign-in/", {"username": "hue", "password": "hue"}).status_code == 422
    answer = client.post("/sign-in/", {"username": "hue", "password": secret})
    assert answer["Location"] == "/sign-in/first-use/"
    assert not is_in(client)
    asked = said(client, "/sign-in/first-use/")
    assert "Tài khoản của bạn đã được đơn vị cấp trên đặt lại" in asked and "mất máy" in asked
    assert client.post("/sign-in/first-use/", {"password": secret, "again": secret}).status_code == 422
    assert client.post("/sign-in/first-use/", {"password": NEW, "again": NEW})["Location"] == "/"
    assert "mất máy" in said(client, "/account/")
    # Whoever administers the accounts of its unit is told too.
    assert "mất máy" in said(admin, "/accounts/")
    assert Client().post("/sign-in/", {"username": "hue", "password": secret}).status_code == 422


def test_a_first_use_secret_ends_with_its_term(organisation: Organisation) -> None:
    secret = actions.reset_account(
        actor=organisation.admin,
        now=datetime(2020, 1, 1, tzinfo=UTC),
        account=organisation.hue_officer.account,  # type: ignore[arg-type]
        reason="x",
    )
    assert Account.objects.get(sign_in_name="hue").check_password(secret)
    assert Client().post("/sign-in/", {"username": "hue", "password": secret}).status_code == 422


@pytest.mark.parametrize("age", [rules.PROOF, -timedelta(days=1)])
def test_an_old_proof_is_asked_for_again_and_what_was_said_is_carried(
    organisation: Organisation, age: timedelta
) -> None:
    client = signed_in("admin")
    session = client.session
    session[current.PROVED] = (clock.now() - age).isoformat()
    session.save()
    address = f"/accounts/{account_id(organisation.hue_officer)}/reset/"
    asked = client.post(address, {"reason": "mất máy"})
    assert asked.status_code == 403
    assert 'name="reason" value="mất máy"' in asked.content.decode()
    assert client.post(address, {"reason": "mất máy", "proof": "wrong"}).status_code == 422
    assert not Entry.objects.filter(kind="org.account_restored").exists()
    assert "data-secret" in client.post(address, {"reason": "mất máy", "proof": "admin"}).content.decode()
    assert client.get("/account/app/").status_code == 200


def test_a_locked_session_takes_nothing_until_its_officer_is_proved(organisation: Organisation) -> None:
    client = signed_in("duty")
    assert client.post("/account/lock/")["Location"] == "/account/unlock/"
    assert client.get("/watch/")["Location"] == "/account/unlock/?next=%2Fwatch%2F"
    script = client.post("/watch/log/", {"text": "x"}, headers={"Accept": "application/json"})
    assert (script.status_code, script.json()["sign_in"]) == (401, "/account/unlock/")
    asked = {"Accept": "application/json"}
    assert client.post("/account/unlock/", {"proof": "wrong"}, headers=asked).status_code == 422
    assert not is_in(client)
    assert client.post("/account/unlock/", {"proof": "duty"}, headers=asked).status_code == 200
    assert is_in(client)


def test_to_unlock_what_is_open_proves_nothing(organisation: Organisation) -> None:
    client = signed_in("duty")
    session = client.session
    old = session[current.PROVED] = (clock.now() - rules.PROOF).isoformat()
    session.save()
    for data in ({}, {"proof": "wrong"}, {"answer": "{}"}):
        client.get("/account/unlock/")
        client.post("/account/unlock/", data)
    assert client.session[current.PROVED] == old
    assert Client().post("/account/unlock/", {"proof": "duty"})["Location"] == "/sign-in/"


def test_units_without_an_account_get_letters(organisation: Organisation, now: datetime) -> None:
    for code, name in (("00007", "Hoàn Kiếm"), ("00010", "Đống Đa")):
        org.create_unit(
            actor=organisation.admin,
            now=now,
            code=code,
            level="commune",
            name=name,
            parent=organisation.hanoi,
            starts_on=date(2025, 7, 1),
        )
    admin = signed_in("admin")
    given = {"superior": str(organisation.hanoi), "depth": "direct", "title": "Trực ban", "role": "unit_officer"}
    page = said(admin, "/accounts/letters/", given)
    secrets = re.findall(r"<code data-secret>([^<]+)", page)
    assert len(secrets) == 2  # the commune that has an officer is left alone
    first = Client()
    assert first.post("/sign-in/", {"username": "00010", "password": secrets[0]})["Location"] == "/sign-in/first-use/"
    assert first.post("/sign-in/first-use/", {"password": NEW, "again": NEW})["Location"] == "/"
    assert "Đống Đa" in said(first, "/account/")
    assert admin.post("/accounts/letters/", given).status_code == 422
    assert admin.post("/accounts/letters/", {**given, "role": "administrator"}).status_code == 422
    assert signed_in("chief").post("/accounts/letters/", given).status_code == 403


def test_letters_go_on_until_every_unit_below_has_an_account(
    organisation: Organisation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LETTERS", 3)
    for number in range(5):
        org.create_unit(
            actor=organisation.admin,
            now=now,
            code=f"0010{number}",
            level="commune",
            name=f"Xã {number}",
            parent=(organisation.hanoi, organisation.hue)[number % 2],
            starts_on=date(2025, 7, 1),
        )
    admin = signed_in("admin")
    given = {"superior": str(organisation.ministry), "title": "Trực ban", "role": "unit_officer"}
    assert admin.post("/accounts/letters/", {**given, "depth": "direct"}).status_code == 422
    first = said(admin, "/accounts/letters/", {**given, "depth": "whole"})
    assert "3 of 5 accounts are open." in first and "open the next 2" in first
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', first))
    assert hidden["done"] == "3"
    last = said(admin, "/accounts/letters/", hidden)
    assert "open the next" not in last
    secrets = [re.findall(r"<code data-secret>([^<]+)", page) for page in (first, last)]
    assert [len(found) for found in secrets] == [3, 2]
    assert len({one for found in secrets for one in found}) == 5
    assert Account.objects.filter(sign_in_name__startswith="0010").count() == 5
    assert admin.post("/accounts/letters/", hidden).status_code == 422  # nothing is left
    forged = {**given, "depth": "whole", "done": "x"}
    assert admin.post("/accounts/letters/", forged).status_code == 422


def test_whoever_does_not_administer_a_unit_hears_nothing_of_its_resets(organisation: Organisation) -> None:
    actions.reset_account(
        actor=organisation.admin,
        now=clock.now(),
        account=organisation.hue_officer.account,  # type: ignore[arg-type]
        reason="mất máy",
    )
    assert "mất máy" not in said(signed_in("chief"), "/accounts/")
