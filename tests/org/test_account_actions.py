"""Second factors, locks, sessions and resets: rows, facts, refusals."""

from datetime import datetime, timedelta
from uuid import UUID

import orjson
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from tests.ground import Organisation
from thammuu.journal.models import Body, Entry
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org.account import actions, queries, rules, totp
from thammuu.org.account.models import AddressBlock, Factor, SignInAttempt
from thammuu.org.account.policies import Locked
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account

pytestmark = pytest.mark.usefixtures("fold_equals_tables")
ADDRESS = "192.0.2.7"


def account_of(actor: Actor) -> UUID:
    assert actor.account is not None
    return actor.account


def with_app(actor: Actor, now: datetime) -> tuple[str, list[str]]:
    """Give the actor an app. Returns its secret and the recovery codes."""
    secret = totp.new_secret()
    code = totp.code_at(secret, totp.step_of(now))
    return secret, actions.add_app(actor=actor, now=now, secret=secret, code=code, name="Máy trực")


def fail(name: str, now: datetime, address: str = ADDRESS) -> None:
    attempt = actions.begin_attempt(actor=SYSTEM, now=now, name=name, address=address)
    actions.fail_attempt(actor=SYSTEM, now=now, attempt=attempt)


def told() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("kind", flat=True))


def test_an_app_brings_recovery_codes_and_no_secret_into_the_journal(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    secret, codes = with_app(duty, now)
    assert [row.kind for row in queries.factors_of(account_of(duty))] == ["app", "codes"]
    kept = " ".join(Body.objects.values_list("text", flat=True)) + " ".join(
        str(row) for row in Factor.objects.values_list("closed", "digests")
    )
    for hidden in (secret, *codes):
        assert hidden not in kept
    assert told()[-2:] == ["org.factor_added", "org.factor_added"]


def test_an_app_that_shows_something_else_is_not_added(organisation: Organisation, now: datetime) -> None:
    secret = totp.new_secret()
    yesterday = totp.code_at(secret, totp.step_of(now - timedelta(days=1)))
    with pytest.raises(BadInput):
        actions.add_app(actor=organisation.duty, now=now, secret=secret, code=yesterday, name="")
    assert not queries.needs_second_factor(account_of(organisation.duty))


def test_each_code_opens_once(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    secret, codes = with_app(duty, now)
    later = now + timedelta(minutes=1)
    code = totp.code_at(secret, totp.step_of(later))
    answers = [actions.spend_code(actor=duty, now=later, given=given) for given in (code, code, codes[3], codes[3])]
    assert answers == [True, False, True, False]
    assert queries.factors_of(account_of(duty))[1].codes_left == 9
    assert told()[-1] == "org.recovery_code_used"


def test_a_forged_or_foreign_code_opens_nothing(organisation: Organisation, now: datetime) -> None:
    _secret, codes = with_app(organisation.duty, now)
    with_app(organisation.chief, now)
    for given in ("AAAA-AAAA-AAAA-AAAA", "", "000000", codes[0]):
        assert not actions.spend_code(actor=organisation.chief, now=now, given=given)


def test_new_codes_make_the_old_ones_void(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    _secret, old = with_app(duty, now)
    new = actions.make_codes(actor=duty, now=now)
    assert not actions.spend_code(actor=duty, now=now, given=old[0])
    assert actions.spend_code(actor=duty, now=now, given=new[0])


def test_without_a_second_factor_there_are_no_codes(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(Missing):
        actions.make_codes(actor=organisation.duty, now=now)
    _secret, codes = with_app(organisation.duty, now)
    (app, _codes) = queries.factors_of(account_of(organisation.duty))
    with pytest.raises(Missing):
        actions.remove_factor(actor=organisation.chief, now=now, factor=app.id)
    actions.remove_factor(actor=organisation.duty, now=now, factor=app.id)
    assert queries.factors_of(account_of(organisation.duty)) == []
    assert not actions.spend_code(actor=organisation.duty, now=now, given=codes[0])


def test_a_copied_passkey_is_noticed(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    actions.add_passkey(actor=duty, now=now, credential="a", public=b"x", counter=5, name="")
    used = [actions.spend_passkey(actor=duty, now=now, credential="a", counter=counter) for counter in (6, 6, 7)]
    assert used == [True, False, True]
    with pytest.raises(BadInput):
        actions.add_passkey(actor=organisation.chief, now=now, credential="a", public=b"x", counter=0, name="")


@pytest.mark.parametrize("name", ["duty", "không có ai"])
def test_failures_lock_a_name_whether_it_exists_or_not(organisation: Organisation, now: datetime, name: str) -> None:
    for _number in range(rules.FAILURES):
        fail(name, now)
    with pytest.raises(Locked) as locked:
        actions.begin_attempt(actor=SYSTEM, now=now, name=f" {name.upper()} ", address="")
    assert locked.value.until == now + rules.WINDOW
    assert told().count("org.account_locked") == (name == "duty")
    later = now + rules.WINDOW
    assert actions.begin_attempt(actor=SYSTEM, now=later, name=name, address="").number == 1
    assert name not in str(list(SignInAttempt.objects.values()))


def test_many_names_from_one_address_block_it(organisation: Organisation, now: datetime) -> None:
    for number in range(rules.SPRAY_NAMES):
        fail(f"tên {number}", now)
    with pytest.raises(Locked):
        actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address=ADDRESS)
    actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address="192.0.2.8")
    block = AddressBlock.objects.get()
    text = Body.objects.get(entry=Entry.objects.get(subject_id=block.id).id).text
    assert orjson.loads(text)["context"] == {"names": rules.SPRAY_NAMES}


def session(actor: Actor, now: datetime) -> tuple[UUID, str]:
    store = SessionStore()
    store.create()
    key = str(store.session_key)
    return actions.begin_session(actor=actor, now=now, key=key, device="Firefox, Linux"), key


def test_a_session_is_ended_at_its_key(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    (mine, my_key), (other, other_key) = session(duty, now), session(duty, now)
    with pytest.raises(Missing):
        actions.end_other_session(actor=organisation.chief, now=now, session=other)
    actions.end_other_session(actor=duty, now=now, session=other)
    assert [row.id for row in queries.sessions_of(account_of(duty), now, mine)] == [mine]
    assert set(Session.objects.values_list("session_key", flat=True)) == {my_key}
    assert other_key not in " ".join(Body.objects.values_list("text", flat=True))
    with pytest.raises(Missing):
        actions.end_other_session(actor=duty, now=now, session=other)


def test_a_new_password_ends_every_other_session(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    (mine, _key), _other = session(duty, now), session(duty, now)
    with pytest.raises(BadInput):
        actions.change_password(actor=duty, now=now, password="duty", keep=mine)
    actions.change_password(actor=duty, now=now, password="một hai ba bốn", keep=mine)
    assert [row.id for row in queries.sessions_of(account_of(duty), now, mine)] == [mine]
    assert told()[-2:] == ["org.password_changed", "org.session_ended"]


def test_a_superior_gives_back_a_lost_account(organisation: Organisation, now: datetime) -> None:
    hue = organisation.hue_officer
    with_app(hue, now)
    session(hue, now)
    secret = actions.reset_account(actor=organisation.admin, now=now, account=account_of(hue), reason="mất máy")
    row = Account.objects.get(id=account_of(hue))
    assert row.check_password(secret)
    assert row.first_use_ends == now + rules.FIRST_USE
    assert queries.factors_of(row.id) == []
    assert queries.sessions_of(row.id, now, None) == []
    assert secret not in " ".join(Body.objects.values_list("text", flat=True))
    assert told()[-4:] == ["org.account_restored", "org.factor_removed", "org.factor_removed", "org.session_ended"]


def test_nobody_but_the_superior_resets(organisation: Organisation, now: datetime) -> None:
    for actor in (organisation.chief, organisation.hanoi_officer, organisation.hue_officer):
        with pytest.raises(Refused):
            actions.reset_account(actor=actor, now=now, account=account_of(organisation.hue_officer), reason="x")
    with pytest.raises(Refused):
        actions.reset_account(
            actor=organisation.admin, now=now, account=account_of(organisation.admin), reason="tự làm"
        )
    with pytest.raises(BadInput):
        actions.reset_account(
            actor=organisation.admin, now=now, account=account_of(organisation.hue_officer), reason=" "
        )
