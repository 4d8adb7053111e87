"""Who calls: the token in the `Authorization` header, and nothing else.

No session opens the interface, so no page of another site can make a browser call it; a token in an address, where
histories keep it, is refused. Calendar feeds are the one exception (`interop.calendars`).
"""

import hmac
from datetime import datetime

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org import authority, directory
from thammuu.org.account import actions, bearing, queries
from thammuu.org.account.models import ApiToken
from thammuu.org.account.policies import Locked
from thammuu.org.account.scopes import is_covered, narrowed
from thammuu.org.api import pace
from thammuu.org.api.problems import OutOfScope, TooMany, Unauthorized

NEVER_IN_AN_ADDRESS = frozenset({"access_token", "api_key", "apikey", "authorization", "bearer", "token"})


class Bearer(HttpBearer):
    """Lets a request through whose token has the scope, and sets `request.actor` to what the token may do."""

    openapi_bearerFormat = "thammuu_…"  # noqa: N815 - the name in the OpenAPI document
    openapi_description = "A token that an officer made under “My account”; see its scopes beside each address."

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Actor:
        """Return the actor. Raises `Unauthorized`, `OutOfScope`, `TooMany`, `BadInput`."""
        for name in request.GET:
            if name.lower() in NEVER_IN_AN_ADDRESS:
                raise BadInput(
                    name, _("A token stands in the Authorization header. In an address it is disclosed: revoke it.")
                )
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text:
            raise Unauthorized(_("Send a token: “Authorization: Bearer thammuu_…”."))
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Return the actor for the token's text."""
        now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
        until = queries.is_blocked(address, now)
        if until is not None:
            raise _too_many(Locked(until), now)
        opened = opened_by(token, now)
        if opened is None:
            _count_failure(token, address, now)
            raise Unauthorized(_("This token opens nothing: it is wrong, over or revoked."))
        found, actor = opened
        wait = pace.wait_of(found.id)
        if wait:
            raise TooMany(_("This token asks too often; wait a little."), wait)
        pace.note(found.id, actor)
        if not request.headers.get("Accept-Language"):
            translation.activate(actor.language)
        if not is_covered(self.scope, found.scopes):
            raise OutOfScope(self.scope)
        caller = caller_of(found, actor)
        request.actor = caller  # type: ignore[attr-defined]  # the stubs know no field of ours on a request
        return caller


def opened_by(text: str, now: datetime) -> tuple[ApiToken, Actor] | None:
    """Return the token with this text and who made it; None if it opens nothing."""
    found = _found(text, now)
    actor = authority.actor_of(found.account_id) if found else None
    return None if found is None or actor is None else (found, actor)


def caller_of(token: ApiToken, actor: Actor) -> Actor:
    """Return what the token may do now, of what its officer may."""
    units = directory.current().reach(token.unit_id) if token.unit_id else None
    # What other posts lend to an officer is for the officer, never for a token.
    return narrowed(authority.alone(actor), token.scopes, units)


def _found(text: str, now: datetime) -> ApiToken | None:
    prefix = bearing.prefix_of(text)
    row = queries.token_of(prefix, now) if prefix else None
    return row if row is not None and hmac.compare_digest(row.digest, bearing.digest_of(text)) else None


def _count_failure(text: str, address: str, now: datetime) -> None:
    """Count as every attempt is: an address that tries many tokens is blocked. Raises `TooMany`.

    A token is not locked by wrong ones: its prefix is no secret, and whoever knows it could shut the other system out.
    """
    try:
        attempt = actions.begin_attempt(
            actor=authority.SYSTEM, now=now, name=f"token {bearing.digest_of(text)}", address=address
        )
    except Locked as locked:
        raise _too_many(locked, now) from locked
    actions.fail_attempt(actor=authority.SYSTEM, now=now, attempt=attempt)


def _too_many(locked: Locked, now: datetime) -> TooMany:
    return TooMany(locked.reason, max(1, round((locked.until - now).total_seconds())))
