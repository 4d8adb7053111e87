"""Accounts as an attacker sees them: what sign-in gives away, what a cookie opens, what a browser is left with."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher, get_hasher
from django.test import Client

from tests.ground import Organisation, client_of
from tests.org.test_account_pages import NEW, is_in, said, signed_in
from thammuu.kernel import clock
from thammuu.org.account import current, forms, rules, secrecy
from thammuu.org.models import Account
from thammuu.org.sign_in import PasswordBackend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]

TYPED = " Nhiều  từ, dấu cách và \u0111 \U0001f600 " + "x" * 60


class Counting(MD5PasswordHasher):
    """Counts how often it works; that is what the time of an answer shows."""

    algorithm = "counting"
    worked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).worked += 1
        return str(super().encode(password, salt))


def test_an_unknown_a_closed_and_a_known_name_cost_the_same_work(organisation: Organisation, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    for name in ("duty", "chief"):
        account = Account.objects.get(sign_in_name=name)
        account.set_password(name)
        account.save()
    Account.objects.filter(sign_in_name="chief").update(is_active=False)
    Account.objects.filter(sign_in_name="viewer").update(password="")
    work = {}
    for name in ("duty", "chief", "nobody", "viewer"):
        Counting.worked = 0
        assert PasswordBackend().authenticate(None, username=name, password="wrong") is None
        work[name] = Counting.worked
    assert set(work.values()) == {work["duty"]}, work
    Account.objects.filter(sign_in_name="chief").update(is_active=True)


def test_a_session_planted_before_sign_in_is_not_the_one_after(organisation: Organisation) -> None:
    victim = Client()
    victim.post("/sign-in/", {"username": "duty", "password": "wrong"})
    victim.cookies[settings.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    victim.post("/sign-in/", {"username": "duty", "password": "duty"})
    key = victim.session.session_key
    assert key is not None and re.fullmatch(r"[a-z0-9]{32}", key)  # 165 bits
    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    assert is_in(victim) and not is_in(attacker)


def test_the_key_from_before_the_second_factor_is_worth_nothing_after_it(organisation: Organisation) -> None:
    from tests.org.test_account_pages import enrolled

    _secret, codes = enrolled(signed_in("duty"))
    client, thief = Client(), Client()
    client.post("/sign-in/", {"username": "duty", "password": "duty"})
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key or ""
    client.post("/sign-in/second/", {"code": codes[0]})
    assert is_in(client)
    assert not is_in(thief)
    assert thief.get("/sign-in/second/").status_code == 302


def test_a_cookie_kept_from_before_opens_nothing_after_sign_out(organisation: Organisation) -> None:
    client, thief = signed_in("duty"), Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key or ""
    assert is_in(thief)
    client.post("/sign-out/")
    assert not is_in(thief)


def test_a_closed_account_is_out_at_once(organisation: Organisation) -> None:
    client = signed_in("duty")
    Account.objects.filter(sign_in_name="duty").update(is_active=False)
    assert not is_in(client)
    Account.objects.filter(sign_in_name="duty").update(is_active=True)


def test_cookies_of_the_session_are_closed_to_scripts_and_other_sites(organisation: Organisation) -> None:
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "duty", "password": "duty"})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
        assert not cookie["domain"]
    assert settings.SESSION_COOKIE_SECURE is settings.CSRF_COOKIE_SECURE


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example",
     "https:///evil.example", "\t//evil.example", "data:text/html,x", "ftp://testserver/"],
)  # fmt: skip
def test_no_address_leads_to_another_site(organisation: Organisation, address: str) -> None:
    client = Client()
    given = {"username": "duty", "password": "duty", "next": address}
    assert client.post("/sign-in/", given)["Location"] == "/"
    client.post("/account/lock/")
    assert client.post("/account/unlock/", {"proof": "duty", "next": address})["Location"] == "/"
    assert client.get("/account/unlock/", {"next": address})["Location"] == "/"
    assert "Location" not in client.get("/account/", {"next": address})


def test_a_foreign_host_is_not_answered(organisation: Organisation) -> None:
    for host in ("evil.example", "localhost.evil.example", "localhost:80@evil.example"):
        assert Client().get("/sign-in/", headers={"host": host}).status_code == 400
    admin = signed_in("admin")
    letter = admin.post(
        f"/accounts/{organisation.hue_officer.account}/reset/", {"reason": "x"}, headers={"x-forwarded-host": "evil"}
    )
    assert "evil" not in letter.content.decode()


def test_no_form_is_taken_without_its_token(organisation: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ("/sign-in/", "/sign-out/", "/account/password/", "/account/lock/", "/accounts/letters/"):
        assert client.post(address, {"username": "duty", "password": "duty"}).status_code == 403


def test_what_changes_an_account_asks_for_a_fresh_proof(organisation: Organisation) -> None:
    """By direct POST, whatever page was open before."""
    admin, other = signed_in("admin"), signed_in("admin")
    session = admin.session
    session[current.PROVED] = (clock.now() - rules.PROOF).isoformat()
    session.save()
    one = "00000000-0000-7000-8000-000000000000"
    for address in (
        "/account/app/",
        "/account/passkey/",
        "/account/codes/",
        f"/account/factors/{one}/removal/",
        "/account/sessions/end/",
        f"/account/sessions/{one}/end/",
        f"/accounts/{organisation.hue_officer.account}/reset/",
        "/accounts/letters/",
    ):
        for data in ({}, {"proof": ""}, {"proof_answer": "{}"}):
            assert admin.post(address, data).status_code in (403, 422), address
    del session[current.PROVED]
    session.save()
    assert admin.post("/account/sessions/end/").status_code == 403
    assert is_in(other)
    said(admin, "/account/sessions/end/", {"proof": "admin"})
    assert not is_in(other)


def test_no_page_of_an_officer_stays_in_the_browser(organisation: Organisation) -> None:
    """The back button after signing out shows nothing: no page was kept."""
    client = signed_in("chief")
    for address in ("/", "/watch/", "/account/", "/units/", "/directives/", "/journal/", "/search/?q=x", "/map/"):
        answer = client.get(address)
        assert "no-store" in answer.headers.get("Cache-Control", ""), address
    assert "no-store" in Client().get("/sign-in/")["Cache-Control"]


def test_pages_say_what_a_browser_may_do(organisation: Organisation) -> None:
    for client in (Client(), client_of(organisation.duty)):
        for address in ("/sign-in/", "/watch/", "/nowhere/"):
            answer = client.get(address)
            policy = answer.headers["Content-Security-Policy"]
            for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
                assert directive in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")
            if answer.content:
                assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"


def test_no_other_origin_is_invited(organisation: Organisation) -> None:
    answer = client_of(organisation.duty).get("/watch/", headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "password", ["password1234", "123456789012", "thammuu thammuu", "Công an Hà Nội", "duty duty duty"]
)
def test_guessable_passwords_are_refused(organisation: Organisation, password: str) -> None:
    account = Account.objects.get(sign_in_name="duty")
    form = forms.NewPasswordForm({"password": password, "again": password}, account=account)
    assert not form.is_valid()


@pytest.mark.parametrize("password", [TYPED, "x" * 12 + "yz" * 200, "một hai ba bốn", "aaaaaaaaaaab"])
def test_a_password_is_taken_as_it_was_typed(organisation: Organisation, password: str) -> None:
    client = signed_in("duty")
    given = {"present": "duty", "password": password, "again": password}
    assert client.post("/account/password/", given)["Location"] == "/account/"
    account = Account.objects.get(sign_in_name="duty")
    assert account.check_password(password)
    for other in (password.strip(), password.lower(), password[:64], password + " "):
        assert other == password or not account.check_password(other)
    assert Client().post("/sign-in/", {"username": "duty", "password": password}).status_code == 302


def test_a_password_grows_no_older(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account.objects.get(sign_in_name="duty")
    assert not [field.name for field in Account._meta.fields if "expire" in field.name or "changed" in field.name]
    assert account.first_use_ends is None


def test_fields_of_passwords_hide_and_take_what_managers_give(organisation: Organisation) -> None:
    page = said(Client(), "/sign-in/")
    assert re.search(r'<input[^>]*type="password"[^>]*autocomplete="current-password"', page) or re.search(
        r'<input[^>]*autocomplete="current-password"[^>]*type="password"', page
    )
    own = said(signed_in("duty"), "/account/password/")
    assert own.count('type="password"') >= 3
    assert own.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page + own


def test_passwords_are_kept_by_argon2() -> None:
    from thammuu.config import settings as own

    assert own.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hasher = get_hasher("argon2") if settings.PASSWORD_HASHERS == own.PASSWORD_HASHERS else None
    if hasher is not None:
        assert (hasher.memory_cost, hasher.time_cost) >= (19 * 1024, 2)  # type: ignore[attr-defined]


def test_an_encrypted_secret_that_was_changed_is_not_read() -> None:
    closed = secrecy.close("secret")
    for place in range(0, len(closed), 7):
        changed = closed[:place] + ("A" if closed[place] != "A" else "B") + closed[place + 1 :]
        assert secrecy.open_up(changed) is None
    assert secrecy.open_up("") is None


def test_signing_out_is_on_every_page(organisation: Organisation) -> None:
    client = signed_in("duty")
    for address in ("/", "/watch/", "/account/", "/units/"):
        assert 'action="/sign-out/"' in said(client, address), address


def test_nothing_but_pages_and_assets_is_served(organisation: Organisation) -> None:
    client = signed_in("duty")
    for address in ("/.git/config", "/static/", "/static/ui/", "/static/../thammuu.toml", "/media/", "/admin/"):
        assert client.get(address).status_code == 404, address


def test_trace_is_not_answered(organisation: Organisation) -> None:
    for method in ("TRACE", "CONNECT", "PUT", "DELETE", "PATCH"):
        assert signed_in("duty").generic(method, "/account/").status_code in (403, 405)


def test_no_secret_stands_in_an_address(organisation: Organisation) -> None:
    client = Client()
    assert client.get("/sign-in/", {"username": "duty", "password": "duty"}).status_code == 200
    assert not is_in(client)
    client = signed_in("duty")
    key = client.session.session_key or ""
    page = said(client, "/account/")
    assert key not in page
    forms_by_get = re.findall(r'<form[^>]*method="get"[^>]*>.*?</form>', page, re.S)
    assert not any('type="password"' in form for form in forms_by_get)


def test_a_parameter_sent_twice_counts_once(organisation: Organisation) -> None:
    client = Client()
    answer = client.post("/sign-in/?username=chief&password=chief", {"username": "nobody", "password": "x"})
    assert answer.status_code == 422
    body = "username=chief&username=duty&password=chief&password=duty"
    answer = client.post("/sign-in/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert str(client.session["_auth_user_id"]) == str(organisation.duty.account)


def test_an_unexpected_fault_tells_nothing(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    from thammuu.org.account.web import own

    def broken(account: object) -> str:
        raise RuntimeError("secret of the server room")

    client = signed_in("duty")
    client.raise_request_exception = False
    monkeypatch.setattr(own.queries, "name_of", broken)
    answer = client.get("/account/")
    assert answer.status_code == 500
    for word in ("secret of", "RuntimeError", "Traceback", "queries.py", "/work"):
        assert word not in answer.content.decode()


def test_a_locked_page_gives_nothing_by_any_address(organisation: Organisation) -> None:
    """The idle cover is not only drawn: nothing is read or written with the session, except its officer's proof."""
    client = signed_in("admin")
    client.post("/account/lock/")
    reset = f"/accounts/{organisation.hue_officer.account}/reset/"
    for address in ("/", "/account/", "/watch/", "/search/suggest/?q=a", "/units/", "/accounts/"):
        assert client.get(address).status_code in (302, 401), address
    for address, data in ((reset, {"reason": "x", "proof": "wrong"}), ("/account/password/", {"password": NEW})):
        assert client.post(address, data)["Location"].startswith("/account/unlock/")
    assert client.get("/account/").status_code == 302
