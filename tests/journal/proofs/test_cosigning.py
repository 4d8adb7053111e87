"""Witnesses that cosign: the formats against the specification's own example, and what a witness refuses."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.journal.proofs.ground import naive_proof, naive_root
from thammuu.journal.proofs.cosigning import Cosigner, CosigningKey
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer
from thammuu.journal.proofs.witnessing import SIZE, Answer, Asked, Witness

LOG = Signer("thammuu-log", bytes(range(32)))
OTHER = Signer("thammuu-log", bytes(32))
KEY = CosigningKey("thammuu-witness", bytes(range(1, 33)))
NOW = 1_764_000_000
TRUE = [str(number).encode() for number in range(300)]
FORGED = [*TRUE[:50], b"forged", *TRUE[51:]]


def checkpoint(leaves: Sequence[bytes], size: int, signer: Signer = LOG) -> str:
    return signer.sign(Checkpoint(signer.name, size, naive_root(leaves[:size]), 1, 1).text())


def asked(leaves: Sequence[bytes], old: int, size: int, signer: Signer = LOG) -> bytes:
    path = naive_proof(old, leaves[:size]) if 0 < old < size else []
    return Asked(old, tuple(path), checkpoint(leaves, size, signer)).text()


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(KEY, {LOG.name: (LOG.verifier,)}, tmp_path / "witnessing")


def test_a_cosignature_is_what_the_specification_says() -> None:
    """By its own words: the key's id, eight bytes of time, and a signature over header, time and note."""
    note = checkpoint(TRUE, 7)
    text = note.rpartition("\n\n")[0] + "\n"
    line = KEY.cosign(text, NOW)
    assert line.startswith("— thammuu-witness ") and line.endswith("\n")
    raw = base64.b64decode(line.split(" ")[2])
    public = Ed25519PrivateKey.from_private_bytes(KEY.secret).public_key().public_bytes_raw()
    assert raw[:4] == hashlib.sha256(b"thammuu-witness\n\x04" + public).digest()[:4]
    assert raw[4:12] == NOW.to_bytes(8, "big") and len(raw) == 76
    message = b"cosignature/v1\ntime " + str(NOW).encode() + b"\n" + text.encode()
    Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], message)
    assert KEY.cosigner.cosigned_at(note + line) == NOW
    assert KEY.cosigner.cosigned_at(note) is None
    assert LOG.verifier.text_of(note + line) == text
    assert KEY.cosigner.cosigned_at(note + line.replace("thammuu-witness", "thammuu-other")) is None
    for forged in (KEY.cosign(text + "x", NOW), f"— {KEY.name} {base64.b64encode(raw[:70]).decode()}\n"):
        with pytest.raises(BadNote):
            KEY.cosigner.cosigned_at(note + forged)


def test_keys_are_told_as_text() -> None:
    assert Cosigner.parse(str(KEY.cosigner)) == KEY.cosigner
    assert CosigningKey.parse(KEY.text()) == KEY and "PRIVATE" in KEY.text()
    made = CosigningKey.make("w")
    assert CosigningKey.parse(made.text()) == made
    for bad in ("", "a+b", str(LOG.verifier), str(KEY.cosigner).replace("+", "+0", 1)):
        with pytest.raises(BadNote):
            Cosigner.parse(bad)
    with pytest.raises(BadNote):
        CosigningKey.parse(LOG.text())


def test_a_log_that_goes_on_is_cosigned(witness: Witness) -> None:
    last = 0
    for size in (1, 2, 7, 7, 64, 65, 256, 300):
        said = witness.add_checkpoint(asked(TRUE, last, size), NOW)
        assert said.status == 200, said
        assert KEY.cosigner.cosigned_at(checkpoint(TRUE, size) + said.body) == NOW
        last = size


def test_a_second_history_is_never_cosigned(witness: Witness) -> None:
    assert witness.add_checkpoint(asked(TRUE, 0, 100), NOW).status == 200
    refusals = {
        "of the same size": (asked(FORGED, 100, 100), 409),
        "longer, with its own proof": (asked(FORGED, 100, 200), 422),
        "longer, without a proof": (Asked(100, (), checkpoint(FORGED, 200)).text(), 422),
        "as if it were the first": (asked(FORGED, 0, 200), 409),
        "shorter": (asked(FORGED, 0, 60), 409),
        "from a size before": (asked(TRUE, 60, 200), 409),
        "going back": (asked(TRUE, 100, 60), 400),
    }
    for how, (body, status) in refusals.items():
        said = witness.add_checkpoint(body, NOW)
        assert said.status == status and "—" not in said.body, how
        if status == 409:
            assert said == Answer(409, "100\n", SIZE), how
    # What it was shown is kept, and the true log goes on.
    [kept] = witness.folder.glob("*.refused")
    assert Checkpoint.open(kept.read_text(), LOG.verifier).size == 200
    again = Witness(KEY, witness.logs, witness.folder)
    assert again.add_checkpoint(asked(TRUE, 100, 300), NOW).status == 200


def test_only_known_logs_and_keys_are_heard(witness: Witness) -> None:
    stranger = Signer("thammuu-stranger", bytes(32))
    assert witness.add_checkpoint(asked(TRUE, 0, 7, stranger), NOW).status == 404
    assert witness.add_checkpoint(asked(TRUE, 0, 7, OTHER), NOW).status == 403
    assert not list(witness.folder.glob("*.cosigned"))
    both = Witness(KEY, {LOG.name: (OTHER.verifier, LOG.verifier)}, witness.folder)
    assert both.add_checkpoint(asked(TRUE, 0, 7), NOW).status == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b"",
        lambda body: b"\xff" + body,
        lambda body: body.replace(b"old 0", b"old 00"),
        lambda body: body.replace(b"old 0", b"old -1"),
        lambda body: body.replace(b"old 0", b"new 0"),
        lambda body: body.replace(b"old 0", b"old 0\nAAAA"),
        lambda body: body.replace(b"old 0", b"old 0\n" + b"\n".join([base64.b64encode(bytes(32))] * 64)),
        lambda body: body.replace(b"\n7\n", b"\nseven\n"),
        lambda body: body[: len(body) // 2],
    ],
)
def test_a_malformed_request_changes_nothing(witness: Witness, change: Callable[[bytes], bytes]) -> None:
    said = witness.add_checkpoint(change(asked(TRUE, 0, 7)), NOW)
    assert said.status in (400, 403, 404) and "—" not in said.body
    assert not list(witness.folder.glob("*.cosigned"))
