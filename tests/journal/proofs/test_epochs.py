"""What the journal's key signs of an epoch, and what is not taken for it."""

from dataclasses import replace

import pytest

from thammuu.journal.proofs.epochs import Opened, opened, statement, vouched
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer

KEY = Signer("thammuu-test", bytes(range(32)))
BEFORE = Checkpoint(KEY.name, 6, b"x" * 32, 2, 7)


def note(before: Checkpoint = BEFORE) -> str:
    return KEY.sign(statement(before))


def test_it_says_what_the_entries_before_it_are() -> None:
    assert opened(note(), KEY.verifier) == opened(note(), None) == BEFORE
    assert vouched(Opened(2, 7, note()), KEY.verifier) == BEFORE


@pytest.mark.parametrize("epoch", [Opened(3, 7, note()), Opened(2, 8, note()), Opened(2, 7, "")])
def test_an_epoch_that_the_note_does_not_tell_of_is_not_vouched_for(epoch: Opened) -> None:
    assert vouched(epoch, KEY.verifier) is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (KEY.sign(BEFORE.text()), "says nothing of an epoch"),
        (note(replace(BEFORE, origin="thammuu-other")), "epoch of another log"),
        (note(replace(BEFORE, size=5)), "does not begin behind"),
        (note(replace(BEFORE, size=7)), "does not begin behind"),
        (Signer(KEY.name, bytes(32)).sign(statement(BEFORE)), "not signed"),
    ],
)
def test_what_is_not_of_an_epoch_of_this_log_is_refused(said: str, fault: str) -> None:
    with pytest.raises(BadNote, match=fault):
        opened(said, KEY.verifier)


def test_without_a_key_whose_log_it_is_cannot_be_told() -> None:
    other = replace(BEFORE, origin="thammuu-other")
    assert opened(note(other), None) == other
    with pytest.raises(BadNote, match="does not begin behind"):
        opened(note(replace(BEFORE, size=5)), None)
