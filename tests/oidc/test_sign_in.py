"""Sign-in by way of a provider that runs: what it vouches for opens an account, and nothing else does."""

import socket
import threading
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest
from django.test import Client

from tests.ground import Organisation, client_of
from tests.oidc.running import RunningProvider
from thammuu.journal.models import Body, Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org.account import actions, current, totp
from thammuu.org.account.models import SignInIdentity
from thammuu.org.account.oidc import asking
from thammuu.org.account.oidc.provider import Provider
from thammuu.org.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
BEGIN, CALLBACK = "/sign-in/oidc/sso/", "/sign-in/oidc/sso/callback/"


def link(sso: RunningProvider, officer: Actor) -> UUID:
    assert officer.account is not None
    return actions.link_identity(
        actor=officer, now=clock.now(), account=officer.account, issuer=sso.issuer, subject=sso.subject
    )


def own(address: str) -> str:
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
    return f"{parts.path}?{parts.query}"


def went_and_came(sso: RunningProvider, client: Client, **changed: str) -> str:
    """Return the address of the way back, after a sign-in there; `changed` is what the browser changes on its way."""
    there = client.get(f"{BEGIN}?next=/units/")
    assert there.status_code == 302, there.content
    parts = urlsplit(there["Location"])
    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert said["code_challenge_method"] == "S256"
    return own(sso.answer_of(parts._replace(query=urlencode({**said, **changed})).geturl()))


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_linked_identity_opens_its_account(organisation: Organisation, sso: RunningProvider) -> None:
    link(sso, organisation.duty)
    client = Client()
    assert "Cổng SSO" in client.get("/sign-in/").content.decode()
    back = went_and_came(sso, client)
    assert client.get(back)["Location"] == "/units/"
    assert is_in(client)
    assert client.session["_auth_user_id"] == str(organisation.duty.account)
    left = client.post("/sign-out/")
    assert left["Location"] == "/sign-out/oidc/sso/"
    assert not is_in(client)
    page = client.get(left["Location"]).content.decode()
    assert f"{sso.issuer}/logout/?client_id=thammuu" in page


def test_an_unlinked_identity_opens_nothing_and_makes_nothing(organisation: Organisation, sso: RunningProvider) -> None:
    before = Account.objects.count()
    client = Client()
    answer = client.get(went_and_came(sso, client))
    assert answer.status_code == 403
    assert not is_in(client)
    assert Account.objects.count() == before and not SignInIdentity.objects.exists()
    identity = link(sso, organisation.duty)
    actions.unlink_identity(actor=organisation.duty, now=clock.now(), identity=identity)
    assert client.get(went_and_came(sso, client)).status_code == 403
    link(sso, organisation.duty)
    Account.objects.filter(id=organisation.duty.account).update(is_active=False)
    assert client.get(went_and_came(sso, client)).status_code == 403
    Account.objects.filter(id=organisation.duty.account).update(is_active=True)


def test_the_way_back_is_gone_once(organisation: Organisation, sso: RunningProvider) -> None:
    link(sso, organisation.duty)
    client, thief = Client(), Client()
    back = went_and_came(sso, client)
    assert thief.get(back).status_code == 403, "another browser's answer"
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code == 403, "the same answer again"
    code = parse_qs(urlsplit(back).query)["code"][0]
    state = parse_qs(urlsplit(client.get(BEGIN)["Location"]).query)["state"][0]
    assert client.get(f"{CALLBACK}?{urlencode({'code': code, 'state': state})}").status_code == 403, "a spent code"
    assert not is_in(client)


@pytest.mark.parametrize("changed", [{"state": "forged"}, {"nonce": "forged"}])
def test_what_the_browser_changed_on_its_way_opens_nothing(
    organisation: Organisation, sso: RunningProvider, changed: dict[str, str]
) -> None:
    link(sso, organisation.duty)
    client = Client()
    assert client.get(went_and_came(sso, client, **changed)).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "ways",
    [
        {"expires": -120},
        {"issuer": "https://sso.example.org"},
        {"signs": "second"},
        {"claims": {"aud": "another"}},
        {"claims": {"aud": ["thammuu", "another"], "azp": "another"}},
        {"claims": {"nonce": "another"}},
        {"claims": {"sub": ""}},
        {"claims": {"nbf": 4_000_000_000}},
    ],
    ids=["over", "issuer", "signature", "audience", "party", "nonce", "subject", "not yet"],
)
def test_a_token_that_does_not_say_what_it_must_opens_nothing(
    organisation: Organisation, sso: RunningProvider, ways: dict[str, Any]
) -> None:
    link(sso, organisation.duty)
    sso.depart(**ways)
    client = Client()
    assert client.get(went_and_came(sso, client)).status_code == 403
    assert not is_in(client)


def test_a_clock_may_differ_by_a_minute(organisation: Organisation, sso: RunningProvider) -> None:
    link(sso, organisation.duty)
    sso.depart(expires=-30)
    client = Client()
    assert client.get(went_and_came(sso, client)).status_code == 302


def test_a_new_key_is_asked_for(
    organisation: Organisation, sso: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(sso, organisation.duty)
    client = Client()
    client.get(went_and_came(sso, client))
    assert is_in(client)
    sso.depart(signs="second", publishes="second")
    again = Client()
    assert again.get(went_and_came(sso, again)).status_code == 403, "the keys were asked for less than a minute ago"
    monkeypatch.setattr(asking, "ANEW", 0.0)
    assert again.get(went_and_came(sso, again)).status_code == 302
    assert is_in(again)


def test_only_the_provider_that_the_settings_name_is_asked(
    organisation: Organisation, sso: RunningProvider, settings: Any
) -> None:
    for issuer in (f"{sso.issuer}/", "http://localhost:9"):
        settings.OIDC_PROVIDERS = (replace(sso.settings, issuer=issuer),)
        assert Client().get(BEGIN).status_code == 503
    settings.OIDC_PROVIDERS = (replace(sso.settings, secret_file=sso.folder / "none"),)
    link(sso, organisation.duty)
    client = Client()
    assert client.get(went_and_came(sso, client)).status_code == 403
    assert Client().get("/sign-in/oidc/other/").status_code == 404
    refused = Client()
    refused.get(BEGIN)
    assert refused.get(f"{CALLBACK}?error=access_denied").status_code == 403


def test_a_silent_provider_does_not_hold_the_pages(organisation: Organisation, settings: Any) -> None:
    asking.forget()
    with socket.create_server(("localhost", 0)) as server:
        asked = []

        def hang_up() -> None:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                asked.append(connection)
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        issuer = f"http://localhost:{server.getsockname()[1]}"
        settings.OIDC_PROVIDERS = (Provider("sso", "SSO", issuer, "thammuu"),)
        assert [Client().get(BEGIN).status_code for _time in range(3)] == [503] * 3
        assert len(asked) == 1, "it was asked again at once"
        server.shutdown(socket.SHUT_RDWR)


def test_a_second_factor_is_ours_unless_the_settings_trust_theirs(
    organisation: Organisation, sso: RunningProvider, settings: Any
) -> None:
    link(sso, organisation.duty)
    secret, now = totp.new_secret(), clock.now()
    code = totp.code_at(secret, totp.step_of(now))
    actions.add_app(actor=organisation.duty, now=now, secret=secret, code=code, name="Máy")
    sso.depart(claims={"amr": ["pwd", "otp"], "acr": "2"})
    client = Client()
    assert client.get(went_and_came(sso, client))["Location"] == "/sign-in/second/"
    assert not is_in(client)
    for trusted in ({"amr": frozenset({"otp"})}, {"acr": frozenset({"2"})}):
        settings.OIDC_PROVIDERS = (replace(sso.settings, **trusted),)
        client = Client()
        assert client.get(went_and_came(sso, client))["Location"] == "/units/"
    settings.OIDC_PROVIDERS = (replace(sso.settings, amr=frozenset({"hwk"})),)
    client = Client()
    assert client.get(went_and_came(sso, client))["Location"] == "/sign-in/second/"


def test_an_officer_links_the_identity_that_he_proves(organisation: Organisation, sso: RunningProvider) -> None:
    client = client_of(organisation.duty)
    address = "/account/identities/sso/linking/"
    assert client.post(address).status_code == 403
    assert BEGIN in client.post(address, {"proof": "duty"}).content.decode()
    back = went_and_came(sso, client)
    assert client.get(back)["Location"] == "/account/"
    row = SignInIdentity.objects.get()
    assert (row.account_id, row.subject) == (organisation.duty.account, sso.subject)
    assert sso.issuer in client.get("/account/").content.decode()
    other = client_of(organisation.chief)
    other.post(address, {"proof": "chief"})
    other.get(went_and_came(sso, other))
    assert SignInIdentity.objects.count() == 1, "it opens one account only"
    session = client.session
    session[current.PROVED] = clock.now().isoformat()
    session.save()
    client.post(f"/account/identities/{row.id}/unlinking/")
    assert SignInIdentity.objects.get().unlinked_at is not None


def test_an_administrator_links_what_he_looked_up(organisation: Organisation, sso: RunningProvider) -> None:
    admin = client_of(organisation.admin)
    address = f"/accounts/{organisation.hue_officer.account}/identities/"
    said = {"provider": "sso", "subject": sso.subject, "proof": "admin"}
    assert admin.post(address, {**said, "subject": " "}).status_code == 422
    assert admin.post(address, said)["Location"] == address
    assert admin.post(address, said).status_code == 422
    assert sso.subject in admin.get(address).content.decode()
    client = Client()
    assert client.get(went_and_came(sso, client)).status_code == 302
    assert is_in(client)
    actions.reset_account(
        actor=organisation.admin, now=clock.now(), account=organisation.hue_officer.account, reason="mất máy"
    )
    assert not is_in(client)
    assert client.get(went_and_came(sso, client)).status_code == 403


def test_nobody_links_for_another(organisation: Organisation, sso: RunningProvider) -> None:
    said = {"now": clock.now(), "issuer": sso.issuer, "subject": sso.subject}
    for who in (organisation.duty, organisation.hanoi_officer):
        with pytest.raises(Refused):
            actions.link_identity(actor=who, account=organisation.hue_officer.account, **said)  # type: ignore[arg-type]
    identity = link(sso, organisation.hue_officer)
    with pytest.raises(Missing):
        actions.unlink_identity(actor=organisation.duty, now=clock.now(), identity=identity)
    with pytest.raises(BadInput):
        link(sso, organisation.duty)


def test_the_journal_does_not_tell_the_subject_and_a_changed_row_opens_nothing(
    organisation: Organisation, sso: RunningProvider
) -> None:
    unlike = "an.nguyen.1975"
    actions.link_identity(
        actor=organisation.duty,
        now=clock.now(),
        account=organisation.duty.account,
        issuer=sso.issuer,
        subject=unlike,  # type: ignore[arg-type]
    )
    assert Entry.objects.filter(kind="org.identity_linked").count() == 1
    assert not any(unlike in text for text in Body.objects.values_list("text", flat=True))
    SignInIdentity.objects.update(subject=sso.subject)
    client = Client()
    assert client.get(went_and_came(sso, client)).status_code == 403
