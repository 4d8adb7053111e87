"""One-time codes by RFC 6238, recovery codes, locks, devices, encryption: no database."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.org.account import recovery, rules, secrecy, totp

SEED = base64.b32encode(b"12345678901234567890").decode()
AT = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """Appendix B of RFC 6238, the last six of its eight digits."""
    assert totp.code_at(SEED, totp.step_of(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize("seconds", [-29, 0, 29])
def test_a_code_from_a_clock_that_is_seconds_off_is_taken(seconds: int) -> None:
    code = totp.code_at(SEED, totp.step_of(AT + timedelta(seconds=seconds)))
    assert totp.matching_step(SEED, f" {code[:3]} {code[3:]} ", AT, used=0)


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1), timedelta(seconds=60), timedelta(seconds=-60)])
def test_a_code_from_a_clock_that_is_further_off_is_not(off: timedelta) -> None:
    assert totp.matching_step(SEED, totp.code_at(SEED, totp.step_of(AT + off)), AT, used=0) is None


def test_a_code_is_taken_once() -> None:
    code = totp.code_at(SEED, totp.step_of(AT))
    step = totp.matching_step(SEED, code, AT, used=0)
    assert step is not None
    assert totp.matching_step(SEED, code, AT + timedelta(seconds=20), used=step) is None


def test_a_clock_that_was_ahead_keeps_no_app_out() -> None:
    ahead = totp.step_of(AT + timedelta(days=1))
    code = totp.code_at(SEED, totp.step_of(AT))
    step = totp.matching_step(SEED, code, AT, used=ahead)
    assert step == totp.step_of(AT)
    assert totp.matching_step(SEED, code, AT, used=step) is None
    # One step ahead is a telephone's doing, not the clock's.
    assert totp.matching_step(SEED, code, AT, used=totp.step_of(AT) + totp.DRIFT_STEPS) is None


@given(st.text(max_size=12))
def test_what_is_no_code_never_matches(text: str) -> None:
    present = totp.step_of(AT)
    codes = {totp.code_at(SEED, step) for step in (present - 1, present, present + 1)}
    assert totp.matching_step(SEED, text, AT, used=0) is None or "".join(text.split()) in codes


def test_the_address_for_apps_names_the_issuer() -> None:
    address = totp.address_for_apps("ABC", "trực ban", "Thammuu")
    assert address == ("otpauth://totp/Thammuu:tr%E1%BB%B1c%20ban?secret=ABC&issuer=Thammuu&digits=6&period=30")


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == recovery.CODES
    code = codes[0]
    assert recovery.digest(code) == recovery.digest(code.lower().replace("-", " "))
    assert recovery.digest(code) != recovery.digest(codes[1])


def test_a_name_is_locked_by_failures_and_opens_by_itself() -> None:
    failures = [AT + timedelta(seconds=number) for number in range(rules.FAILURES)]
    assert rules.locked_until(failures[1:]) is None
    assert rules.locked_until(failures) == AT + rules.WINDOW


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("", ""),
    ],
)
def test_a_device_is_told_in_short(said: str, device: str) -> None:
    assert rules.device_of(said) == device


def test_a_secret_is_read_with_the_key_that_closed_it_and_no_other(settings: Any) -> None:
    settings.SECRET_KEY = "first"
    closed = secrecy.close(SEED)
    assert SEED not in closed
    assert secrecy.open_up(closed) == SEED
    settings.SECRET_KEY = "second"
    assert secrecy.open_up(closed) is None
    settings.SECRET_KEY_FALLBACKS = ["first"]
    assert secrecy.open_up(closed) == SEED
