"""A provider as `thammuu.toml` names it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}", re.ASCII)
_KNOWN = frozenset(("label", "issuer", "client_id", "secret_file", "hosts", "second_factor_amr", "second_factor_acr"))
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


class BadProvider(ValueError):
    """A provider's settings cannot be taken; the text names the setting."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for officers. `name` stands in addresses, `label` on the button.

    `hosts` are asked besides the issuer's own. `amr` and `acr` are values of the identity token that stand for a second
    factor; without them ours is asked for.
    """

    name: str
    label: str
    issuer: str
    client_id: str
    secret_file: Path | None = None
    hosts: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()
    acr: frozenset[str] = frozenset()

    def may_be_asked(self, address: str) -> bool:
        """Say whether an address is the provider's: of its issuer's host and port or a named one's, encrypted."""
        try:
            asked, issuer = urlsplit(address), urlsplit(self.issuer)
            is_own = (asked.hostname, asked.port) == (issuer.hostname, issuer.port)
        except ValueError:
            return False
        return is_safe(address) and (is_own or asked.netloc in self.hosts)

    def had_second_factor(self, amr: frozenset[str], acr: str) -> bool:
        """Say whether what the identity token tells stands for a second factor, by the settings."""
        return bool(self.amr & amr) or acr in self.acr


def is_safe(address: str) -> bool:
    """Say whether an address is encrypted, or of this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = parts.username is None and not parts.fragment and bool(host)
    return plain and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


def read_providers(said: Mapping[str, Any]) -> tuple[Provider, ...]:
    """Return the providers of the table `oidc`. Raises `BadProvider`."""
    return tuple(_read(name, values) for name, values in said.items())


def _read(name: str, said: Any) -> Provider:
    if not _NAME.fullmatch(name) or not isinstance(said, dict):
        raise BadProvider(f"oidc.{name}")
    for key in said:
        if key not in _KNOWN:
            raise BadProvider(f"oidc.{name}.{key}")
    for key in ("issuer", "client_id"):
        if not isinstance(said.get(key), str) or not said[key]:
            raise BadProvider(f"oidc.{name}.{key}")
    lists = {}
    for key in ("hosts", "second_factor_amr", "second_factor_acr"):
        values = said.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise BadProvider(f"oidc.{name}.{key}")
        lists[key] = frozenset(values)
    if not is_safe(said["issuer"]) or urlsplit(said["issuer"]).query:
        raise BadProvider(f"oidc.{name}.issuer")
    return Provider(
        name=name,
        label=str(said.get("label") or name),
        issuer=said["issuer"],
        client_id=said["client_id"],
        secret_file=Path(said["secret_file"]) if said.get("secret_file") else None,
        hosts=lists["hosts"],
        amr=lists["second_factor_amr"],
        acr=lists["second_factor_acr"],
    )
