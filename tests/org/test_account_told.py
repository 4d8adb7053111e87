"""What is told of the acts of accounts, to the units that may read it, and what is kept: each value, to the edge."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import pytest

from tests.ground import Organisation
from tests.org.test_account_actions import account_of, fail, session, with_app
from thammuu.journal.models import Body, Entry
from thammuu.org.account import actions, queries, recovery, rules, totp
from thammuu.org.account.models import AddressBlock, Factor, SignInAttempt, SignInSession
from thammuu.org.account.policies import Locked
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account

pytestmark = pytest.mark.usefixtures("fold_equals_tables")
ADDRESS = "192.0.2.7"


def last(kind: str) -> Entry:
    entry = Entry.objects.filter(kind=kind).order_by("-sequence").first()
    assert entry is not None
    return entry


def body_of(entry: Entry) -> dict[str, object]:
    body = orjson.loads(Body.objects.get(entry=entry.id).text)
    return {**body, **body.get("sets", {}), **body.get("context", {})}


def test_an_officers_unit_reads_what_it_did_to_its_own_account(organisation: Organisation, now: datetime) -> None:
    hue = organisation.hue_officer
    before = Entry.objects.count()
    _secret, codes = with_app(hue, now)
    assert actions.spend_code(actor=hue, now=now, given=codes[0])
    actions.make_codes(actor=hue, now=now)
    (mine, _key), (other, _other) = session(hue, now), session(hue, now)
    actions.end_other_session(actor=hue, now=now, session=other)
    session(hue, now)
    actions.end_other_sessions(actor=hue, now=now, keep=mine)
    for row in queries.factors_of(account_of(hue)):
        if row.kind == "app":
            actions.remove_factor(actor=hue, now=now, factor=row.id)
    actions.change_password(actor=hue, now=now, password="mật khẩu dài và mới", keep=mine)
    actions.sign_out(actor=hue, now=now, session=mine)
    own = Entry.objects.order_by("sequence")[before:]
    assert len(own) > 10
    assert {tuple(entry.units) for entry in own} == {(organisation.hue,)}
    assert {(entry.claimed_at, entry.recorded_at) for entry in own} == {(now, now)}


def test_a_factor_has_the_name_that_was_given_or_that_of_its_kind(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    for given in ("", "Khoá"):
        actions.add_passkey(actor=duty, now=now, credential=f"c{given}", public=b"x", counter=3, name=given)
    secret = totp.new_secret()
    step = totp.step_of(now)
    actions.add_app(actor=duty, now=now, secret=secret, code=totp.code_at(secret, step), name="")
    with_app(duty, now)
    rows = list(Factor.objects.order_by("id"))
    named = [(row.kind, bool(row.name), row.name in {"Khoá", "Máy trực"}) for row in rows]
    assert sorted(named) == sorted(
        [("passkey", True, False), ("codes", True, False), ("passkey", True, True), ("app", True, False),
         ("app", True, True)]
    )  # fmt: skip
    assert {row.counter for row in rows if row.kind == "passkey"} == {3}
    assert {row.counter for row in rows if row.kind == "app"} == {step}
    assert {row.added_at for row in rows} == {now}


def test_each_code_that_is_spent_is_one_less(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    _secret, codes = with_app(duty, now)
    assert len(codes) == 10
    for number, code in enumerate(codes[:2], start=1):
        assert actions.spend_code(actor=duty, now=now, given=code)
        row = Factor.objects.get(kind="codes")
        assert len(row.digests) == row.codes_left == 10 - number
        assert body_of(last("org.recovery_code_used"))["codes_left"] == 10 - number
    assert not actions.spend_code(actor=duty, now=now, given=codes[0])


def test_a_passkey_must_count_on(organisation: Organisation, now: datetime) -> None:
    duty = organisation.duty
    actions.add_passkey(actor=duty, now=now, credential="a", public=b"x", counter=1, name="")
    spent = [actions.spend_passkey(actor=duty, now=now, credential="a", counter=count) for count in (1, 0, 2, 2, 3)]
    assert spent == [False, False, True, False, True]
    assert Factor.objects.get(credential="a").counter == 3


def test_a_session_ends_after_a_watch_and_is_seen_when_it_begins(organisation: Organisation, now: datetime) -> None:
    mine, key = session(organisation.duty, now)
    row = SignInSession.objects.get(id=mine)
    assert (row.began_at, row.seen_at, row.ends_at) == (now, now, now + timedelta(hours=13))
    assert row.key == key and row.ended_at is None
    actions.end_other_session(actor=organisation.duty, now=now + timedelta(hours=1), session=mine)
    row.refresh_from_db()
    assert row.ended_at == now + timedelta(hours=1)
    ended = last("org.session_ended")
    assert ended.subject_id == mine
    assert UUID(str(body_of(ended)["of_account"])) == account_of(organisation.duty)


def test_ten_failures_lock_a_name_until_the_first_of_them_is_a_window_old(
    organisation: Organisation, now: datetime
) -> None:
    for second in range(9):
        fail("hue", now + timedelta(seconds=second))
    assert not Entry.objects.filter(kind="org.account_locked").exists()
    tenth = now + timedelta(seconds=9)
    fail("Hue ", tenth)  # the same name, but no account is called so
    assert not Entry.objects.filter(kind="org.account_locked").exists()
    with pytest.raises(Locked) as locked:
        actions.begin_attempt(actor=SYSTEM, now=tenth, name="hue", address="")
    assert locked.value.until == now + rules.WINDOW


def test_the_unit_reads_that_an_account_was_locked_and_until_when(organisation: Organisation, now: datetime) -> None:
    for _failure in range(10):
        fail("HUE", now)
    entry = last("org.account_locked")
    assert entry.subject_id == account_of(organisation.hue_officer)
    assert entry.units == [organisation.hue]
    said = body_of(entry)
    assert said["failures"] == 10
    assert datetime.fromisoformat(str(said["until"])) == now + timedelta(minutes=15)


def test_a_failure_counts_for_less_than_a_window(organisation: Organisation, now: datetime) -> None:
    fail("hue", now)
    moment = timedelta(microseconds=1)

    def number(at: datetime) -> int:
        attempt = actions.begin_attempt(actor=SYSTEM, now=at, name="hue", address="")
        actions.withdraw_attempt(actor=SYSTEM, now=at, attempt=attempt)
        return attempt.number

    assert number(now + rules.WINDOW - moment) == 2
    assert number(now + rules.WINDOW) == 1


def test_failures_are_dropped_when_they_are_older_than_four_windows(organisation: Organisation, now: datetime) -> None:
    hour = timedelta(hours=1)
    fail("một", now - hour - timedelta(microseconds=1))
    fail("hai", now - hour)
    session(organisation.duty, now)
    assert [row.at for row in SignInAttempt.objects.all()] == [now - hour]


def test_twenty_names_block_an_address_and_not_a_browser_that_is_known(
    organisation: Organisation, now: datetime
) -> None:
    attempts = [
        actions.begin_attempt(actor=SYSTEM, now=now, name=f"tên {number}", address=ADDRESS, known=known)
        for number, known in [*((number, "") for number in range(19)), (19, "browser"), (20, "")]
    ]
    for attempt in attempts[:19]:
        actions.fail_attempt(actor=SYSTEM, now=now, attempt=attempt)
    assert [attempt.number for attempt in attempts] == [1] * 21
    block = AddressBlock.objects.get()
    assert (block.address, block.began_at, block.ends_at) == (ADDRESS, now, now + timedelta(minutes=15))
    told = last("org.address_blocked")
    assert told.units == [] and body_of(told)["names"] == 21
    with pytest.raises(Locked) as locked:
        actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address=ADDRESS)
    assert locked.value.until == block.ends_at
    assert actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address=ADDRESS, known="browser").number == 1
    assert actions.begin_attempt(actor=SYSTEM, now=block.ends_at, name="duty", address=ADDRESS).number == 1


def test_a_reset_account_opens_for_two_weeks_with_a_secret_for_paper(organisation: Organisation, now: datetime) -> None:
    hue = account_of(organisation.hue_officer)
    secret = actions.reset_account(actor=organisation.admin, now=now, account=hue, reason="  mất máy ")
    letters = f"[{recovery.LETTERS}]{{4}}"
    assert re.fullmatch("-".join([letters] * 4), secret)
    row = Account.objects.get(id=hue)
    assert row.first_use_ends == now + timedelta(days=14)
    assert row.check_password(secret)
    told = last("org.account_restored")
    assert (told.subject_id, told.units) == (hue, [organisation.hue])
    assert body_of(told)["reason"] == "mất máy"


def test_secrets_and_codes_are_as_long_as_they_are_said_to_be() -> None:
    assert re.fullmatch("[A-Z2-7]{32}", totp.new_secret())
    codes = recovery.new_codes()
    assert len(codes) == len(set(codes)) == 10
    for code in codes:
        assert re.fullmatch("-".join(["[A-Z2-7]{4}"] * 4), code)
