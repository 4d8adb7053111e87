"""One installation's settings: the file `thammuu.toml` of its home, overruled by the environment.

`thammuu init` writes the file. Environment: THAMMUU_HOME, THAMMUU_SECRET_KEY, THAMMUU_HOSTS
(comma-separated), THAMMUU_ADDRESS, THAMMUU_PORT, DATABASE_URL, DATABASE_OWNER_URL,
THAMMUU_CAP_FOLDER (default: `cap` in the home; alerts dropped there are taken in), THAMMUU_CAP_UNIT (the code of the
unit that they are for; default: the one at the top), THAMMUU_CONTACT_DAYS (days after the end of an incident until its
reporters' contacts are redacted), THAMMUU_LOG_REQUESTS (1: a line in the log for every answer), THAMMUU_LEAST_FREE
(mebibytes; with less room on the disk nothing is taken in; 256), THAMMUU_SIGNING (the folder of seals; default:
`signing` in the home), THAMMUU_TRUST_ROOTS (the folder of trusted roots; default: `trust-roots` in the home),
THAMMUU_SIGNING_TSA (the address of a time-stamping authority; default: none).
"""

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thammuu.config.language import _
from thammuu.config.supervisor.credentials import read_credentials, write_private
from thammuu.config.supervisor.places import make_folder
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.org.account.oidc.provider import BadProvider, Provider, read_providers

FILE = "thammuu.toml"
NO_SECRET = "no-secret-key-was-made-run-thammuu-init"  # noqa: S105 - refused at start-up
LAST_PORT = 65535
CONTACT_DAYS = 30
MOST_DAYS = 3650
LEAST_FREE = 256  # mebibytes
NOWHERE = "postgresql:///thammuu"

SETTINGS = """\
# Thammuu's settings. Environment variables (THAMMUU_…, DATABASE_URL) overrule them;
# `thammuu check` says whether they are sound.

secret_key = {secret}
hosts = ["localhost", "127.0.0.1"]
address = "127.0.0.1"
port = {port}

# How browsers are spoken to: "off" (this machine only, or a proxy), "local" (HTTPS by an authority of our own,
# "thammuu tls init"), or "files" (HTTPS by your own certificate).
tls = "off"
# tls_certificate = "/etc/ssl/thammuu.pem"
# tls_key = "/etc/ssl/thammuu.key"
# A second port that leads to the first, for addresses typed without https; 0: none.
# http_port = 80
# With a proxy that speaks HTTPS, and where it is (what it says of visitors is believed):
# https = true
# proxies = ["127.0.0.1"]

# Files of alerts (CAP) dropped into this folder are taken in for this unit.
# Unset: "cap" in this folder, and the unit at the top.
# cap_folder = "/srv/alerts"
# cap_unit = "01"

# Backups: a folder on another disk or machine, and the public key of whoever may read them
# ("thammuu backup key" makes one, elsewhere). Numbers: base backups kept, hours between two, days until a drill is due.
# backup_folder = "/srv/backups"
# backup_recipient = "age1…"
# backup_keep = 7
# backup_hours = 24
# drill_days = 30

# How to reach whoever reported an incident is redacted so many days after it was closed.
# contact_days = 30

# Who may read /metrics: with a token ('thammuu metrics-token'), or from an address or network. Unset: nobody.
# metrics_token = "…"
# metrics_from = ["192.0.2.10"]

# A line in the log for every answer; otherwise only for faults and slow ones.
# log_requests = true

# With less room on the disk (mebibytes) nothing is taken in any more, and every page says why.
# least_free = 256

# Seals that sign documents, one <code of the unit>.p12 with its passphrase in <code>.passphrase; the roots (PEM) that
# signatures of others must lead to; and, if there is one, a time-stamping authority. Unset: "signing" and "trust-roots"
# in this folder, and none.
# signing = "/etc/thammuu/signing"
# trust_roots = "/etc/thammuu/trust-roots"
# signing_tsa = "https://tsa.example.vn"

# Unset: the embedded PostgreSQL. The owner migrates, the application runs.
# database_url = "postgresql://thammuu_app:…@server/thammuu"
# owner_database_url = "postgresql://thammuu_owner:…@server/thammuu"

# Logs that this Thammuu is a witness of, by their verifier keys ("thammuu journal key" prints one).
# witness_for = ["thammuu-…+…+…"]
# Witnesses that cosign this journal's checkpoints ("thammuu journal witness key", run there, prints the key), and how
# many of them should have done so within the hour. Only these addresses are asked. They stay at the end of this file.
# witness_quorum = 1
# [[witnesses]]
# name = "Hà Nội"
# url = "https://thammuu.example/witness"
# key = "thammuu-…-witness-…+…+…"

# Sign-in by way of the organisation's own provider (OpenID Connect); any number of such tables, at the end of the file.
# [oidc.sso]
# label = "Cổng đăng nhập một lần"
# issuer = "https://sso.example.vn/realms/staff"
# client_id = "thammuu"
# secret_file = "/etc/thammuu/sso.secret"
# second_factor_amr = ["mfa", "otp", "hwk"]
"""


@dataclass(frozen=True)
class Installation:
    """What differs from one machine to the next.

    `database_url` is the application's login, `owner_url` the one that migrates; both are of the
    embedded server when `embedded` is true.
    """

    home: Path
    secret_key: str
    hosts: tuple[str, ...]
    address: str
    port: int
    embedded: bool
    database_url: str
    owner_url: str
    cap_folder: Path
    cap_unit: str
    oidc: tuple[Provider, ...] = ()
    contact_days: int = CONTACT_DAYS
    log_requests: bool = False
    least_free: int = LEAST_FREE
    signing: Path = Path("signing")
    trust_roots: Path = Path("trust-roots")
    signing_tsa: str = ""


def read_installation(environ: Mapping[str, str] = os.environ) -> Installation:
    """The settings of the home named by THAMMUU_HOME (default: `var` in the working folder)."""
    home = Path(environ.get("THAMMUU_HOME") or "var").resolve()
    file = home / FILE
    said = _read_settings(file)
    named = environ.get("DATABASE_URL") or said.get("database_url")
    credentials = None if named else read_credentials(home)
    application = named or (credentials.application_url if credentials else NOWHERE)
    owner = environ.get("DATABASE_OWNER_URL") or said.get("owner_database_url")
    hosts = environ.get("THAMMUU_HOSTS")
    return Installation(
        home=home,
        secret_key=environ.get("THAMMUU_SECRET_KEY") or said.get("secret_key", NO_SECRET),
        hosts=tuple(hosts.split(",")) if hosts else tuple(said.get("hosts", ("localhost", "127.0.0.1", "testserver"))),
        address=environ.get("THAMMUU_ADDRESS") or said.get("address", "127.0.0.1"),
        port=_port(environ.get("THAMMUU_PORT") or said.get("port", 8000)),
        embedded=named is None,
        database_url=application,
        owner_url=owner or (credentials.owner_url if credentials else application),
        cap_folder=Path(environ.get("THAMMUU_CAP_FOLDER") or said.get("cap_folder") or home / "cap"),
        cap_unit=environ.get("THAMMUU_CAP_UNIT") or said.get("cap_unit", ""),
        oidc=_providers(said.get("oidc", {})),
        contact_days=_days(environ.get("THAMMUU_CONTACT_DAYS") or said.get("contact_days", CONTACT_DAYS)),
        log_requests=(environ["THAMMUU_LOG_REQUESTS"] == "1")
        if "THAMMUU_LOG_REQUESTS" in environ
        else said.get("log_requests", False),
        least_free=_least_free(environ.get("THAMMUU_LEAST_FREE") or said.get("least_free", LEAST_FREE)),
        signing=Path(environ.get("THAMMUU_SIGNING") or said.get("signing") or home / "signing"),
        trust_roots=Path(environ.get("THAMMUU_TRUST_ROOTS") or said.get("trust_roots") or home / "trust-roots"),
        signing_tsa=environ.get("THAMMUU_SIGNING_TSA") or said.get("signing_tsa", ""),
    )


def _read_settings(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        # A home that is no folder is refused where it is to be written.
        return {}
    except (OSError, ValueError) as error:
        raise CannotStart(
            _("The settings in {file} cannot be read ({reason}); correct the file and start again.").format(
                file=file, reason=error
            )
        ) from error


def _providers(said: dict[str, Any]) -> tuple[Provider, ...]:
    try:
        return read_providers(said)
    except BadProvider as error:
        raise CannotStart(
            _("The setting {name} in thammuu.toml cannot be taken; see docs/operators/accounts.md.").format(name=error)
        ) from error


def _port(said: object) -> int:
    text = str(said)
    if text.isascii() and text.isdigit() and int(text) <= LAST_PORT:
        return int(text)
    raise CannotStart(
        _("“{port}” is not a port; name one from 1 to {last} with --port, THAMMUU_PORT or in thammuu.toml.").format(
            port=text, last=LAST_PORT
        )
    )


def _days(said: object) -> int:
    text = str(said)
    if text.isascii() and text.isdigit() and 0 < int(text) <= MOST_DAYS:
        return int(text)
    raise CannotStart(_("The setting {name} must be a whole number from 1.").format(name="contact_days"))


def _least_free(said: object) -> int:
    text = str(said)
    if text.isascii() and text.isdigit():
        return int(text)
    raise CannotStart(
        _("“{said}” is not a number of mebibytes; correct THAMMUU_LEAST_FREE or least_free.").format(said=text)
    )


def write_settings(home: Path, port: int) -> bool:
    """Make the settings file with a secret key of its own; False when there is one."""
    make_folder(home)
    file = home / FILE
    if file.exists():
        return False
    write_private(file, SETTINGS.format(secret=json.dumps(secrets.token_urlsafe(48)), port=port))
    return True
