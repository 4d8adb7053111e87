"""The local authority: what it signs, for whom, and what browsers' rules say of it."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.x509 import verification

from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport import authority, keeping
from thammuu.config.transport.authority import SERVER_DAYS, dns_name, make_root, make_server, pem_of, permits
from thammuu.config.transport.certificates import covers, faults_of, read_pair
from thammuu.config.transport.plan import FOLDER, SERVER
from thammuu.kernel.errors import BadInput

HOSTS = ("thammuu.bo.vn", "10.1.2.3", "::1", "localhost")
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def verified(root: x509.Certificate, server: x509.Certificate, host: str, at: datetime) -> bool:
    """Whether a client that trusts the root takes the certificate for the host: by the rules of the Web (RFC 5280)."""
    address = authority.address_in(host)
    subject = x509.IPAddress(address) if address else x509.DNSName(host)
    builder = verification.PolicyBuilder().store(verification.Store([root])).time(at)
    try:
        builder.build_server_verifier(subject).verify(server, [])
    except verification.VerificationError:
        return False
    return True


def test_a_client_that_trusts_the_root_takes_the_certificate_for_every_host() -> None:
    root, key = make_root(HOSTS, NOW)
    server, _key = make_server(HOSTS, root, key, NOW)
    assert [host for host in HOSTS if not verified(root, server, host, NOW)] == []
    assert not verified(root, server, "other.vn", NOW)
    assert not verified(root, server, "thammuu.bo.vn", NOW + timedelta(days=SERVER_DAYS, hours=1))
    assert verified(root, server, "thammuu.bo.vn", NOW - timedelta(hours=23))  # a device a day behind


@pytest.mark.parametrize("foreign", ["bank.vn", "8.8.8.8", "2001:db8::1"])
@pytest.mark.parametrize("hosts", [("thammuu.bo.vn",), ("10.1.2.3",), ("::1", "localhost")])
def test_a_stolen_root_signs_for_no_other_site(hosts: tuple[str, ...], foreign: str) -> None:
    root, key = make_root(hosts, NOW)
    assert not permits(root, foreign)
    forged, _key = make_server([foreign], root, key, NOW)
    assert not verified(root, forged, foreign, NOW)


def test_a_root_may_be_made_for_hosts_that_come_later() -> None:
    root, key = make_root([*HOSTS, "10.20.0.0/16", "quan-khu.vn"], NOW)
    for host in ("10.20.7.7", "trung-tam.quan-khu.vn", ".quan-khu.vn"):
        assert permits(root, host)
    later, _key = make_server(["10.20.7.7", ".quan-khu.vn"], root, key, NOW)
    for host in ("10.20.7.7", "a.quan-khu.vn", "quan-khu.vn"):
        assert verified(root, later, host, NOW)
    assert covers(later, ".quan-khu.vn")
    assert not covers(later, "a.b.quan-khu.vn")


def test_what_browsers_and_phones_ask_of_a_certificate() -> None:
    root, key = make_root(HOSTS, NOW)
    server, server_key = make_server(HOSTS, root, key, NOW)
    assert (server.not_valid_after_utc - server.not_valid_before_utc).days <= 397
    assert isinstance(server_key.curve, ec.SECP256R1)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.IPAddress)) == {ip_address("10.1.2.3"), ip_address("::1")}
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    for name in (x509.NameConstraints, x509.KeyUsage, x509.BasicConstraints):
        assert root.extensions.get_extension_for_class(name).critical  # type: ignore[type-var]


def test_a_certificate_is_never_valid_for_longer_than_its_root() -> None:
    root, key = make_root(HOSTS, NOW)
    late = root.not_valid_after_utc - timedelta(days=40)
    server, _key = make_server(HOSTS, root, key, late)
    assert server.not_valid_after_utc <= root.not_valid_after_utc


@pytest.mark.parametrize("host", ["*", "", "a..b", "-a.vn", "a_b/c", "x" * 64 + ".vn", "http://a.vn", "a b"])
def test_what_is_no_host_name_is_refused(host: str) -> None:
    with pytest.raises(BadInput):
        dns_name(host)


def test_vietnamese_names_are_written_as_certificates_hold_them() -> None:
    assert dns_name("Chỉ-Huy.vn.").startswith("xn--")


def test_renewal_comes_by_itself_and_only_when_due(tmp_path: Path) -> None:
    keeping.make_authority(tmp_path, HOSTS, (), NOW)
    first = (tmp_path / FOLDER / SERVER).read_bytes()
    assert not keeping.renew(tmp_path, HOSTS, NOW + timedelta(days=59), only_if_due=True)
    assert (tmp_path / FOLDER / SERVER).read_bytes() == first
    assert keeping.renew(tmp_path, HOSTS, NOW + timedelta(days=61), only_if_due=True)
    pair = read_pair(tmp_path / FOLDER / SERVER, tmp_path / FOLDER / SERVER)
    assert faults_of(pair.certificate, HOSTS, NOW + timedelta(days=150)) == []
    assert keeping.renew(tmp_path, HOSTS[1:], NOW + timedelta(days=62), only_if_due=True) is False
    assert keeping.is_due(tmp_path, ["b.thammuu.bo.vn"], NOW + timedelta(days=62))
    for file in (tmp_path / FOLDER).glob("*.*"):
        assert file.name == ".lock" or file.stat().st_mode & 0o077 == 0, file


def test_a_new_root_replaces_the_certificate_of_the_old_one(tmp_path: Path) -> None:
    keeping.make_authority(tmp_path, HOSTS, (), NOW)
    old = read_pair(tmp_path / FOLDER / SERVER, tmp_path / FOLDER / SERVER).certificate
    keeping.make_authority(tmp_path, HOSTS, (), NOW)
    root = keeping.root_of(tmp_path)
    assert root is not None
    assert not verified(root, old, "localhost", NOW)
    (tmp_path / FOLDER / SERVER).write_bytes(b"")
    assert keeping.renew(tmp_path, HOSTS, NOW, only_if_due=True)


def test_what_keeps_a_renewal_from_happening_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="thammuu tls init"):
        keeping.renew(tmp_path, HOSTS, NOW)
    keeping.make_authority(tmp_path, HOSTS, (), NOW)
    with pytest.raises(CannotStart, match=r"other\.vn"):
        keeping.renew(tmp_path, [*HOSTS, "other.vn"], NOW)
    with pytest.raises(CannotStart, match="over on"):
        keeping.renew(tmp_path, HOSTS, NOW + timedelta(days=authority.ROOT_DAYS - 10))
    with pytest.raises(CannotStart, match="hosts"):
        keeping.renew(tmp_path, ["*"], NOW)
    (tmp_path / FOLDER / keeping.ROOT_KEY).write_text("nothing")
    with pytest.raises(CannotStart, match=keeping.ROOT_KEY):
        keeping.renew(tmp_path, HOSTS, NOW)
    (tmp_path / FOLDER / keeping.ROOT_KEY).unlink()  # taken away for safety
    assert not keeping.renew(tmp_path, HOSTS, NOW, only_if_due=True)
    with pytest.raises(CannotStart, match="put it back"):
        keeping.renew(tmp_path, HOSTS, NOW)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """An own certificate and its key."""
    root, key = make_root(HOSTS, NOW)
    server, server_key = make_server(HOSTS, root, key, NOW)
    text = pem_of(server_key, server)
    cut = text.index("-----BEGIN CERTIFICATE")
    (tmp_path / "server.crt").write_text(text[cut:])
    (tmp_path / "server.key").write_text(text[:cut])
    return tmp_path / "server.crt", tmp_path / "server.key"


def test_own_files_that_cannot_serve_are_refused_with_the_remedy(files: tuple[Path, Path]) -> None:
    certificate, key = files
    assert faults_of(read_pair(certificate, key).certificate, HOSTS, NOW) == []
    with pytest.raises(CannotStart, match="cannot be read"):
        read_pair(certificate.with_name("none.crt"), key)
    with pytest.raises(CannotStart, match="no certificate"):
        read_pair(key, key)
    with pytest.raises(CannotStart, match="no private key"):
        read_pair(certificate, certificate)
    other = ec.generate_private_key(ec.SECP256R1())
    key.write_text(pem_of(other))
    with pytest.raises(CannotStart, match="does not belong"):
        read_pair(certificate, key)


def test_an_encrypted_key_is_refused(files: tuple[Path, Path]) -> None:
    certificate, key = files
    private = ec.generate_private_key(ec.SECP256R1())
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")))
    with pytest.raises(CannotStart, match="passphrase"):
        read_pair(certificate, key)


def test_faults_of_a_certificate(files: tuple[Path, Path]) -> None:
    certificate = read_pair(*files).certificate
    assert "expired" in faults_of(certificate, HOSTS, NOW + timedelta(days=400))[0]
    assert "clock" in faults_of(certificate, HOSTS, NOW - timedelta(days=2))[0]
    assert "other.vn, *" in faults_of(certificate, [*HOSTS, "other.vn", "*"], NOW)[0]
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - refused below
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    built = x509.CertificateBuilder(name, name, weak.public_key(), 1, NOW, NOW + timedelta(days=1))
    found = faults_of(built.sign(weak, SHA256()), ["localhost"], NOW)
    assert ["does not name" in found[0], "weak" in found[1]] == [True, True]
