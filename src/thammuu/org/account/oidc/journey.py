"""The way to a provider and back: what the browser carries there, and what must come back with it.

The state ties the answer to this browser, the nonce the token to this question, the verifier (PKCE, RFC 7636) the code
to this server. A question is kept in the session and answered once.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from thammuu.kernel import clock
from thammuu.org.account import rules
from thammuu.org.account.oidc import asking
from thammuu.org.account.oidc.judging import BadToken, Identity, judge
from thammuu.org.account.oidc.provider import Provider

QUESTION = "oidc_question"
LINKING = "oidc_linking"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back, and for what: `linking` to be bound to the account that is signed in, else to sign in."""

    identity: Identity
    linking: bool
    back: str


def address_for(request: HttpRequest, provider: Provider, *, linking: bool, back: str) -> str:
    """Return where the browser is to go, and keep what it will be asked. Raises `NotReached`."""
    document = asking.document_of(provider)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _part in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    request.session[QUESTION] = {
        "provider": provider.name,
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "linking": linking,
        "back": back,
        "at": clock.now().isoformat(),
    }
    said = {
        "response_type": "code",
        "scope": "openid",
        "client_id": provider.client_id,
        "redirect_uri": callback_of(request, provider),
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if linking:
        said["prompt"] = "login"
    return f"{document.authorization}{'&' if '?' in document.authorization else '?'}{urlencode(said)}"


def arrived(request: HttpRequest, provider: Provider) -> Arrived:
    """Return who came back with the answer to the question kept. Raises `BadToken`, `NotReached`."""
    kept = request.session.pop(QUESTION, None)
    if not kept or kept["provider"] != provider.name:
        raise BadToken("nobody here was sent there")
    if not clock.is_within(datetime.fromisoformat(kept["at"]), clock.now(), rules.UNFINISHED):
        raise BadToken("the answer came too late")
    if not hmac.compare_digest(kept["state"].encode(), request.GET.get("state", "").encode()):
        raise BadToken("the state is not the one that was sent")
    document = asking.document_of(provider)
    named = request.GET.get("iss")
    if (named is None and document.names_itself) or named not in (None, provider.issuer):
        raise BadToken("the answer is of another issuer")
    code = request.GET.get("code", "")
    if not code:
        raise BadToken(f"the provider refused: {request.GET.get('error', '')[:60]!r}")
    token = asking.exchange(provider, code, kept["verifier"], callback_of(request, provider))
    identity = judge(token, provider, lambda kid: asking.keys_of(provider, kid), kept["nonce"], clock.now())
    return Arrived(identity, kept["linking"], kept["back"])


def callback_of(request: HttpRequest, provider: Provider) -> str:
    """Return the address to which the provider sends the browser back; it is registered there."""
    return request.build_absolute_uri(reverse("oidc_callback", args=[provider.name]))


def end_session_address(request: HttpRequest, provider: Provider) -> str:
    """Return where the provider's own session is ended, "" where it does not offer that. Raises `NotReached`."""
    document = asking.document_of(provider)
    if not document.end_session:
        return ""
    said = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("sign_in")),
    }
    return f"{document.end_session}{'&' if '?' in document.end_session else '?'}{urlencode(said)}"
