"""The only writers of passwords, second factors, sessions and attempts."""

from thammuu.org.account.actions.attempts import Attempt, begin_attempt, fail_attempt, withdraw_attempt
from thammuu.org.account.actions.factors import (
    add_app,
    add_passkey,
    make_codes,
    remove_factor,
    spend_code,
    spend_passkey,
)
from thammuu.org.account.actions.identities import link_identity, unlink_identity
from thammuu.org.account.actions.opening import Opened, open_accounts
from thammuu.org.account.actions.passwords import change_password, reset_account
from thammuu.org.account.actions.sessions import (
    begin_session,
    end_other_session,
    end_other_sessions,
    note_seen,
    sign_out,
)
from thammuu.org.account.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "Attempt",
    "Opened",
    "add_app",
    "add_passkey",
    "begin_attempt",
    "begin_session",
    "change_password",
    "end_other_session",
    "end_other_sessions",
    "fail_attempt",
    "link_identity",
    "make_codes",
    "make_token",
    "note_seen",
    "note_use",
    "open_accounts",
    "remove_factor",
    "reset_account",
    "revoke_token",
    "sign_out",
    "spend_code",
    "spend_passkey",
    "unlink_identity",
    "withdraw_attempt",
]
