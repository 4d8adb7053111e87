"""Addresses of sign-in, of accounts and of the directory."""

from django.urls import path

from thammuu.org import unit_acts, unit_pages, unit_plans
from thammuu.org.account.web import administering, locking, oidc, own, passkey, signing_in, tokens
from thammuu.org.granting import emergency_pages
from thammuu.org.granting import web as granting

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/second/", signing_in.second_factor, name="sign_in_second"),
    path("sign-in/first-use/", signing_in.first_use, name="sign_in_first_use"),
    path("sign-in/oidc/<slug:name>/", oidc.begin, name="oidc_sign_in"),
    path("sign-in/oidc/<slug:name>/callback/", oidc.callback, name="oidc_callback"),
    path("sign-out/oidc/<slug:name>/", oidc.signed_out, name="oidc_signed_out"),
    path("account/identities/<slug:name>/linking/", oidc.linking, name="account_identity_linking"),
    path("account/identities/<uuid:id>/unlinking/", oidc.unlinking, name="account_identity_unlinking"),
    path("accounts/<uuid:id>/identities/", oidc.identities, name="account_identities"),
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
    path("account/tokens/new/", tokens.making, name="account_token_making"),
    path("account/tokens/<uuid:id>/revocation/", tokens.revocation, name="account_token_revocation"),
    path("accounts/tokens/", tokens.tokens, name="account_tokens"),
    path("accounts/", administering.accounts, name="accounts"),
    path("accounts/letters/", administering.letters, name="account_letters"),
    path("accounts/<uuid:id>/reset/", administering.reset, name="account_reset"),
    path("rights/", granting.rights, name="rights"),
    path("rights/posts/<uuid:id>/", granting.post_rights, name="post_rights"),
    path("rights/posts/<uuid:id>/rights.<slug:kind>", granting.rights_table, name="rights_table"),
    path("rights/posts/<uuid:id>/grants/new/", granting.new_grant, name="new_grant"),
    path("rights/grants/<uuid:id>/withdrawal/", granting.withdrawal, name="grant_withdrawal"),
    path("rights/openings/", emergency_pages.opening_list, name="openings"),
    path("rights/openings/new/", emergency_pages.new_opening, name="new_opening"),
    path("rights/openings/<uuid:id>/end/", emergency_pages.opening_end, name="opening_end"),
    path("rights/openings/<uuid:id>/review/", emergency_pages.opening_review, name="opening_review"),
    path("why/<slug:kind>/<uuid:id>/", granting.why, name="why"),
    path("units/", unit_pages.unit_list, name="units"),
    path("units/import/", unit_plans.unit_import, name="unit_import"),
    path("units/import/template.xlsx", unit_plans.unit_template, name="unit_template"),
    path("units/plans/<uuid:id>/", unit_plans.rehearsal, name="unit_plan"),
    path("units/plans/<uuid:id>/confirmation/", unit_plans.confirmation, name="unit_plan_confirmation"),
    path("units/plans/<uuid:id>/removal/", unit_plans.removal, name="unit_plan_removal"),
    path("units/<uuid:id>/", unit_pages.unit, name="unit"),
    path("units/<uuid:id>/naming/", unit_acts.naming, name="unit_naming"),
    path("units/<uuid:id>/closure/", unit_acts.closure, name="unit_closure"),
    path("units/<uuid:id>/merger/", unit_acts.merger, name="unit_merger"),
    path("units/<uuid:id>/split/", unit_acts.split, name="unit_split"),
]
