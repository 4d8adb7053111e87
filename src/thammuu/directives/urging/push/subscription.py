"""What a browser gives to whoever shall send it messages: an address at its push service, a public key, a secret.

Whoever knows all three can send to that browser, so nothing of it is shown but the name of the service.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson
from cryptography.hazmat.primitives.asymmetric import ec

from thammuu.directives.urging.posting import is_own
from thammuu.directives.urging.push.encryption import CURVE
from thammuu.directives.urging.push.vapid import bytes_of

SECRET = 16
LONGEST = 1000
"""Characters of an address; those of the known services have some 200 to 500."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address of a push service, with the browser's public key and secret as it wrote them (base64url)."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def parse(cls, text: str) -> "Subscription":
        """Read what a browser gives as JSON. Raises `ValueError` for anything else."""
        said: Any = orjson.loads(text)
        try:
            found = cls(said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"])
            found._check()
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a subscription") from error
        return found

    def text(self) -> str:
        """Return it as a browser gives it."""
        keys = {"p256dh": self.p256dh, "auth": self.auth}
        return orjson.dumps({"endpoint": self.endpoint, "keys": keys}).decode()

    @property
    def parts(self) -> SplitResult:
        """Return the parts of the address."""
        return urlsplit(self.endpoint)

    @property
    def service(self) -> str:
        """Return the push service: its host, with a port if the address names one."""
        return self.parts.netloc.lower()

    @property
    def digest(self) -> str:
        """Return what tells it from any other, and from which nothing of it can be told."""
        return hashlib.sha256(f"{self.endpoint}\n{self.p256dh}\n{self.auth}".encode()).hexdigest()

    def _check(self) -> None:
        printable = all("!" <= sign <= "~" for sign in self.endpoint)
        if not printable or not 0 < len(self.endpoint) <= LONGEST or self.parts.username is not None:
            raise ValueError("not an address")
        if self.parts.port == 0 or not self.parts.hostname or self.parts.fragment:
            raise ValueError("not an address")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes_of(self.p256dh))
        if len(bytes_of(self.auth)) != SECRET:
            raise ValueError("not a secret")


def is_allowed(subscription: Subscription, hosts: tuple[str, ...]) -> bool:
    """Say whether messages may go there: by HTTPS (HTTP to this machine only) and to one of the hosts.

    A host is a name, with the port if it is not 443; ".example.net" allows every name within it, at port 443.
    """
    parts, name = subscription.parts, subscription.parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and is_own(name)):
        return False
    usual = parts.scheme == "https" and parts.port in (None, 443)
    exact = {subscription.service, name} if usual else {subscription.service}
    within = usual and any(host.startswith(".") and name.endswith(host) for host in hosts)
    return within or not exact.isdisjoint(hosts)
