"""Making, counting and revoking tokens: rows, facts, refusals. What they open is told in `tests/api`."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation
from tests.org.test_account_actions import account_of, told
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org.account import actions, bearing, policies, rules
from thammuu.org.account.models import ApiToken
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Holding

pytestmark = pytest.mark.usefixtures("fold_equals_tables")


def made(actor: Actor, now: datetime, **said: Any) -> str:
    common = {"purpose": "Tổng đài", "scopes": ["log:read"], "unit": None, "ends_at": now + rules.TOKEN_TERM}
    return actions.make_token(actor=actor, now=now, **common | said)


def token(actor: Actor, now: datetime, **said: Any) -> ApiToken:
    return ApiToken.objects.get(digest=bearing.digest_of(made(actor, now, **said)))


def test_a_token_belongs_to_the_holding_of_a_post_and_says_what_for(organisation: Organisation, now: datetime) -> None:
    officer, ends = organisation.hanoi_officer, now + timedelta(days=3)
    row = token(officer, now, purpose="  Tổng đài  ", unit=organisation.commune, ends_at=ends)
    holding = Holding.objects.get(account_id=account_of(officer))
    assert (row.account_id, row.holding_id, row.unit_id) == (officer.account, holding.id, organisation.commune)
    assert (row.purpose, row.scopes, row.made_at, row.ends_at) == ("Tổng đài", ["log:read"], now, ends)
    assert (row.revoked_at, row.used_on, row.uses) == (None, None, 0)
    entry = Entry.objects.get(subject_id=row.id)
    assert (entry.kind, entry.recorded_at, entry.units) == ("org.token_made", now, [organisation.hanoi])


def test_of_scopes_those_are_kept_that_no_other_includes(organisation: Organisation, now: datetime) -> None:
    asked = {"units:read", "log:write", "log:read", "incidents:read"}
    assert token(organisation.duty, now, scopes=asked).scopes == ["log:write", "incidents:read", "units:read"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"purpose": " "}, "purpose"),
    ({"purpose": "x" * 101}, "purpose"),
    ({"scopes": []}, "scopes"),
    ({"scopes": ["log:read", "all:write"]}, "scopes"),
    ({"scopes": ["log:read", "calendar:read"]}, "scopes"),
    ({"ends_at": timedelta()}, "ends_at"),
    ({"ends_at": rules.TOKEN_LONGEST + timedelta(microseconds=1)}, "ends_at"),
]


def test_a_faulty_token_is_not_made(organisation: Organisation, now: datetime) -> None:
    for said, field in FAULTS:
        timed = {name: now + value if isinstance(value, timedelta) else value for name, value in said.items()}
        with pytest.raises(BadInput) as fault:
            made(organisation.duty, now, **timed)
        assert fault.value.field == field
    assert not ApiToken.objects.exists() and "org.token_made" not in told()


def test_a_token_may_hold_a_year_and_say_a_line(organisation: Organisation, now: datetime) -> None:
    assert made(organisation.duty, now, purpose="x" * 100, ends_at=now + rules.TOKEN_LONGEST)
    assert made(organisation.duty, now, ends_at=now + timedelta(microseconds=1))


def test_no_token_goes_further_than_its_post(organisation: Organisation, now: datetime) -> None:
    duty, officer = organisation.duty, organisation.hanoi_officer
    for actor, said in (
        (SYSTEM, {}),
        (replace(duty, post=None), {}),
        (replace(duty, account=None), {}),
        (officer, {"unit": organisation.hue}),
        (officer, {"unit": organisation.ministry}),
        (organisation.viewer, {"scopes": ["log:write"]}),
        (duty, {"scopes": ["log:write", "journal:read"]}),
    ):
        with pytest.raises(Refused):
            made(actor, now, **said)
    assert not ApiToken.objects.exists()
    assert policies.may_make_token(officer, ["log:write"], organisation.commune) is True
    refusal = policies.may_make_token(duty, ["log:write", "journal:read", "units:read"], None)
    assert not refusal and refusal.reason.endswith(": journal:read.")


def test_who_left_the_post_a_moment_ago_makes_no_token(organisation: Organisation, now: datetime) -> None:
    duty, today = organisation.duty, clock.day_of(now)
    holding = Holding.objects.get(account_id=account_of(duty))
    org.leave_post(actor=organisation.admin, now=now, holding=holding.id, ends_on=today)
    with pytest.raises(BadInput) as fault:
        made(duty, now)
    assert fault.value.field == "" and not ApiToken.objects.exists()


def test_an_account_has_only_so_many_that_hold(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    made(organisation.chief, now)
    over = token(duty, now, ends_at=now + timedelta(hours=1))
    later = now + timedelta(hours=1)
    rows = [token(duty, later) for _number in range(rules.TOKENS)]
    assert over.ends_at <= later
    with pytest.raises(BadInput) as fault:
        made(duty, later)
    assert fault.value.field == ""
    actions.revoke_token(actor=duty, now=later, token=rows[0].id)
    assert made(duty, later)


def test_its_officer_and_the_administrator_revoke_it_and_nobody_else(organisation: Organisation, now: datetime) -> None:
    officer = organisation.hanoi_officer
    for who in (officer, organisation.admin):
        row = token(officer, now)
        for stranger in (organisation.chief, organisation.hue_officer):
            with pytest.raises(Missing):
                actions.revoke_token(actor=stranger, now=now, token=row.id)
        actions.revoke_token(actor=who, now=now, token=row.id, reason="  máy cũ ")
        row.refresh_from_db()
        assert (row.revoked_at, row.digest) == (now, "")
        entry = Entry.objects.get(subject_id=row.id, kind="org.token_revoked")
        assert (entry.recorded_at, entry.units) == (now, [organisation.hanoi])
        for gone in (row.id, new_id()):
            with pytest.raises(Missing):
                actions.revoke_token(actor=who, now=now, token=gone)


def test_uses_are_counted_until_it_is_revoked(organisation: Organisation, now: datetime) -> None:
    one, other = token(organisation.duty, now), token(organisation.duty, now)

    def counted(id: UUID) -> tuple[date | None, int]:
        return ApiToken.objects.values_list("used_on", "uses").get(id=id)

    today, tomorrow = date(2026, 11, 20), date(2026, 11, 21)
    actions.note_use(actor=SYSTEM, now=now, token=one.id, uses=3, day=today)
    actions.note_use(actor=SYSTEM, now=now, token=one.id, uses=4, day=tomorrow)
    assert (counted(one.id), counted(other.id)) == ((tomorrow, 7), (None, 0))
    actions.revoke_token(actor=organisation.duty, now=now, token=one.id)
    actions.note_use(actor=SYSTEM, now=now, token=one.id, uses=1, day=tomorrow)
    assert counted(one.id) == (tomorrow, 7)
