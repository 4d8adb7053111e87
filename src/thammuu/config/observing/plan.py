"""Who may read the metrics, by `thammuu.toml`, overruled by the environment; nobody unless somebody is named.

Environment: THAMMUU_METRICS_TOKEN (the SHA-256 digest of a token, hexadecimal; `thammuu metrics-token` makes both),
THAMMUU_METRICS_FROM (addresses or networks, comma-separated).
"""

import hashlib
import hmac
import os
import re
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from thammuu.config.installation import FILE
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

DIGEST = re.compile(r"[0-9a-f]{64}")
BEARER = "bearer "


@dataclass(frozen=True)
class Scrapers:
    """`digest` is that of the token ("": none counts); from `networks` none is asked for."""

    digest: str = ""
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def any(self) -> bool:
        """Say whether anybody may read."""
        return bool(self.digest or self.networks)

    def may_read(self, client: str, authorization: str) -> bool:
        """Say whether who asks from there, with this header, may read."""
        return self._is_near(client) or self._is_known(authorization)

    def _is_near(self, client: str) -> bool:
        try:
            address = ip_address(client)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.networks)

    def _is_known(self, authorization: str) -> bool:
        if not self.digest or not authorization.lower().startswith(BEARER):
            return False
        return hmac.compare_digest(digest_of(authorization[len(BEARER) :].strip()), self.digest)


def new_token() -> str:
    """Return a token of 256 random bits: nothing that would have to be hashed slowly."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what of a token stands in the settings."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def read_scrapers(home: Path, environ: Mapping[str, str] = os.environ) -> Scrapers:
    """Return what the home says; raises `CannotStart` on what makes no sense."""
    file = home / FILE
    said = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    digest = str(environ.get("THAMMUU_METRICS_TOKEN") or said.get("metrics_token", ""))
    if digest and not DIGEST.fullmatch(digest):
        raise CannotStart(
            _("The setting metrics_token holds no digest; put in the line that 'thammuu metrics-token' prints.")
        )
    named: Sequence[str] = said.get("metrics_from", ())
    if "THAMMUU_METRICS_FROM" in environ:
        named = [one for one in environ["THAMMUU_METRICS_FROM"].split(",") if one.strip()]
    try:
        return Scrapers(digest, tuple(ip_network(str(one).strip(), strict=False) for one in named))
    except ValueError as error:
        raise CannotStart(
            _("The setting metrics_from must hold addresses or networks ({reason}).").format(reason=error)
        ) from error
