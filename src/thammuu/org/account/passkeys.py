"""Passkeys (WebAuthn): what a browser is asked, and whether what it answers was signed for this site and this moment.

A question is kept in the session and answered once. The site is the host of the address; the origin must be exactly
the one that the page came from.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

MAKE, USE = "passkey_to_make", "passkey_to_use"
"""Where the session keeps the two questions."""
FAULTS = (ValueError, TypeError, KeyError, AttributeError, AssertionError, InvalidSignature)
"""What a damaged or forged answer makes the library raise."""


@dataclass(frozen=True, slots=True)
class Made:
    """A verified passkey: its id, its public data, and its count of uses."""

    credential: str
    public: bytes
    counter: int


def ask_to_make(request: HttpRequest, account: bytes, name: str, known: Sequence[bytes]) -> str:
    """Return the question, as JSON, that lets a browser make a passkey for the account."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=account, name=name, display_name=name),
        [AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[MAKE] = state
    return json.dumps(dict(options.public_key))


def made(request: HttpRequest, answer: str) -> Made | None:
    """Return the passkey that was made, None if the answer is not one to the last question."""
    try:
        state = request.session.pop(MAKE)
        data = _server(request).register_complete(state, json.loads(answer))
        if data.credential_data is None:
            return None
        return Made(websafe_encode(data.credential_data.credential_id), bytes(data.credential_data), data.counter)
    except FAULTS:
        return None


def ask_to_use(request: HttpRequest, known: Sequence[bytes]) -> str:
    """Return the question, as JSON, that one of these passkeys can answer; "" if there is none."""
    if not known:
        return ""
    options, state = _server(request).authenticate_begin(
        [AttestedCredentialData(one) for one in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session[USE] = state
    return json.dumps(dict(options.public_key))


def used(request: HttpRequest, answer: str, known: Sequence[bytes]) -> Made | None:
    """Return the passkey that answered, None if none of these did, for this site, to the last question."""
    try:
        state = request.session.pop(USE)
        given: dict[str, Any] = json.loads(answer)
        found = _server(request).authenticate_complete(state, [AttestedCredentialData(one) for one in known], given)
        counter = AuthenticationResponse.from_dict(given).response.authenticator_data.counter
        return Made(websafe_encode(found.credential_id), bytes(found), counter)
    except FAULTS:
        return None


def _server(request: HttpRequest) -> Fido2Server:
    own = f"{request.scheme}://{request.get_host()}"
    site = PublicKeyCredentialRpEntity(id=request.get_host().split(":")[0], name="Thammuu")
    return Fido2Server(site, verify_origin=lambda origin: origin == own)
