"""Identity tokens that were forged in every way one knows of, and settings that name no provider."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from thammuu.org.account.oidc.judging import ALGORITHMS, SKEW, BadToken, judge
from thammuu.org.account.oidc.provider import BadProvider, Provider, is_safe, read_providers

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TIME = int(NOW.timestamp())
OURS = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "e", "use": "sig"})
PROVIDER = Provider("sso", "SSO", "https://sso.example.vn", "thammuu")
CLAIMS: dict[str, Any] = {
    "iss": PROVIDER.issuer, "aud": "thammuu", "sub": "1", "nonce": "n", "iat": TIME, "exp": TIME + 60,
}  # fmt: skip


def published(_kid: str | None) -> KeySet:
    return KeySet.import_key_set(KeySet([OURS, EC]).as_dict())  # type: ignore[return-value]


def token(claims: dict[str, Any] = {}, key: Any = OURS, **header: Any) -> str:  # noqa: B006 - not changed
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    alg = header.get("alg", "RS256")
    return jwt.encode({"alg": alg, "kid": "k", **header}, said, key, algorithms=[alg])


def part(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def shared(head: str, body: str, secret: bytes) -> str:
    """A token that whoever knows the secret can sign."""
    signature = hmac.digest(secret, f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def judged(text: str, keys: Callable[[str | None], KeySet] = published) -> str:
    return judge(text, PROVIDER, keys, "n", NOW).subject


def test_a_good_token_is_taken() -> None:
    assert judged(token()) == "1"
    assert judged(token(key=EC, alg="ES256", kid="e")) == "1"
    assert judged(token({"aud": ["thammuu", "x"], "azp": "thammuu"})) == "1"
    identity = judge(token({"amr": ["pwd", 7], "acr": 2}), PROVIDER, published, "n", NOW)
    assert (identity.amr, identity.acr) == (frozenset({"pwd"}), "")


def test_no_forged_signature_is_taken() -> None:
    good = token()
    head, body, signature = good.split(".")
    public = OURS.as_pem(private=False)
    forged = {
        "none": f"{part({'alg': 'none', 'kid': 'k'})}.{body}.",
        "None": f"{part({'alg': 'None', 'kid': 'k'})}.{body}.",
        "a secret that is the public key": shared(part({"alg": "HS256", "kid": "k"}), body, public),
        "another key": token(key=RSAKey.generate_key(2048, {"kid": "k"})),
        "another body": f"{head}.{part({**CLAIMS, 'sub': '2'})}.{signature}",
        "no signature": f"{head}.{body}.",
        "a cut signature": good[:-8],
        "a key in the header": token(key=EC, alg="ES256", kid="x", jwk=EC.as_dict(private=False)),
        "another algorithm": f"{part({'alg': 'ES256', 'kid': 'k'})}.{body}.{signature}",
        "a critical extension": f"{part({'alg': 'RS256', 'kid': 'k', 'crit': ['x'], 'x': 1})}.{body}.{signature}",
        "an unknown key": token(kid="unknown"),
        "nothing": "",
        "not a token": "a.b.c",
        "a list": f"{head}.{part([1])}.{signature}",
    }
    for name, text in forged.items():
        with pytest.raises(BadToken):
            judged(text)
            pytest.fail(name)
    assert not any(alg.startswith("HS") or alg == "none" for alg in ALGORITHMS)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://sso.example.vn/"}, {"iss": None}, {"aud": "x"}, {"aud": None}, {"aud": ["x"]}, {"aud": 7},
        {"aud": ["thammuu", "x"]}, {"azp": "x"}, {"exp": None}, {"exp": TIME - SKEW}, {"exp": "soon"}, {"exp": True},
        {"iat": None}, {"iat": TIME + SKEW + 1}, {"nbf": TIME + SKEW + 1}, {"nbf": "x"}, {"nonce": None},
        {"nonce": "m"}, {"nonce": ""}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 256}, {"sub": "a\nb"},
    ],
)  # fmt: skip
def test_every_claim_is_judged(claims: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        judged(token(claims))


def test_the_skew_is_a_minute() -> None:
    assert judged(token({"exp": TIME - SKEW + 1})) == "1"
    assert judged(token({"iat": TIME + SKEW, "nbf": TIME + SKEW})) == "1"


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: f"{part({'alg': 'RS256'})}.{raw.hex()}.x"))
def test_whatever_comes_is_judged_and_not_stumbled_over(text: str) -> None:
    with pytest.raises(BadToken):
        judged(text)


def test_only_addresses_of_the_provider_are_asked() -> None:
    named = Provider("sso", "SSO", "https://sso.example.vn/realms/a", "x", hosts=frozenset({"keys.example.vn"}))
    for asked in ("https://sso.example.vn/x", "https://keys.example.vn/jwks"):
        assert named.may_be_asked(asked)
    for never in (
        "http://sso.example.vn/x", "https://example.vn/x", "https://sso.example.vn:8443/x", "file:///etc/passwd",
        "https://sso.example.vn@evil.example/", "https://a:b@sso.example.vn/", "https://sso.example.vn/x#y", "", "x:y",
        "https://[", "https://keys.example.vn:1/",
    ):  # fmt: skip
        assert not named.may_be_asked(never), never
    assert is_safe("http://localhost:8000/o") and not is_safe("http://sso.example.vn")


def test_faulty_settings_are_named() -> None:
    good = {"issuer": "https://sso.example.vn", "client_id": "thammuu"}
    [read] = read_providers({"sso": {**good, "second_factor_amr": ["otp"]}})
    assert (read.label, read.amr) == ("sso", frozenset({"otp"}))
    for name, faulty in (
        ("sso.issuer", {"client_id": "x"}), ("sso.client_id", {"issuer": "https://x.vn"}),
        ("sso.issuer", {**good, "issuer": "http://sso.example.vn"}), ("sso.typo", {**good, "typo": 1}),
        ("sso.hosts", {**good, "hosts": "x"}), ("sso.second_factor_amr", {**good, "second_factor_amr": [1]}),
    ):  # fmt: skip
        with pytest.raises(BadProvider, match=name):
            read_providers({"sso": faulty})
    with pytest.raises(BadProvider):
        read_providers({"S S O": good})
