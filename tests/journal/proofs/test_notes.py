"""Signed notes, keys and checkpoints in C2SP's forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.journal.proofs import offline
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer, Verifier, bytes_of

# The example key and note of C2SP's signed-note and of Go's sumdb.
GO = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SIGNER = Signer("thammuu-test", bytes(range(32)))
NOTE = SIGNER.sign(Checkpoint("thammuu-test", 7, bytes(32), 1, 1).text())


def test_a_note_of_another_implementation_is_read() -> None:
    assert Verifier.parse(GO).text_of(GO_NOTE).startswith("If you think")
    assert str(Verifier.parse(GO)) == GO
    assert offline.text_of(GO_NOTE, GO) + "\n" == Verifier.parse(GO).text_of(GO_NOTE)


def test_a_checkpoint_comes_back() -> None:
    assert Checkpoint.open(NOTE, SIGNER.verifier) == Checkpoint("thammuu-test", 7, bytes(32), 1, 1)
    assert offline.checkpoint(NOTE, str(SIGNER.verifier)) == (7, bytes(32))


def test_a_key_comes_back_and_does_not_show_its_secret() -> None:
    assert Signer.parse(SIGNER.text()) == SIGNER
    assert "secret" not in repr(SIGNER)
    assert Signer.make("x").secret != Signer.make("x").secret


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_checkpoint_can_be_changed(place: int, change: int) -> None:
    raw = bytearray(NOTE.encode())
    raw[place] ^= change
    text = raw.decode(errors="replace")
    with pytest.raises(BadNote):
        Checkpoint.open(text, SIGNER.verifier)
    with pytest.raises(ValueError):
        offline.checkpoint(text, str(SIGNER.verifier))


def test_a_checkpoint_of_another_log_is_refused() -> None:
    other = Signer("thammuu-other", bytes(32))
    for note in (
        other.sign(Checkpoint("thammuu-test", 7, bytes(32), 1, 1).text()),
        "nothing",
        "a\n\nb",
        "a\n\n— x !\n",
    ):
        with pytest.raises(BadNote):
            Checkpoint.open(note, SIGNER.verifier)
    own_key_other_name = SIGNER.sign(Checkpoint("thammuu-other", 7, bytes(32), 1, 1).text())
    with pytest.raises(BadNote, match="another log"):
        Checkpoint.open(own_key_other_name, SIGNER.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x\n07\nAA==\nepoch 1 from 1\n",
        "x\n7\nAA==\nepoch 1 from 1\n",
        f"x\n7\n{'A' * 43}=\nepoch 0 from 1\n",
        "x\n7\n!\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+00000000+AAAA", str(SIGNER.verifier).replace("thammuu", "thammux"), "a b+1+AQ=="]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(text)
    with pytest.raises(BadNote):
        Signer.parse(text)


@pytest.mark.parametrize(("text", "fault"), [("QR==", "not canonical"), ("QQ=", "malformed"), ("Q*==", "malformed")])
def test_base64_has_one_form(text: str, fault: str) -> None:
    with pytest.raises(BadNote, match=fault):
        bytes_of(text)
    assert bytes_of("QQ==") == b"A"
