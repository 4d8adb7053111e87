"""Addresses of sign-in, of accounts and of the directory."""

from django.urls import path

from thammuu.org import web
from thammuu.org.account.web import administering, locking, own, passkey, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/second/", signing_in.second_factor, name="sign_in_second"),
    path("sign-in/first-use/", signing_in.first_use, name="sign_in_first_use"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/", own.account, name="account"),
    path("account/lock/", locking.lock, name="account_lock"),
    path("account/unlock/", locking.unlock, name="account_unlock"),
    path("account/password/", own.password, name="account_password"),
    path("account/app/", own.app, name="account_app"),
    path("account/passkey/", passkey.passkey, name="account_passkey"),
    path("account/codes/", own.codes, name="account_codes"),
    path("account/factors/<uuid:id>/removal/", own.factor_removal, name="account_factor_removal"),
    path("account/sessions/end/", own.sessions_end, name="account_sessions_end"),
    path("account/sessions/<uuid:id>/end/", own.session_end, name="account_session_end"),
    path("accounts/", administering.accounts, name="accounts"),
    path("accounts/letters/", administering.letters, name="account_letters"),
    path("accounts/<uuid:id>/reset/", administering.reset, name="account_reset"),
    path("units/", web.unit_list, name="units"),
    path("units/import/", web.unit_import, name="unit_import"),
]
