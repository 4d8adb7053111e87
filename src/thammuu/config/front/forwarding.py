"""Whose word is taken for a visitor's address and scheme: that of the named proxies, and of nobody else."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from thammuu.config.front.types import Scope

FOR, PROTO = b"x-forwarded-for", b"x-forwarded-proto"
SAID = (FOR, PROTO, b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-server", b"x-real-ip", b"forwarded")


class Forwarding:
    """Puts what a named proxy says into the scope, and takes the headers away, whoever sent them."""

    def __init__(self, proxies: Sequence[IPv4Network | IPv6Network] = ()) -> None:
        self._proxies = proxies

    def applied(self, scope: Scope) -> Scope:
        """Return the scope as the pages may believe it: `client` and `scheme` are the visitor's own.

        A list of addresses is read from its end, each put there by whoever received it, up to the first that is no
        named proxy: what stands before that one is a claim of the visitor. A proxy that says nonsense is no proxy.
        """
        said = [(name, value) for name, value in scope["headers"] if name in SAID]
        if not said:
            return scope
        kept = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in SAID]}
        client = scope.get("client")
        if client is None or not self._is_proxy(client[0]):
            return kept
        kept["client"] = (self._visitor(client[0], [value for name, value in said if name == FOR]), 0)
        schemes = [value for name, value in said if name == PROTO]
        if schemes:
            kept["scheme"] = "https" if schemes[-1].split(b",")[-1].strip() == b"https" else "http"
        return kept

    def _visitor(self, proxy: str, lists: Sequence[bytes]) -> str:
        visitor = proxy
        for text in reversed(b",".join(lists).decode("latin-1").split(",")):
            found = _address(text)
            if found is None:
                break
            visitor = found
            if not self._is_proxy(found):
                break
        return visitor

    def _is_proxy(self, text: str) -> bool:
        found = _address(text)
        return found is not None and any(ip_address(found) in network for network in self._proxies)


def _address(text: str) -> str | None:
    """Return an address, without a port and as IPv4 where it is mapped; None if it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
