"""How an installation stands with its certificate: for the operators' pages, `thammuu tls show` and `thammuu check`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.certificates import faults_of, fingerprint, read_pair
from thammuu.config.transport.keeping import ROOT_KEY, root_of
from thammuu.config.transport.plan import FOLDER, Tls, Transport
from thammuu.kernel import clock

WARN_DAYS = 14  # a local certificate is renewed at 30: at 14, something keeps that from happening
ROOT_WARN_DAYS = 90  # a new root must come to every device
HERE = ("localhost", "127.0.0.1", "::1", "[::1]", "testserver")


@dataclass(frozen=True)
class Standing:
    """`until` and `days` are the server certificate's, `root_…` the local authority's; `faults` are to be mended."""

    tls: Tls
    https: bool
    until: datetime | None = None
    days: int | None = None
    root_until: datetime | None = None
    root_fingerprint: str = ""
    faults: tuple[str, ...] = ()


def certificate_standing() -> Standing:
    """Return how the running installation stands; reads a few small files."""
    return standing(settings.HOME, settings.TRANSPORT, settings.ALLOWED_HOSTS, clock.now())


def standing(home: Path, transport: Transport, hosts: Sequence[str], now: datetime) -> Standing:
    """Look at the certificate, its key and the authority."""
    if transport.tls == "off":
        return Standing("off", transport.https, faults=tuple(_open_to_others(transport, hosts)))
    root = root_of(home) if transport.tls == "local" else None
    faults = []
    until, days = None, None
    try:
        certificate = read_pair(transport.certificate, transport.key).certificate
    except CannotStart as fault:
        faults.append(str(fault))
    else:
        until = certificate.not_valid_after_utc
        days = (until - now).days
        faults += faults_of(certificate, hosts, now)
        if 0 <= days < WARN_DAYS:
            faults.append(_("The certificate holds for {days} days only; renew it.").format(days=days))
    if root is not None and (root.not_valid_after_utc - now).days < ROOT_WARN_DAYS:
        faults.append(
            _("The local authority ends on {day}; make a new one ('thammuu tls init --again') and install it.").format(
                day=f"{root.not_valid_after_utc:%Y-%m-%d}"
            )
        )
    keys = [transport.key, *([home / FOLDER / ROOT_KEY] if root is not None else [])]
    faults += [
        _("The key {file} is open to others; run 'chmod 600' on it.").format(file=key) for key in keys if _is_open(key)
    ]
    return Standing(
        transport.tls,
        https=True,
        until=until,
        days=days,
        root_until=root.not_valid_after_utc if root else None,
        root_fingerprint=fingerprint(root) if root else "",
        faults=tuple(faults),
    )


def _open_to_others(transport: Transport, hosts: Sequence[str]) -> list[str]:
    away = [host for host in hosts if host not in HERE]
    if transport.https or not away:
        return []
    return [
        _(
            "Passwords travel unencrypted to {hosts}, and phones get neither passkeys nor offline pages; "
            "run 'thammuu tls init', or put a proxy with HTTPS before it."
        ).format(hosts=", ".join(away))
    ]


def _is_open(key: Path) -> bool:
    return key.exists() and key.stat().st_mode & 0o077 != 0
