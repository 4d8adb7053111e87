"""The page of ASVS: every number of levels 1 and 2 once, true counts, tests that exist; and what some rows rest on."""

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from checks.finding import ROOT
from checks.links import check as broken_links
from thammuu.config import settings
from thammuu.config.front.limits import LIMITS, MEBIBYTE
from thammuu.org.account import guessable, rules

PAGE = ROOT / "docs/asvs.md"
SECURITY = (ROOT / "docs/operators/security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| ([a-z ]+) \| (.+) \|$", re.M)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
STATES = ("kept", "in part", "not kept", "does not apply")
SOURCE = ROOT / "src/thammuu"

# The levels of each section's requirements in version 5.0.0, in order; those of level 3 are 3.
LEVELS = {
    "1.1": "22", "1.2": "111112222", "1.3": "11222222222", "1.4": "222", "1.5": "12", "2.1": "122", "2.2": "112",
    "2.3": "1222", "2.4": "2", "3.2": "11", "3.3": "1222", "3.4": "112222", "3.5": "11122", "3.7": "22",
    "4.1": "122", "4.2": "2", "4.3": "22", "4.4": "1222", "5.1": "2", "5.2": "112", "5.3": "11", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "1122", "6.4": "1122", "6.5": "22222", "6.6": "222", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "22", "7.6": "22", "8.1": "12", "8.2": "112",
    "8.3": "1", "8.4": "2", "9.1": "111", "9.2": "1222", "10.1": "22", "10.2": "22", "10.3": "2222",
    "10.4": "11111222222", "10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "22", "11.2": "222",
    "11.3": "112", "11.4": "1222", "11.5": "2", "11.6": "2", "12.1": "122", "12.2": "11", "12.3": "2222",
    "13.1": "2", "13.2": "22222", "13.3": "22", "13.4": "12222", "14.1": "22", "14.2": "1222", "14.3": "122",
    "15.1": "122", "15.2": "122", "15.3": "1222222", "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222",
    "16.5": "222", "17.1": "2", "17.2": "2222", "17.3": "22",
}  # fmt: skip


def expected() -> dict[str, str]:
    return {
        f"{section}.{place}": level
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, 1)
        if level != "3"
    }


def test_every_number_of_both_levels_is_there_once_and_in_order() -> None:
    assert [(number, level) for number, level, *_rest in ROWS] == list(expected().items())
    assert Counter(expected().values()) == {"1": 70, "2": 183}


def test_every_state_is_one_of_four_and_has_its_reason() -> None:
    assert {state for _n, _l, _words, state, _rest in ROWS} <= set(STATES)
    assert [number for number, _l, words, _state, rest in ROWS if not words.strip() or not rest.strip()] == []


def test_the_counts_at_the_top_are_true() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, levels in (("level 1", "1"), ("level 2", "2"), ("both", "12")):
        counted = Counter(state for _n, level, _w, state, _r in ROWS if level in levels)
        figures = [counted[state] for state in STATES]
        assert f"| {name} | {' | '.join(map(str, [*figures, sum(figures)]))} |" in text


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("number", [number for number, _l, _w, state, _r in ROWS if state == "kept"])
def test_a_row_that_is_kept_names_tests_that_exist(number: str) -> None:
    [rest] = [rest for known, *_others, rest in ROWS if known == number]
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", rest)
    assert named and ", ".join(f"`{file}{'::' if test else ''}{test}`" for file, test in named) == rest
    for file, test in named:
        assert (ROOT / file).exists(), file
        assert not test or test in named_in(ROOT / file), f"{file}::{test}"


def test_pages_that_rows_rest_on_exist() -> None:
    linked = [link for _n, _l, words, _s, _r in ROWS for link in re.findall(r"\]\(([^)]+)\)", words)]
    assert len(linked) >= 12
    assert broken_links() == []


def sources() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}


def imported(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


TO_SETTINGS_ONLY = {
    "src/thammuu/journal/proofs/asking.py": {"urllib.request", "http.client"},
    "src/thammuu/org/account/oidc/asking.py": {"urllib.request", "http.client"},
    # Mail goes by the server of the settings; webhooks and what browsers receive to the hosts that they list
    # (tests/directives/urging).
    "src/thammuu/directives/urging/carriers.py": {"smtplib", "http.client"},
    "src/thammuu/directives/urging/posting.py": {"http.client"},
    # Its own pages, to see that they answer.
    "src/thammuu/config/running.py": {"http.client"},
}
"""Whose requests go to the addresses of `thammuu.toml` and nowhere else: no user names one, no answer leads on."""


def test_what_is_said_to_be_absent_is_absent() -> None:
    """No code is evaluated, no object unpickled, no template made of input, no XPath, no request goes out but to what
    the settings name: witnesses, a provider, a mail server, hosts of webhooks and of push services."""
    banned = re.compile(r"(?<![\w.])(?:eval|exec)\(|\bpickle\.|\bmarshal\.|\byaml\.load\(|\bTemplate\(|\.xpath\(")
    for path, text in sources().items():
        assert not banned.search(text), path
        clients = {
            "requests",
            "httpx",
            "http.client",
            "urllib.request",
            "smtplib",
            "ftplib",
            "telnetlib",
            "ldap3",
            "pickle",
            "marshal",
        }
        assert not imported(text) & clients - TO_SETTINGS_ONLY.get(path, set()), path


def test_lint_rules_that_rows_rest_on_are_in_force() -> None:
    """The rules S (no shell, no built statements, no weak hashes) and strict types hold for the product."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert "S" in project["ruff"]["lint"]["select"]
    assert not [rule for rule in project["ruff"]["lint"]["ignore"] if rule.startswith("S")]
    eased = {
        path: rules for path, rules in project["ruff"]["lint"]["per-file-ignores"].items() if path.startswith("src")
    }
    assert {rule for rules in eased.values() for rule in rules} <= {"S608"}
    assert project["mypy"]["strict"] is True


def test_the_product_is_python_alone() -> None:
    assert [path.name for path in SOURCE.rglob("*") if path.suffix in {".c", ".cc", ".pyx", ".rs"}] == []


def test_chance_comes_from_the_system() -> None:
    for path, text in sources().items():
        assert "random" not in imported(text) or "/demo/" in path or "scenario" in path, path


def test_every_use_of_cryptography_is_listed() -> None:
    """What the product imports of it is what the table of keys names; a new use needs a new row there."""
    used = sorted(
        name
        for text in sources().values()
        for name in imported(text)
        if name.split(".")[0] in {"cryptography", "argon2", "fido2", "pyrage", "hmac", "hashlib", "secrets", "ssl"}
    )
    assert set(used) <= {
        "cryptography",  # X.509
        "cryptography.exceptions",
        "cryptography.fernet",
        "cryptography.hazmat.primitives",
        "cryptography.hazmat.primitives.asymmetric",
        "cryptography.hazmat.primitives.asymmetric.ed25519",
        "cryptography.hazmat.primitives.ciphers.aead",
        "cryptography.hazmat.primitives.hashes",
        "cryptography.hazmat.primitives.kdf.hkdf",
        "cryptography.hazmat.primitives.serialization",
        "cryptography.x509.oid",
        "fido2.server",
        "fido2.utils",
        "fido2.webauthn",
        "hashlib",
        "hmac",
        "pyrage",
        "pyrage.x25519",
        "secrets",
        "ssl",
    }
    for name in (
        "Fernet",
        "HKDF-SHA-256",
        "AES-128-GCM",
        "Ed25519",
        "X25519",
        "Argon2id",
        "SHA-256",
        "HMAC-SHA-1",
        "SCRAM-SHA-256",
        "P-256",
    ):
        assert name in SECURITY


def test_settings_that_rows_rest_on() -> None:
    assert settings.DEBUG is False
    assert list(settings.LOGGING["handlers"]) == ["standard_error"]  # type: ignore[call-overload]
    assert settings.LOGGING["root"]["handlers"] == ["standard_error"]  # type: ignore[index]


def test_limits_are_as_documented() -> None:
    for said in (
        f"{LIMITS.body // MEBIBYTE} MiB; {LIMITS.pause:.0f} s of silence, {LIMITS.arrival:.0f} s in all",
        f"| one file | {settings.ATTACHMENT_LIMIT // MEBIBYTE} MiB |",
        f"pictures up to {settings.ATTACHMENT_PIXELS // 1_000_000} megapixels",
        f"| failures for one name | {rules.FAILURES} in {rules.WINDOW.seconds // 60} minutes |",
        f"| different names from one address | {rules.SPRAY_NAMES} in {rules.WINDOW.seconds // 60} minutes |",
        f"| a session | {rules.SESSION.seconds // 3600} hours; {rules.IDLE.seconds // 60} minutes idle |",
        f"a proof that is not older than {rules.PROOF.seconds // 60} minutes",
    ):
        assert said in SECURITY, said
    assert "thammuu" in guessable.OWN_WORDS
