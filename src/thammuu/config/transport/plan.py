"""What an installation says of its transport, in `thammuu.toml`, overruled by the environment.

Environment: THAMMUU_TLS (`off`, `local` or `files`), THAMMUU_TLS_CERTIFICATE, THAMMUU_TLS_KEY, THAMMUU_HTTP_PORT,
THAMMUU_HTTPS (1: a proxy in front speaks HTTPS), THAMMUU_PROXIES (addresses or networks, comma-separated).
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal

from thammuu.config.installation import FILE
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

FOLDER = "tls"
SERVER = "server.pem"
LAST_PORT = 65535
ON_THIS_MACHINE = ("127.0.0.1", "::1")
Tls = Literal["off", "local", "files"]
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Transport:
    """`tls` says whose certificate is used; `certificate` and `key` are its files (one file holds both for `local`).

    `https` is true when browsers speak HTTPS, with us or with a proxy. `http_port` is a second port that only leads
    to the first (0: none). What `proxies` say of a visitor's address and scheme is believed.
    """

    tls: Tls = "off"
    https: bool = False
    certificate: Path = Path()
    key: Path = Path()
    http_port: int = 0
    proxies: tuple[Network, ...] = field(default=())


def read_transport(home: Path, environ: Mapping[str, str] = os.environ) -> Transport:
    """Return what the home says; raises `CannotStart` on what makes no sense."""
    file = home / FILE
    said = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    tls = _tls(environ.get("THAMMUU_TLS") or said.get("tls", "off"))
    proxied = environ["THAMMUU_HTTPS"] == "1" if "THAMMUU_HTTPS" in environ else said.get("https", False) is True
    made = home / FOLDER / SERVER
    certificate = environ.get("THAMMUU_TLS_CERTIFICATE") or said.get("tls_certificate")
    key = environ.get("THAMMUU_TLS_KEY") or said.get("tls_key") or certificate
    if tls == "files" and not certificate:
        raise CannotStart(_("tls is 'files', but no tls_certificate is named; name it, and its tls_key."))
    return Transport(
        tls=tls,
        https=tls != "off" or proxied,
        certificate=_path(home, certificate) if tls == "files" else made,
        key=_path(home, key) if tls == "files" else made,
        http_port=_port(environ.get("THAMMUU_HTTP_PORT") or said.get("http_port", 0)),
        proxies=_proxies(environ.get("THAMMUU_PROXIES"), said, believed=proxied and tls == "off"),
    )


def _tls(said: object) -> Tls:
    if said == "off" or said == "local" or said == "files":
        return said
    raise CannotStart(_("The setting tls is “{tls}”; it must be 'off', 'local' or 'files'.").format(tls=said))


def _path(home: Path, said: object) -> Path:
    return home / Path(str(said)).expanduser()  # an absolute path stays what it is


def _port(said: object) -> int:
    text = str(said)
    if text.isascii() and text.isdigit() and int(text) <= LAST_PORT:
        return int(text)
    raise CannotStart(_("The setting http_port is “{port}”; it must be a port, or 0 for none.").format(port=text))


def _proxies(environ: str | None, said: Mapping[str, Any], *, believed: bool) -> tuple[Network, ...]:
    named: Sequence[str] = said.get("proxies", ON_THIS_MACHINE if believed else ())
    if environ is not None:
        named = [one for one in environ.split(",") if one.strip()]
    try:
        return tuple(ip_network(str(one).strip(), strict=False) for one in named)
    except ValueError as error:
        raise CannotStart(
            _("The setting proxies must hold addresses or networks ({reason}).").format(reason=error)
        ) from error
