"""Two that give the same proof at the same instant, each on a connection of its own: one is let in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.ground import NOW, Organisation, build_organisation
from tests.org.test_account_actions import account_of, with_app
from thammuu.journal import fold
from thammuu.journal.models import Entry
from thammuu.org.account import actions, queries, rules, totp
from thammuu.org.account.policies import Locked
from thammuu.org.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4


@pytest.fixture
def organisation(settings: Any) -> Organisation:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build_organisation()


def at_once(act: Callable[[], object], count: int = MANY) -> list[object]:
    together = Barrier(count)

    def run(_number: int) -> object:
        together.wait()
        try:
            return act()
        except Locked as locked:
            return locked
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_two_that_give_one_recovery_code_at_once_one_is_let_in(organisation: Organisation) -> None:
    _secret, codes = with_app(organisation.duty, NOW)
    answers = at_once(lambda: actions.spend_code(actor=organisation.duty, now=NOW, given=codes[0]))
    assert sorted(answers, key=str) == [False] * (MANY - 1) + [True]
    assert queries.factors_of(account_of(organisation.duty))[1].codes_left == 9
    assert Entry.objects.filter(kind="org.recovery_code_used").count() == 1
    assert list(fold.differences()) == []


def test_of_two_that_give_one_code_of_the_app_at_once_one_is_let_in(organisation: Organisation) -> None:
    secret, _codes = with_app(organisation.duty, NOW)
    later = NOW + timedelta(minutes=2)
    code = totp.code_at(secret, totp.step_of(later))
    answers = at_once(lambda: actions.spend_code(actor=organisation.duty, now=later, given=code))
    assert sorted(answers, key=str) == [False] * (MANY - 1) + [True]


def test_of_two_uses_of_a_copied_passkey_at_once_one_is_taken(organisation: Organisation) -> None:
    actions.add_passkey(actor=organisation.duty, now=NOW, credential="a", public=b"x", counter=5, name="")
    answers = at_once(lambda: actions.spend_passkey(actor=organisation.duty, now=NOW, credential="a", counter=6))
    assert sorted(answers, key=str) == [False] * (MANY - 1) + [True]


def test_many_guesses_at_once_are_no_more_than_the_lock_allows(organisation: Organisation) -> None:
    answers = at_once(lambda: actions.begin_attempt(actor=SYSTEM, now=NOW, name="duty", address=""), rules.FAILURES + 5)
    assert len([one for one in answers if isinstance(one, Locked)]) == 5
    numbers = sorted(one.number for one in answers if isinstance(one, actions.Attempt))
    assert numbers == list(range(1, rules.FAILURES + 1))


def test_a_session_ended_twice_at_once_is_told_once(organisation: Organisation) -> None:
    from tests.org.test_account_actions import session

    duty = organisation.duty
    session(duty, NOW)
    ended = at_once(lambda: actions.end_other_sessions(actor=duty, now=NOW, keep=None))
    assert sorted(ended, key=str) == [0] * (MANY - 1) + [1]
    assert Entry.objects.filter(kind="org.session_ended").count() == 1
