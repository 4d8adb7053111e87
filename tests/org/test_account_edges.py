"""What the actions of accounts do at their edges: nobody signed in, nothing to do, an app whose secret is gone."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.ground import Organisation
from tests.org.test_account_actions import account_of, fail, session, told, with_app
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.account import actions, queries, rules, totp
from thammuu.org.account.models import AddressBlock, Factor, SignInAttempt, SignInSession
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account

pytestmark = pytest.mark.usefixtures("fold_equals_tables")


def test_the_system_itself_has_no_account(organisation: Organisation, now: datetime) -> None:
    for act in (
        lambda: actions.change_password(actor=SYSTEM, now=now, password="x", keep=None),
        lambda: actions.begin_session(actor=SYSTEM, now=now, key="x", device=""),
        lambda: actions.add_app(actor=SYSTEM, now=now, secret="", code="", name=""),
        lambda: actions.end_other_session(actor=SYSTEM, now=now, session=new_id()),
    ):
        with pytest.raises(Missing):
            act()
    actions.sign_out(actor=SYSTEM, now=now, session=None)
    assert actions.end_other_sessions(actor=SYSTEM, now=now, keep=None) == 0
    assert "org.signed_out" not in told()


def test_who_signs_out_ends_this_session_only(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    (mine, _key), (other, _other_key) = session(duty, now), session(duty, now)
    actions.sign_out(actor=duty, now=now, session=mine)
    assert told()[-2:] == ["org.signed_out", "org.session_ended"]
    assert [row.id for row in queries.sessions_of(account_of(duty), now, None)] == [other]
    actions.sign_out(actor=duty, now=now, session=None)
    assert told()[-1] == "org.signed_out"
    assert SignInSession.objects.get(id=mine).key == ""


def test_ending_the_others_says_how_many_and_tells_nothing_of_none(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    mine, _key = session(duty, now)
    before = told()
    assert actions.end_other_sessions(actor=duty, now=now, keep=mine) == 0
    assert told() == before
    session(duty, now), session(duty, now)
    assert actions.end_other_sessions(actor=duty, now=now, keep=mine) == 2
    assert told()[-2:] == ["org.session_ended"] * 2


def test_a_session_that_is_used_is_noted_until_it_ends(organisation: Organisation, now: datetime) -> None:
    duty, later = organisation.duty, now + timedelta(hours=1)
    mine, _key = session(duty, now)
    actions.note_seen(actor=duty, now=later, session=mine)
    assert SignInSession.objects.get(id=mine).seen_at == later
    actions.end_other_session(actor=duty, now=later, session=mine)
    actions.note_seen(actor=duty, now=later + timedelta(hours=1), session=mine)
    assert SignInSession.objects.get(id=mine).seen_at == later


def test_one_of_two_factors_goes_and_the_codes_stay(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    _secret, codes = with_app(duty, now)
    assert with_app(duty, now)[1] == []  # the codes that there are go on
    first, second = [row for row in queries.factors_of(account_of(duty)) if row.kind == "app"]
    actions.remove_factor(actor=duty, now=now, factor=first.id)
    assert {row.kind for row in queries.factors_of(account_of(duty))} == {"codes", "app"}
    assert actions.spend_code(actor=duty, now=now, given=codes[0])
    with pytest.raises(Missing):
        actions.remove_factor(actor=duty, now=now, factor=first.id)
    actions.remove_factor(actor=duty, now=now, factor=second.id)
    assert queries.factors_of(account_of(duty)) == []
    assert Factor.objects.get(id=second.id).closed == ""


def test_an_app_whose_secret_cannot_be_read_opens_nothing(
    organisation: Organisation, now: datetime, settings: pytest.FixtureRequest
) -> None:
    duty = organisation.duty
    secret, codes = with_app(duty, now)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    later = now + timedelta(minutes=1)
    assert not actions.spend_code(actor=duty, now=later, given=totp.code_at(secret, totp.step_of(later)))
    assert actions.spend_code(actor=duty, now=later, given=codes[0])


def test_a_passkey_that_counts_nothing_is_taken_each_time(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    actions.add_passkey(actor=duty, now=now, credential="a", public=b"x", counter=0, name="")
    spent = [actions.spend_passkey(actor=duty, now=now, credential=one, counter=0) for one in ("a", "a", "b")]
    assert spent == [True, True, False]
    assert not actions.spend_passkey(actor=organisation.chief, now=now, credential="a", counter=1)


def test_a_closed_account_is_not_given_back(organisation: Organisation, now: datetime) -> None:
    hue = account_of(organisation.hue_officer)
    Account.objects.filter(id=hue).update(is_active=False)
    for one in (hue, new_id()):
        with pytest.raises(Missing):
            actions.reset_account(actor=organisation.admin, now=now, account=one, reason="x")
    Account.objects.filter(id=hue).update(is_active=True)


def test_failures_without_an_address_block_none(organisation: Organisation, now: datetime) -> None:
    for number in range(rules.SPRAY_NAMES + 1):
        fail(f"tên {number}", now, address="")
    assert not AddressBlock.objects.exists()


def test_a_block_is_told_once_and_ends_by_itself(organisation: Organisation, now: datetime) -> None:
    attempts = [
        actions.begin_attempt(actor=SYSTEM, now=now, name=f"tên {number}", address="192.0.2.7")
        for number in range(rules.SPRAY_NAMES + 2)
    ]
    for attempt in attempts:
        actions.fail_attempt(actor=SYSTEM, now=now, attempt=attempt)
    assert told().count("org.address_blocked") == 1
    after = now + rules.BLOCK
    assert actions.begin_attempt(actor=SYSTEM, now=after, name="duty", address="192.0.2.7").number == 1
    with pytest.raises(BadInput):
        actions.reset_account(actor=SYSTEM, now=now, account=UUID(int=0), reason="")


def test_a_name_that_was_proved_starts_anew_and_old_failures_are_dropped(
    organisation: Organisation, now: datetime
) -> None:
    fail("ai đó", now - 5 * rules.WINDOW)
    fail("chief", now)
    fail("duty", now)
    session(organisation.duty, now)
    kept = SignInAttempt.objects.count()
    assert kept == 1  # the chief's, which is of today and another name
    attempt = actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address="")
    assert attempt.number == 1
    actions.withdraw_attempt(actor=SYSTEM, now=now, attempt=attempt)
    assert SignInAttempt.objects.count() == kept
