"""Every action of accounts."""

from datetime import date, datetime, timedelta

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.account import actions as account
from thammuu.org.account import totp
from thammuu.org.account.models import ApiToken, Factor, SignInIdentity
from thammuu.org.account.rules import FAILURES, SPRAY_NAMES, Kind
from thammuu.org.rules import Role


def act(does: Replay, organisation: Organisation) -> None:
    duty, system = organisation.duty, authority.SYSTEM
    tried = [("duty", "")] * FAILURES + [(f"không có {number}", "192.0.2.7") for number in range(SPRAY_NAMES)]
    at = does.now
    for name, address in tried:
        does.now = at
        attempt = does(account.begin_attempt, actor=system, name=name, address=address)
        does(account.fail_attempt, actor=system, attempt=attempt)
    attempt = does(account.begin_attempt, actor=system, name="viewer", address="")
    does(account.withdraw_attempt, actor=system, attempt=attempt)
    first, second, third = (
        does(account.begin_session, actor=duty, key=f"key {number}", device="Firefox, Linux") for number in range(3)
    )
    does(account.note_seen, actor=duty, session=first)
    does(account.end_other_session, actor=duty, session=third)
    secret = totp.new_secret()
    codes = does(account.add_app, actor=duty, secret=secret, name="Máy", code=_code(secret, does.now, 1))
    assert does(account.spend_code, actor=duty, given=_code(secret, does.now, 1))
    assert does(account.spend_code, actor=duty, given=codes[0])
    does(account.add_passkey, actor=duty, credential="khóa", public=b"x", counter=1, name="Khóa")
    assert does(account.spend_passkey, actor=duty, credential="khóa", counter=2)
    does(account.make_codes, actor=duty)
    does(account.remove_factor, actor=duty, factor=Factor.objects.get(kind=Kind.PASSKEY).id)
    does(account.change_password, actor=duty, password="một hai ba bốn", keep=second)
    does(account.end_other_sessions, actor=duty, keep=None)
    does(account.begin_session, actor=duty, key="key 4", device="")
    does(account.sign_out, actor=duty, session=None)
    issuer = "https://sso.example.vn"
    for actor, subject in ((duty, "1"), (organisation.hanoi_officer, "2")):
        does(account.link_identity, actor=actor, account=actor.account, issuer=issuer, subject=subject)
    does(account.unlink_identity, actor=duty, identity=SignInIdentity.objects.get(subject="1").id)
    ends = does.now + timedelta(days=30)
    for actor in (duty, organisation.hanoi_officer):
        does(account.make_token, actor=actor, purpose="Tổng đài", scopes=["log:write"], unit=None, ends_at=ends)
    token = ApiToken.objects.get(account_id=duty.account).id
    does(account.note_use, actor=duty, token=token, uses=3, day=does.now.date())
    does(account.revoke_token, actor=duty, token=token, reason="đổi máy")
    does(
        org.create_unit, actor=organisation.admin, code="00009", level="commune", name="Phú Xuân",
        parent=organisation.hanoi, starts_on=date(2026, 1, 1),
    )  # fmt: skip
    does(
        account.open_accounts, actor=organisation.admin, superior=organisation.hanoi, title="Trực ban",
        role=Role.UNIT_OFFICER,
    )  # fmt: skip
    does(account.reset_account, actor=organisation.admin, account=organisation.hanoi_officer.account, reason="mất máy")


def _code(secret: str, at: datetime, minutes: int) -> str:
    """What an app shows so many minutes later, when the action is done."""
    return totp.code_at(secret, totp.step_of(at + timedelta(minutes=minutes)))
