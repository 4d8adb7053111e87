"""Whether an identity token says what it must, signed by whom it must be. Pure.

OpenID Connect Core 1.0, 3.1.3.7: issuer, audience, authorised party, times, nonce; RFC 8725: which algorithms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from thammuu.org.account.oidc.provider import Provider

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Signatures with a private key only: never none, never one whose key both sides know."""
SKEW = 60
"""Seconds by which the provider's clock may differ from ours."""
LONGEST_SUBJECT = 255


class BadToken(Exception):
    """The identity token proves nothing; the text is for the operator."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a provider says signed in, and how; nothing else of what it says is kept."""

    issuer: str
    subject: str
    amr: frozenset[str]
    acr: str


def judge(token: str, provider: Provider, keys: Callable[[str | None], KeySet], nonce: str, now: datetime) -> Identity:
    """Return who the token is about. `keys` gives the provider's keys for the name of one. Raises `BadToken`."""
    claims = _signed_claims(token, keys)
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if claims.get("iss") != provider.issuer:
        raise BadToken("it is of another issuer")
    if not isinstance(audiences, list) or provider.client_id not in audiences:
        raise BadToken("it is for another client")
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise BadToken("it was given to another client")
    _check_times(claims, now)
    if not nonce or claims.get("nonce") != nonce:
        raise BadToken("it answers another question")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise BadToken("it is about nobody")
    methods = claims.get("amr")
    named = methods if isinstance(methods, list) else []
    acr = claims.get("acr")
    return Identity(
        provider.issuer,
        subject,
        frozenset(one for one in named if isinstance(one, str)),
        acr if isinstance(acr, str) else "",
    )


def _signed_claims(token: str, keys: Callable[[str | None], KeySet]) -> dict[str, Any]:
    try:
        header = jws.extract_compact(token.encode()).headers()
        if header.get("alg") not in ALGORITHMS:
            raise BadToken(f"it is signed by {str(header.get('alg'))[:20]!r}")
        kid = header.get("kid")
        known = keys(kid if isinstance(kid, str) else None)
        return dict(jwt.decode(token, known, algorithms=list(ALGORITHMS)).claims)
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise BadToken(f"its signature is not the provider's ({type(fault).__name__})") from fault


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    present = now.timestamp()
    if _time(claims, "exp") + SKEW <= present:
        raise BadToken("it is over")
    if _time(claims, "iat") - SKEW > present:
        raise BadToken("it is of the future")
    if claims.get("nbf") is not None and _time(claims, "nbf") - SKEW > present:
        raise BadToken("it does not hold yet")


def _time(claims: dict[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadToken(f"it has no {name}")
    return value
