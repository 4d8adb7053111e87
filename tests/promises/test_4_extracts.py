"""Promise 4: whatever is changed in an extract that was handed over is detected."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.proofs.ground import driver, fill
from tests.promises.sealed import KEY, OTHER, Sealed, rewrite
from thammuu.journal.proofs import offline
from thammuu.journal.proofs.extracts import Choice, Unproven, extract
from thammuu.journal.proofs.notary import Notary


@pytest.fixture
def bundle(sealed: Sealed) -> str:
    text, count = extract(driver(), KEY, sealed.kept, Choice(positions=(3, 4, 300, sealed.size)))
    assert count == 4
    return text


def refused(text: str, verifier: str = str(KEY.verifier)) -> bool:
    try:
        offline.check(text, verifier)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return True
    return False


@pytest.mark.django_db
def test_no_byte_of_an_extract_can_be_changed(bundle: str) -> None:
    raw = bundle.encode()
    assert not refused(bundle)
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert refused(changed.decode(errors="replace")), place


@pytest.mark.django_db
def test_nothing_can_be_dropped_swapped_doubled_or_cut_off(bundle: str) -> None:
    lines = bundle.split("\n")
    for place in range(2, 6):
        assert refused("\n".join([*lines[:place], *lines[place + 1 :]]))
        assert refused("\n".join([*lines[:place], lines[place], *lines[place:]]))
        assert refused("\n".join([*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]))
    for length in range(0, len(bundle), 97):
        assert refused(bundle[:length])
    assert refused(bundle + "\n") and refused(bundle + bundle.split("\n\n")[1])
    assert refused(bundle, str(OTHER.verifier))


@pytest.mark.django_db
def test_an_extract_sealed_anew_by_its_own_key_still_has_to_prove_each_entry(bundle: str) -> None:
    """Whoever holds the key can seal another choice, but no other entries than those under the checkpoint."""
    magic, head, *entries = KEY.verifier.text_of(bundle)[:-1].split("\n")

    def sealed_anew(told: dict[str, object], rows: list[dict[str, object]]) -> str:
        return KEY.sign("".join(f"{line}\n" for line in [magic, json.dumps(told), *map(json.dumps, rows)]))

    rows = [json.loads(entry) for entry in entries]
    told = json.loads(head)
    assert not refused(sealed_anew(told, rows))
    first = rows[0]
    forgeries = [
        {**first, "leaf": first["leaf"].replace('"world":"real"', '"world":"rael"')},
        {**first, "path": [*first["path"], "00" * 32]},
        {**first, "path": first["path"][:-1]},
        {**first, "path": ["00" * 32, *first["path"][1:]]},
        {**first, "body": {**first["body"], "text": first["body"]["text"] + " "}},
        {**first, "leaf": rows[1]["leaf"]},
    ]
    for forged in forgeries:
        assert refused(sealed_anew(told, [forged, *rows[1:]]))
    for order in ([rows[1], rows[0], *rows[2:]], [rows[0], rows[0], *rows[1:]], rows[1:], [*rows, rows[-1]]):
        assert refused(sealed_anew(told, order))
    foreign = OTHER.sign(OTHER.verifier.name + told["checkpoint"].partition("\n\n")[0].removeprefix(KEY.name) + "\n")
    assert refused(sealed_anew({**told, "checkpoint": foreign}, rows))


@pytest.mark.django_db
def test_a_changed_journal_gives_no_extract(sealed: Sealed) -> None:
    driver().execute("UPDATE journal_entry SET kind = 'x' WHERE sequence = (SELECT max(sequence) FROM journal_entry)")
    with pytest.raises(Unproven):
        extract(driver(), KEY, sealed.kept, Choice(positions=(3,)))


@pytest.mark.django_db
def test_a_body_that_somebody_took_gives_no_extract(sealed: Sealed) -> None:
    driver().execute("DELETE FROM journal_body WHERE entry = (SELECT entry FROM journal_sealed WHERE position = 3)")
    with pytest.raises(Unproven, match="body of entry 3 is gone, and no redaction by two persons"):
        extract(driver(), KEY, sealed.kept, Choice(positions=(3,)))
    assert extract(driver(), KEY, sealed.kept, Choice(positions=(4,)))[1] == 1


@pytest.mark.django_db
def test_an_entry_changed_under_its_tile_gives_no_extract(sealed: Sealed) -> None:
    driver().execute(
        "UPDATE journal_entry SET kind = 'x' WHERE id = (SELECT entry FROM journal_sealed WHERE position = 3)"
    )
    with pytest.raises(Unproven, match="entry 3"):
        extract(driver(), KEY, sealed.kept, Choice(positions=(3,)))


@pytest.mark.django_db
def test_whoever_kept_a_checkpoint_sees_whether_the_journal_went_on_from_it(
    sealed: Sealed, seal: Callable[[], int]
) -> None:
    fill(300)
    seal()
    note = Notary(KEY).sign_stored(driver())
    key = str(KEY.verifier)
    shown, without = (
        extract(driver(), KEY, note, Choice(positions=(3,)), earlier)[0] for earlier in ([sealed.kept], [])
    )
    for kept in (sealed.kept, note):
        assert offline.check(shown, key, kept)["entries"] == 1
    rewritten = KEY.sign(KEY.verifier.text_of(note).replace(f"\n{sealed.size + 300}\n", f"\n{sealed.size}\n"))
    longer = KEY.sign(KEY.verifier.text_of(note).replace(f"\n{sealed.size + 300}\n", "\n9999\n"))
    for text, kept, fault in (
        (without, sealed.kept, "no proof for the earlier checkpoint"),
        (shown, rewritten, "does not begin with"),
        (shown, longer, "of a longer one"),
        (shown, OTHER.sign("x\n"), "not signed by"),
    ):
        with pytest.raises(ValueError, match=fault):
            offline.check(text, key, kept)


@pytest.mark.django_db
def test_the_program_alone_checks_an_extract_and_an_earlier_checkpoint(
    sealed: Sealed, seal: Callable[[], int], tmp_path: Path
) -> None:
    fill(300)
    seal()
    note = Notary(KEY).sign_stored(driver())
    good, _count = extract(driver(), KEY, note, Choice(positions=(3, 700)), [sealed.kept])
    without, _count = extract(driver(), KEY, note, Choice(positions=(3, 700)))
    (tmp_path / "kept").write_text(sealed.kept)
    program = tmp_path / "check.py"
    program.write_bytes(Path(str(offline.__file__)).read_bytes())

    def run(text: str, verifier: str, *kept: str) -> tuple[int, str]:
        (tmp_path / "extract").write_text(text)
        command = [sys.executable, "-I", "-S", str(program), "extract", verifier, *kept]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    code, said = run(good, str(KEY.verifier), "kept")
    assert (code, said.splitlines()[0]) == (0, "PROVEN: 2 entries")
    assert run(without, str(KEY.verifier))[0] == 0
    code, said = run(without, str(KEY.verifier), "kept")
    assert (code, said.startswith("NOT PROVEN")) == (1, True)
    assert run(good.replace("real", "rael"), str(KEY.verifier))[0] == 1
    assert run(good, str(OTHER.verifier))[0] == 1
    rewrite(KEY)
    rewritten = Notary(KEY).sign_stored(driver())
    forged, _count = extract(driver(), KEY, rewritten, Choice(positions=(3, 700)), [sealed.kept])
    code, said = run(forged, str(KEY.verifier), "kept")
    assert (code, "does not begin" in said) == (1, True)
