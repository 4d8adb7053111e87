"""Asking a provider: its document, its keys, its token endpoint. Nothing but the provider is ever asked.

What it says is kept for an hour; keys are asked for anew when a token names one that is not known, at most once
a minute. Pages have few threads, so a provider that is silent must not hold them: it is asked by two of them at once at
most, and not again for a while.
"""

import base64
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from thammuu.org.account.oidc.provider import Provider

SECONDS, MOST = 5.0, 512 * 1024
LEFT_ALONE = 15.0
"""For so many seconds a provider that was silent is not asked again."""
AT_ONCE = 2
KEPT, ANEW = 3600.0, 60.0
DOCUMENT = "/.well-known/openid-configuration"


class NotReached(Exception):
    """The provider did not answer, or not as one does; the text is for the operator."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a provider says of itself. `names_itself`: its answers to the browser carry the issuer (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    end_session: str
    names_itself: bool
    secret_in_body: bool


class _Stays(HTTPRedirectHandler):
    """Follows no redirect: it could lead anywhere."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Refuse."""


_opener = build_opener(_Stays)
_documents: dict[Provider, tuple[float, Document]] = {}
_keys: dict[Provider, tuple[float, KeySet]] = {}
_silent: dict[Provider, float] = {}
_asking = threading.BoundedSemaphore(AT_ONCE)


def forget() -> None:
    """Ask everything anew."""
    _documents.clear()
    _keys.clear()
    _silent.clear()


def document_of(provider: Provider) -> Document:
    """Return what the provider says of itself. Raises `NotReached`, also where it is not who the settings name."""
    kept = _documents.get(provider)
    if kept and time.monotonic() - kept[0] < KEPT:
        return kept[1]
    said = _json(provider, provider.issuer.rstrip("/") + DOCUMENT)
    if said.get("issuer") != provider.issuer:
        raise NotReached(f"{provider.issuer} calls itself {str(said.get('issuer'))[:200]!r}")
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    found = Document(
        authorization=_address(provider, said, "authorization_endpoint"),
        token=_address(provider, said, "token_endpoint"),
        keys=_address(provider, said, "jwks_uri"),
        end_session=_address(provider, said, "end_session_endpoint") if said.get("end_session_endpoint") else "",
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        secret_in_body="client_secret_basic" not in methods,
    )
    _documents[provider] = (time.monotonic(), found)
    return found


def keys_of(provider: Provider, kid: str | None) -> KeySet:
    """Return the provider's public keys; asked for anew if none of those that are kept is called so."""
    kept = _keys.get(provider)
    age = time.monotonic() - kept[0] if kept else KEPT
    if kept and age < KEPT and (age < ANEW or any(key.kid == kid for key in kept[1])):
        return kept[1]
    said = _json(provider, document_of(provider).keys)
    offered = [key for key in said.get("keys") or () if _is_public(key)]
    try:
        found = KeySet.import_key_set({"keys": offered})
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise NotReached(f"{provider.issuer} publishes no key that can be used") from fault
    _keys[provider] = (time.monotonic(), found)
    return found


def exchange(provider: Provider, code: str, verifier: str, back: str) -> str:
    """Return the identity token for a code. Raises `NotReached`, also where the provider refuses the code."""
    found = document_of(provider)
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers: dict[str, str] = {}
    secret = _secret(provider)
    if secret and not found.secret_in_body:
        pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        said["client_id"] = provider.client_id
        if secret:
            said["client_secret"] = secret
    token = _json(provider, found.token, said, headers).get("id_token")
    if not isinstance(token, str):
        raise NotReached(f"{provider.issuer} gave no identity token")
    return token


def _secret(provider: Provider) -> str:
    if provider.secret_file is None:
        return ""
    try:
        return provider.secret_file.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise NotReached(f"the secret file {provider.secret_file} cannot be read") from fault


def _is_public(key: object) -> bool:
    """Take keys for signatures only, and none that is shared: with such a one anybody could sign."""
    return isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"


def _address(provider: Provider, said: Mapping[str, Any], name: str) -> str:
    address = said.get(name)
    if not isinstance(address, str) or not provider.may_be_asked(address):
        raise NotReached(f"the {name} of {provider.issuer} is not of its host: {str(address)[:200]!r}")
    return address


def _json(
    provider: Provider, address: str, said: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    if not provider.may_be_asked(address):
        raise NotReached(f"{address[:200]!r} is not of {provider.issuer}")
    if time.monotonic() - _silent.get(provider, -LEFT_ALONE) < LEFT_ALONE:
        raise NotReached(f"{provider.issuer} was silent a moment ago")
    body = urlencode(said).encode() if said is not None else None
    request = Request(address, body, {"Accept": "application/json", **(headers or {})})  # noqa: S310 - checked above
    if not _asking.acquire(blocking=False):
        raise NotReached(f"{provider.issuer} is being asked by others already")
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            content = answer.read(MOST + 1)
        found = json.loads(content) if len(content) <= MOST else None
    except (HTTPError, ValueError) as fault:
        raise NotReached(f"{address} did not answer as a provider does: {fault}") from fault
    except (HTTPException, OSError) as fault:
        _silent[provider] = time.monotonic()
        raise NotReached(f"{address} did not answer: {fault}") from fault
    finally:
        _asking.release()
    if not isinstance(found, dict):
        raise NotReached(f"{address} did not answer as a provider does")
    return found
