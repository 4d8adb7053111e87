"""The files of the local authority in the folder `tls` of the home, and the renewal of its certificate.

`root.pem` is what devices install; `root.key` signs and may be taken away between renewals; `server.pem` holds the
server's key and certificate in one file, so that a renewal is one rename.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from thammuu.config.language import _
from thammuu.config.supervisor.credentials import write_private
from thammuu.config.supervisor.places import make_folder
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport import authority
from thammuu.config.transport.certificates import faults_of, read_certificates, read_pair
from thammuu.config.transport.plan import FOLDER, SERVER
from thammuu.kernel.errors import BadInput

ROOT, ROOT_KEY = "root.pem", "root.key"


def root_of(home: Path) -> x509.Certificate | None:
    """Return the root that devices install, None if none was made."""
    file = home / FOLDER / ROOT
    return read_certificates(file)[0] if file.exists() else None


def make_authority(home: Path, hosts: Sequence[str], within: Sequence[str], now: datetime) -> x509.Certificate:
    """Make a root for `hosts` (and for what else lies `within` names or networks) and the first server certificate."""
    with _locked(home):
        try:
            root, key = authority.make_root([*hosts, *within], now)
        except BadInput as bad:
            raise _no_name(bad) from bad
        write_private(home / FOLDER / ROOT_KEY, authority.pem_of(key))
        write_private(home / FOLDER / ROOT, root.public_bytes(Encoding.PEM).decode("ascii"))
        _issue(home, hosts, now)
    return root


def renew(home: Path, hosts: Sequence[str], now: datetime, *, only_if_due: bool = False) -> bool:
    """Issue a new server certificate; False when that was not due."""
    with _locked(home):
        if only_if_due and not is_due(home, hosts, now):
            return False
        _issue(home, hosts, now)
    return True


def is_due(home: Path, hosts: Sequence[str], now: datetime) -> bool:
    """Say whether the server certificate is missing, soon over, of another root, or not for these hosts."""
    root = root_of(home)
    try:
        certificate = read_pair(home / FOLDER / SERVER, home / FOLDER / SERVER).certificate
    except CannotStart:
        return True
    soon = certificate.not_valid_after_utc - now < timedelta(days=authority.RENEW_DAYS)
    return soon or root is None or not _signed_by(certificate, root) or bool(faults_of(certificate, hosts, now))


def _signed_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _issue(home: Path, hosts: Sequence[str], now: datetime) -> None:
    root = root_of(home)
    if root is None:
        raise CannotStart(_("There is no local authority in {folder}; run 'thammuu tls init'.").format(folder=home))
    key = _root_key(home)
    if root.not_valid_after_utc - now < timedelta(days=authority.RENEW_DAYS):
        raise CannotStart(
            _("The local authority is over on {day}; run 'thammuu tls init --again', and install it anew.").format(
                day=f"{root.not_valid_after_utc:%Y-%m-%d}"
            )
        )
    try:
        outside = [host for host in hosts if not authority.permits(root, host)]
    except BadInput as bad:
        raise _no_name(bad) from bad
    if outside:
        raise CannotStart(
            _(
                "The local authority was not made for {hosts}; run 'thammuu tls init --again' and install it anew, "
                "or take them out of 'hosts'."
            ).format(hosts=", ".join(outside))
        )
    certificate, server_key = authority.make_server(hosts, root, key, now)
    write_private(home / FOLDER / SERVER, authority.pem_of(server_key, certificate))


def _root_key(home: Path) -> ec.EllipticCurvePrivateKey:
    file = home / FOLDER / ROOT_KEY
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError(type(key).__name__)
    except (OSError, ValueError, TypeError) as error:
        raise CannotStart(
            _("The authority's key {file} cannot be read ({reason}); put it back from where it is kept.").format(
                file=file, reason=getattr(error, "strerror", None) or error
            )
        ) from error
    return key


def _no_name(bad: BadInput) -> CannotStart:
    return CannotStart(
        _("“{host}” is no name or address of one machine; name the hosts in thammuu.toml.").format(host=bad.reason)
    )


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Let one process at a time write into the folder."""
    make_folder(home / FOLDER)
    with (home / FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
