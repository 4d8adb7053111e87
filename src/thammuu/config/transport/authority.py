"""A local authority: a root certificate for the names of one installation, and server certificates signed by it.

The root can sign for these names and addresses only (RFC 5280 §4.2.1.10), so a stolen key opens no other site to
whoever installed it. Keys are ECDSA P-256, which every phone and browser verifies.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from thammuu.kernel.errors import BadInput

ROOT_DAYS = 3650
SERVER_DAYS = 90
RENEW_DAYS = 30
EARLIER = timedelta(days=1)  # for devices whose clock is behind
LONGEST_NAME = 253
Address = IPv4Address | IPv6Address


def address_in(host: str) -> Address | None:
    """Return the IP address that a host is, None if it is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def dns_name(host: str) -> str:
    """Return a host name as certificates hold it (lower case, ASCII, "*." for a leading dot); raises BadInput."""
    plain = host.strip().lower().rstrip(".")
    try:
        name = plain.lstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    fits = 0 < len(name) <= LONGEST_NAME and all(_label(part) for part in name.split("."))
    if not fits:
        raise BadInput("host", host)
    return f"*.{name}" if plain.startswith(".") else name


def _label(part: str) -> bool:
    return part != "" and part[0] != "-" and part[-1] != "-" and part.replace("-", "").replace("_", "").isalnum()


def make_root(hosts: Sequence[str], now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return a new root for `hosts` (names, addresses, networks), with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Thammuu"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Thammuu {hosts[0]} {now:%Y-%m-%d}"[:64]),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        _begun(name, name, key.public_key(), now, ROOT_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(_constraints(hosts), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def make_server(
    hosts: Sequence[str], root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey, now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return a new server certificate for `hosts`, with its key; never valid for longer than its root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0].lstrip(".")[:64])])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    days = min(SERVER_DAYS, (root.not_valid_after_utc - now).days)
    certificate = (
        _begun(name, root.subject, key.public_key(), now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_san(host) for host in _expanded(hosts)]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    return certificate, key


def permits(root: x509.Certificate, host: str) -> bool:
    """Say whether the root may sign for a host."""
    try:
        permitted = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    except x509.ExtensionNotFound:
        return True
    address = address_in(host)
    if address is not None:
        networks = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
        return any(not isinstance(one, IPv4Address | IPv6Address) and address in one for one in networks)
    name = dns_name(host).removeprefix("*.")
    trees = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    return any(name == tree or name.endswith(f".{tree}") for tree in trees)


def pem_of(key: ec.EllipticCurvePrivateKey, *certificates: x509.Certificate) -> str:
    """Return key and certificates as one PEM text."""
    texts = [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())]
    return b"".join([*texts, *(one.public_bytes(Encoding.PEM) for one in certificates)]).decode("ascii")


def _begun(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _expanded(hosts: Sequence[str]) -> list[str]:
    """Name the domain itself beside what lies below it."""
    return [one for host in hosts for one in ([host, host[1:]] if host.startswith(".") else [host])]


def _san(host: str) -> x509.GeneralName:
    address = address_in(host)
    return x509.IPAddress(address) if address is not None else x509.DNSName(dns_name(host))


def _constraints(hosts: Sequence[str]) -> x509.NameConstraints:
    trees: list[x509.GeneralName] = []
    for host in hosts:
        try:
            trees.append(x509.IPAddress(ip_network(host.strip("[]"), strict=False)))
        except ValueError:
            trees.append(x509.DNSName(dns_name(host).removeprefix("*.")))
    # What has no permitted tree of its kind would be free: names are closed for a root of addresses, and back.
    if not any(isinstance(tree, x509.DNSName) for tree in trees):
        trees.append(x509.DNSName("invalid"))
    return x509.NameConstraints(trees, _closed(trees) or None)


def _closed(trees: Sequence[x509.GeneralName]) -> list[x509.GeneralName]:
    """Return the kinds of addresses of which none is permitted."""
    versions = {tree.value.version for tree in trees if isinstance(tree, x509.IPAddress)}
    whole = {4: "0.0.0.0/0", 6: "::/0"}
    return [x509.IPAddress(ip_network(whole[version])) for version in (4, 6) if version not in versions]
