"""Tokens: who may make them, how far they reach, and when they open nothing any more."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from tests.api.conftest import Making, System, token_for
from tests.ground import Organisation, client_of
from thammuu.journal.models import Body, Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Reach, joined
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.account import actions, bearing, rules
from thammuu.org.account.models import ApiToken
from thammuu.org.account.scopes import SCOPES, holds_any, is_covered, narrowed, within
from thammuu.org.api import pace
from thammuu.org.models import Holding
from thammuu.watch.actions import open_incident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def opens(caller: System) -> int:
    return caller.get("/log").status_code


def test_to_write_includes_to_read_and_nothing_else() -> None:
    assert is_covered("log:read", ["log:write"])
    assert not is_covered("log:write", ["log:read"])
    assert not is_covered("incidents:read", ["log:write"])
    assert "units:write" not in SCOPES


def test_a_token_takes_away_and_never_adds(organisation: Organisation) -> None:
    duty, hanoi = organisation.duty, frozenset({organisation.hanoi, organisation.commune})
    for scopes in (["log:read"], ["log:write", "alerts:read"], SCOPES):
        caller = narrowed(duty, scopes, hanoi)
        assert caller.permits.keys() <= duty.permits.keys()
        assert all(within(reach, hanoi) == reach for reach in caller.permits.values())
        assert caller.scope.units == hanoi
    assert narrowed(duty, ["log:read"], None).scope == duty.scope
    assert not narrowed(duty, ["log:read"], None).may_somewhere("log_write")
    above = joined([Reach(None), Reach(hanoi, None, 2), Reach(None, new_id(), 3)], opened=[new_id()])
    there = within(above, frozenset({organisation.hue}))
    assert (there.units, there.opened) == ({organisation.hue}, frozenset())
    assert [reach.units for reach in there.further] == [frozenset(), {organisation.hue}]


def test_only_a_digest_is_kept_and_no_fact_tells_even_that(organisation: Organisation) -> None:
    token = token_for(organisation.duty)
    row = ApiToken.objects.get()
    assert token.startswith(f"thammuu_{row.prefix}_")
    secret = token.removeprefix(f"thammuu_{row.prefix}_")
    stored = [*ApiToken.objects.values_list(), *Body.objects.values_list("text")]
    assert not any(secret in str(values) for values in stored)
    assert not any(row.digest in text for (text,) in Body.objects.values_list("text"))
    assert bearing.digest_of(token) == row.digest


def test_nothing_but_the_header_opens(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    assert opens(caller) == 200
    for bad in ("", "Bearer", "Bearer ", f"Basic {caller.token}", caller.token, f"Bearer {caller.token}x"):
        answer = Client().get("/api/v1/log", headers={"Authorization": bad})
        assert answer.status_code == 401, bad
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"
    officer = client_of(organisation.duty)
    assert officer.get("/api/v1/log").status_code == 401
    assert officer.post("/api/v1/log", {"text": "x"}).status_code == 401
    told = caller.client.get("/api/v1/log", {"access_token": caller.token})
    assert (told.status_code, told.json()["wrong"][0]["field"]) == (400, "access_token")
    assert Client().get("/api/v1/log", {"Token": caller.token}).status_code == 400


def test_a_token_of_nobody_s_post_is_not_made(organisation: Organisation, now: datetime) -> None:
    later = now + timedelta(days=1)
    common = {"now": now, "purpose": "Tổng đài", "unit": None, "ends_at": later}
    with pytest.raises(Refused):
        actions.make_token(actor=authority.SYSTEM, scopes=["log:read"], **common)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.make_token(actor=organisation.viewer, scopes=["log:write"], **common)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.make_token(actor=organisation.duty, scopes=["journal:read"], **common)  # type: ignore[arg-type]
    foreign = {**common, "unit": organisation.hue}
    with pytest.raises(Refused):
        actions.make_token(actor=organisation.hanoi_officer, scopes=["log:read"], **foreign)  # type: ignore[arg-type]
    for faulty in (
        {"purpose": " "}, {"scopes": []}, {"scopes": ["all:write"]}, {"ends_at": now},
        {"ends_at": now + timedelta(days=367)}, {"purpose": "x" * 101},
    ):  # fmt: skip
        said = {"scopes": ["log:read"], **common, **faulty}
        with pytest.raises(BadInput):
            actions.make_token(actor=organisation.duty, **said)  # type: ignore[arg-type]
    assert not ApiToken.objects.exists()


def test_an_account_has_only_so_many(organisation: Organisation) -> None:
    for _number in range(rules.TOKENS):
        token_for(organisation.duty)
    with pytest.raises(BadInput):
        token_for(organisation.duty)


def test_a_token_reaches_its_unit_and_below(organisation: Organisation, system: Making, now: datetime) -> None:
    for unit in (organisation.hanoi, organisation.commune, organisation.hue):
        open_incident(actor=organisation.duty, now=now, at=now, title=str(unit), unit=unit)
    hue = open_incident(actor=organisation.hue_officer, now=now, at=now, title="Huế", unit=organisation.hue).answer
    caller = system(organisation.chief, "incidents:write", unit=organisation.hanoi)
    seen = {row["title"] for row in caller.get("/incidents").json()["items"]}
    assert seen == {str(organisation.hanoi), str(organisation.commune)}
    assert caller.get(f"/incidents/{hue}").status_code == 404
    assert caller.put(f"/incidents/{hue}/severity", {"severity": "critical"}).status_code == 404
    beyond = caller.post("/incidents", {"title": "x", "unit": organisation.hue})
    assert (beyond.status_code, beyond.json()["wrong"][0]["field"]) == (400, "unit")
    assert caller.post("/incidents", {"title": "x", "unit": organisation.commune}).status_code == 201
    lacking = caller.get("/units")
    assert (lacking.status_code, lacking.json()["type"]) == (403, "urn:thammuu:problem:out-of-scope")
    assert 'scope="units:read"' in lacking["WWW-Authenticate"]


def test_it_ends_with_its_time_its_post_and_its_account(organisation: Organisation, system: Making) -> None:
    now = clock.now()
    caller = system(organisation.duty)
    ApiToken.objects.update(ends_at=now)
    assert opens(caller) == 401
    ApiToken.objects.update(ends_at=ApiToken.objects.get().made_at + timedelta(days=90))
    assert opens(caller) == 200
    holding = Holding.objects.get(account_id=organisation.duty.account)
    org.leave_post(actor=organisation.admin, now=now, holding=holding.id, ends_on=clock.day_of(now))
    assert opens(caller) == 401
    # Whoever takes the post again does not wake the old token.
    org.take_post(
        actor=organisation.admin,
        now=now,
        account=holding.account_id,
        post=holding.post_id,
        starts_on=date(2026, 1, 1),
    )
    assert opens(caller) == 401


def test_a_reset_revokes_every_token(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.hue_officer)
    actions.reset_account(
        actor=organisation.admin, now=clock.now(), account=organisation.hue_officer.account, reason="mất máy"
    )
    assert opens(caller) == 401
    assert Entry.objects.filter(kind="org.token_revoked").count() == 1


def test_it_is_revoked_by_its_officer_and_by_the_administrator(organisation: Organisation, system: Making) -> None:
    for who, can in ((organisation.duty, True), (organisation.admin, True), (organisation.chief, False)):
        caller = system(organisation.duty)
        token = ApiToken.objects.get(revoked_at=None)
        if can:
            actions.revoke_token(actor=who, now=clock.now(), token=token.id, reason="không dùng nữa")
            assert opens(caller) == 401
            with pytest.raises(Missing):
                actions.revoke_token(actor=who, now=clock.now(), token=token.id)
        else:
            with pytest.raises(Missing):
                actions.revoke_token(actor=who, now=clock.now(), token=token.id)
            assert opens(caller) == 200


def test_a_withdrawn_right_is_gone_at_once(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    assert caller.post("/log", {"text": "x"}).status_code == 201
    for grant in list(organisation_grants(organisation)):
        org.withdraw_role(actor=organisation.admin, now=clock.now(), grant=grant, reason="đổi ca")
    assert caller.post("/log", {"text": "x"}).status_code == 403
    assert caller.get("/log").json()["items"] == []


def organisation_grants(organisation: Organisation) -> list[object]:
    from thammuu.org.models import Grant

    return list(Grant.objects.filter(post_id=organisation.duty.post).values_list("id", flat=True))


def test_a_token_asks_only_so_often_and_is_counted(
    organisation: Organisation, system: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "RATE", 0.01)  # however slow the machine is
    caller, other = system(organisation.duty), system(organisation.duty)
    burst = int(pace.BURST)
    assert [opens(caller) for _time in range(burst + 1)] == [200] * burst + [429]
    assert int(caller.get("/log")["Retry-After"]) >= 1
    assert opens(other) == 200
    row = ApiToken.objects.exclude(uses=0).order_by("made_at").first()
    assert row is not None
    assert row.used_on == clock.day_of(clock.now())


def test_an_address_that_tries_many_tokens_is_blocked(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    tried = [System(bearing.new_token().text).get("/log").status_code for _number in range(rules.SPRAY_NAMES + 2)]
    assert tried == [401] * rules.SPRAY_NAMES + [429] * 2
    assert Entry.objects.filter(kind="org.address_blocked").count() == 1
    blocked = caller.get("/log")
    assert (blocked.status_code, blocked.json()["title"]) == (429, "Too many requests")


def test_the_same_wrong_token_locks_itself_and_no_other(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    prefix = ApiToken.objects.get().prefix
    wrong = System(f"thammuu_{prefix}_{'A' * 43}")
    assert [opens(wrong) for _number in range(12)] == [401] * 10 + [429] * 2
    assert opens(caller) == 200


def test_the_pages_make_show_and_revoke(organisation: Organisation) -> None:
    with translation.override("en"):
        client = Client()
        client.post("/sign-in/", {"username": "duty", "password": "duty"})
        form = client.get("/account/tokens/new/").content.decode()
        assert "area_log" in form and "area_journal" not in form
        given = {"purpose": "Tổng đài", "area_log": "write", "area_units": "read", "unit": "", "days": "30"}
        assert client.post("/account/tokens/new/", {**given, "purpose": ""}).status_code == 422
        assert client.post("/account/tokens/new/", {**given, "area_journal": "read", "days": "999"}).status_code == 422
        page = client.post("/account/tokens/new/", given).content.decode()
        token = re.findall(r"data-token>([^<]+)", page)[0]
        caller = System(token)
        assert caller.post("/log", {"text": "x"}).status_code == 201
        assert caller.get("/incidents").status_code == 403
        row = ApiToken.objects.get()
        assert set(row.scopes) == {"log:write", "units:read"}
        own = client.get("/account/").content.decode()
        assert row.prefix in own and token not in own and "Duty log (read and write), Units (read)" in own
        admin = client_of(organisation.admin)
        assert row.prefix in admin.get("/accounts/tokens/").content.decode()
        assert client.get("/accounts/tokens/").status_code == 403
        answer = admin.post(f"/account/tokens/{row.id}/revocation/", {"reason": "không rõ ai dùng"})
        assert answer["Location"] == "/accounts/tokens/"
        assert opens(caller) == 401
        assert "không rõ ai dùng" in str(Body.objects.values_list("text", flat=True).last())


def test_making_one_asks_who_acts(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    given = {"purpose": "Tổng đài", "area_log": "read", "unit": "", "days": "30"}
    assert client.post("/account/tokens/new/", given).status_code == 403
    assert not ApiToken.objects.exists()
    assert client.post("/account/tokens/new/", {**given, "proof": "duty"}).status_code == 200
    assert ApiToken.objects.count() == 1


def test_every_scope_is_held_by_somebody(organisation: Organisation) -> None:
    everybody = [organisation.chief, organisation.hanoi_officer]
    assert all(any(holds_any(actor, scope) for actor in everybody) for scope in SCOPES)
