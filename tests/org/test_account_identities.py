"""Linking and unlinking identities of other providers: rows, facts, refusals. Signing in with one: `tests/oidc`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation
from tests.org.test_account_actions import account_of, told
from thammuu.journal.models import Entry
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.account import actions, policies, queries
from thammuu.org.account.models import SignInIdentity
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account
from thammuu.org.rules import Role

pytestmark = pytest.mark.usefixtures("fold_equals_tables")
ISSUER = "https://sso.example"


def link(actor: Actor, now: datetime, of: Actor | None = None, **said: Any) -> UUID:
    common = {"account": (of or actor).account, "issuer": ISSUER, "subject": "an.07"}
    return actions.link_identity(actor=actor, now=now, **common | said)


def test_an_officer_links_an_identity_and_it_opens_the_account(organisation: Organisation, now: datetime) -> None:
    officer = organisation.hanoi_officer
    id = link(officer, now, subject=" an.07 ")
    row = SignInIdentity.objects.get()
    assert (row.id, row.account_id, row.issuer, row.subject) == (id, officer.account, ISSUER, "an.07")
    assert (len(row.salt), row.linked_at, row.unlinked_at) == (16, now, None)
    assert queries.account_of_identity(ISSUER, "an.07") == Account.objects.get(id=account_of(officer))
    entry = Entry.objects.get(subject_id=id)
    assert (entry.kind, entry.recorded_at, entry.units) == ("org.identity_linked", now, [organisation.hanoi])


def test_no_two_identities_have_the_same_salt(organisation: Organisation, now: datetime) -> None:
    link(organisation.duty, now)
    link(organisation.chief, now, subject="an.08")
    assert len({bytes(salt) for salt in SignInIdentity.objects.values_list("salt", flat=True)}) == 2


def test_an_identity_opens_one_account_at_a_time(organisation: Organisation, now: datetime) -> None:
    first = link(organisation.duty, now)
    with pytest.raises(BadInput) as fault:
        link(organisation.chief, now)
    assert fault.value.field == "subject"
    actions.unlink_identity(actor=organisation.duty, now=now, identity=first)
    link(organisation.chief, now)
    opened = queries.account_of_identity(ISSUER, "an.07")
    assert opened is not None and opened.id == organisation.chief.account


def test_what_names_nobody_and_what_is_closed_is_not_linked(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(BadInput) as fault:
        link(organisation.duty, now, subject=" ")
    assert fault.value.field == "subject"
    Account.objects.filter(id=account_of(organisation.duty)).update(is_active=False)
    for account in (account_of(organisation.duty), new_id()):
        with pytest.raises(Missing):
            link(SYSTEM, now, account=account)
    Account.objects.filter(id=account_of(organisation.duty)).update(is_active=True)
    assert not SignInIdentity.objects.exists() and "org.identity_linked" not in told()


def test_the_officer_or_the_superior_unlinks_and_what_the_provider_said_is_gone(
    organisation: Organisation, now: datetime
) -> None:
    hue = organisation.hue_officer
    for who in (hue, organisation.admin):
        id = link(who, now, of=hue)
        for stranger in (organisation.chief, organisation.hanoi_officer):
            with pytest.raises(Refused):
                link(stranger, now, of=hue, subject="other")
            with pytest.raises(Missing):
                actions.unlink_identity(actor=stranger, now=now, identity=id)
        actions.unlink_identity(actor=who, now=now, identity=id)
        row = SignInIdentity.objects.get(id=id)
        assert (row.unlinked_at, row.subject, bytes(row.salt)) == (now, "", b"")
        entry = Entry.objects.get(subject_id=id, kind="org.identity_unlinked")
        assert (entry.recorded_at, entry.units) == (now, [organisation.hue])
        for gone in (id, new_id()):
            with pytest.raises(Missing):
                actions.unlink_identity(actor=who, now=now, identity=gone)


def test_an_account_is_given_back_by_whoever_stands_above_all_of_its_units(
    organisation: Organisation, now: datetime
) -> None:
    def posted(unit: UUID, account: UUID, role: Role) -> None:
        post = org.create_post(actor=SYSTEM, now=now, unit=unit, title="Quản trị")
        org.take_post(actor=SYSTEM, now=now, account=account, post=post, starts_on=date(2026, 1, 1))
        org.grant_role(actor=SYSTEM, now=now, post=post, role=role, unit=unit, reason="Bổ nhiệm")

    posted(organisation.hanoi, account_of(organisation.hanoi_officer), Role.ADMINISTRATOR)
    local = authority.actor_of(account_of(organisation.hanoi_officer))
    assert local is not None
    commune, hanoi, hue, top = (
        [organisation.commune], [organisation.hanoi], [organisation.hue], [organisation.ministry],
    )  # fmt: skip
    officer = account_of(organisation.commune_officer)
    assert policies.may_reset(local, officer, commune) is True
    for units in (hanoi, hue, top, [*commune, *hue], [], [new_id()]):
        assert not policies.may_reset(local, officer, units)
        assert policies.may_reset(organisation.admin, officer, units) is True
    assert not policies.may_reset(organisation.admin, account_of(organisation.admin), commune)
