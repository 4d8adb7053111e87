"""Checks an extract of a Thammuu journal with Python alone: `python offline.py EXTRACT VERIFIER-KEY [CHECKPOINT]`.

Whoever keeps a CHECKPOINT from an earlier day learns besides whether the journal still begins with what it said.
Exit code 0: everything is proven; 1: something is not, and what. This file stands alone; read it, it is short.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def need(true: Any, otherwise: str) -> Any:
    if not true:
        raise ValueError(otherwise)
    return true


# Ed25519 as RFC 8032 has it, in extended coordinates
def point(raw: bytes) -> Point:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * ROOT % P
    need(len(raw) == 32 and y < P and (v * x * x - u) % P == 0 and (x or not sign), "a point is not on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, p: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while n:
        total, p, n = (add(total, p) if n & 1 else total), add(p, p), n >> 1
    return total


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(key: bytes, signature: bytes, text: bytes) -> None:
    need(len(signature) == 64, "a signature has not 64 bytes")
    s = need(int.from_bytes(signature[32:], "little") < ORDER, "a signature is not canonical") and signature[32:]
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left = times(int.from_bytes(s, "little"), BASE)
    right = add(point(signature[:32]), times(hashed, point(key)))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    need(same, "the signature is not of this text: something was changed, or the key is another")


def raw(text: str) -> bytes:
    found = base64.b64decode(text, validate=True)
    need(base64.b64encode(found).decode() == text, "base64 that is not canonical")
    return found


# a signed note (C2SP signed-note) and its signer (vkey): the text that was signed
def text_of(note: str, verifier: str) -> str:
    name, told, encoded = verifier.strip().split("+", 2)
    key = raw(encoded)
    id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    need(key[:1] == b"\1" and len(key) == 33 and id.hex() == told, "the verifier key is malformed")
    text, _blank, line = note.rpartition("\n\n")
    start = f"— {name} "
    need(line.startswith(start) and line.endswith("\n") and line.count("\n") == 1, f"it is not signed by {name} alone")
    signature = raw(line[len(start) : -1])
    need(signature[:4] == id, "it is signed with another key")
    signed(key[1:], signature[4:], (text + "\n").encode())
    return text


def checkpoint(note: str, verifier: str) -> tuple[int, bytes]:
    lines = text_of(note, verifier).split("\n")
    need(lines[0] == verifier.split("+")[0], "the checkpoint is of another log")
    return int(lines[1]), raw(lines[2])


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


# RFC 9162, 2.1.3.2 and 2.1.4.2; `olds`: the hashes to carry along, the new root last
def climb(here: int, last: int, olds: list[bytes], path: list[bytes]) -> list[bytes]:
    for step in path:
        need(last, "a path is too long")
        if here & 1 or here == last:
            olds = [node(step, old) for old in olds]
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            olds = [*olds[:-1], node(olds[-1], step)]
        here, last = here >> 1, last >> 1
    need(last == 0, "a path is too short")
    return olds


def grown_from(first: int, root: bytes, size: int, new_root: bytes, path: list[bytes]) -> None:
    if first == size:
        need(root == new_root, "the journal is not the one of the earlier checkpoint")
        return
    need(0 < first < size, "the earlier checkpoint is of no journal, or of a longer one")
    path = [root, *path] if first & (first - 1) == 0 else path
    here, last = first - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    need(path, "there is no proof for the earlier checkpoint")
    both = climb(here, last, [path[0], path[0]], path[1:])
    need(both == [root, new_root], "the journal does not begin with what the earlier checkpoint said")


# what a restore did again: the journal's key has signed which two accounts had agreed on which entries
def listed(note: str, verifier: str) -> tuple[str, list[str], list[str]]:
    magic, _origin, _size, _root, _epoch, line = text_of(note, verifier).split("\n")
    need(magic == "thammuu-redaction/1", "this is no redaction of the list")
    told = json.loads(line)
    return told["id"], told["accounts"], list(told["entries"])


def check(extract: str, verifier: str, kept: str | None = None) -> dict[str, Any]:
    """Return what the extract's first line says, or raise ValueError with what is wrong."""
    magic, about, *entries = text_of(extract, verifier).split("\n")
    need(magic == "thammuu-extract/1", "this is not an extract")
    told: dict[str, Any] = json.loads(about)
    size, root = checkpoint(told["checkpoint"], verifier)
    before, absent, asked, agreed = 0, {}, {}, {}
    need(len(entries) == told["entries"], "entries are missing or too many")
    for entry in map(json.loads, entries):
        leaf = json.loads(entry["leaf"])
        position, body = leaf["position"], entry["body"]
        need(before < position <= size, f"entry {position} is out of its order")
        hashed = hashlib.sha256(b"\0" + entry["leaf"].encode()).digest()
        found = climb(position - 1, size - 1, [hashed], [bytes.fromhex(step) for step in entry["path"]])
        need(found == [root], f"entry {position} is not in the journal of the checkpoint")
        digest = body and hashlib.sha256(bytes.fromhex(body["salt"]) + body["text"].encode()).hexdigest()
        need(body is None or digest == leaf["body_digest"], f"the body of entry {position} was changed")
        before = position
        if body is None:
            absent[leaf["id"]] = position
        elif leaf["kind"] == "journal.redaction_proposed":
            asked[leaf["subject_id"]] = leaf["account"], json.loads(body["text"])["sets"]["entries"]
        elif leaf["kind"] == "journal.redaction_confirmed":
            agreed[leaf["subject_id"]] = leaf["account"]
        elif leaf["kind"] == "journal.redaction_reapplied":
            redaction, accounts, ids = listed(json.loads(body["text"])["context"]["note"], verifier)
            need(redaction == leaf["subject_id"], f"entry {position} names another redaction")
            asked[redaction], agreed[redaction] = (accounts[0], ids), accounts[1]
    # a body may be missing where two accounts agreed on it, in entries that are proven here too
    pairs = [(one, agreed.get(redaction), ids) for redaction, (one, ids) in asked.items()]
    covered = {id for one, other, ids in pairs if one and other and one != other for id in ids}
    for id, position in absent.items():
        need(id in covered, f"the body of entry {position} is missing, and no two persons redacted it")
    told["redacted"] = len(absent)
    if kept is not None:
        first, old = checkpoint(kept, verifier)
        paths = {earlier["size"]: earlier["path"] for earlier in told["earlier"]}
        grown_from(first, old, size, root, [bytes.fromhex(step) for step in paths.get(first, [])])
    return told


if __name__ == "__main__":
    try:
        files = [Path(name).read_bytes().decode() for name in (sys.argv[1], *sys.argv[3:4])]
        found = check(files[0], sys.argv[2], *files[1:])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
        sys.exit(f"NOT PROVEN: {fault}")
    without = f", {found['redacted']} of them redacted by two persons" if found["redacted"] else ""
    print(f"PROVEN: {found['entries']} entries{without}\n{found['checkpoint']}")
