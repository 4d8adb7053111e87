"""A passkey in software: what a browser and its device answer to the product's questions."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData


@dataclass
class SoftKey:
    """One key pair; `site` and `origin` are where its browser believes to be."""

    site: str = "testserver"
    origin: str = "http://testserver"
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, question: str) -> str:
        """Answer a question for a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self._site_hash(), flags, self.count, made)
        attestation = AttestationObject.create("none", data, {})
        return self._answer("webauthn.create", question, {"attestationObject": websafe_encode(bytes(attestation))})

    def use(self, question: str) -> str:
        """Answer a question for a use."""
        self.count += 1
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(self._site_hash(), flags, self.count)
        said = self._client_data("webauthn.get", question)
        signature = self.key.sign(bytes(data) + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            "webauthn.get",
            question,
            {"authenticatorData": websafe_encode(bytes(data)), "signature": websafe_encode(signature)},
        )

    def _answer(self, kind: str, question: str, response: dict[str, Any]) -> str:
        said = websafe_encode(self._client_data(kind, question))
        own = websafe_encode(self.id)
        return json.dumps(
            {
                "id": own,
                "rawId": own,
                "type": "public-key",
                "response": {"clientDataJSON": said, **response},
                "clientExtensionResults": {},
            }
        )

    def _client_data(self, kind: str, question: str) -> bytes:
        challenge = json.loads(question)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _site_hash(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()
