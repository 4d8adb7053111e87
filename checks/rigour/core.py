"""What the core is, and which tests answer for it. This is the one list."""

from dataclasses import dataclass
from pathlib import Path

from checks.finding import ROOT

SOURCE = ROOT / "src" / "thammuu"


@dataclass(frozen=True)
class Part:
    """Modules, relative to the package, and the tests that must take every branch of them."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        """Return the modules' files."""
        return [path for pattern in self.modules for path in sorted(SOURCE.glob(pattern)) if path.name != "__init__.py"]


PARTS = (
    Part("kernel", ("kernel/*.py",), ("tests/kernel",)),
    Part(
        "journal",
        tuple(
            f"journal/{name}.py"
            for name in (
                "facts", "feed", "fold", "followers", "links", "presentation", "recording", "sealer", "subjects",
                "waking", "writing",
            )
        ),
        ("tests/journal/test_*.py",),
    ),
    Part(
        "proofs",
        ("journal/proofs/*.py",),
        (
            "tests/journal/proofs",
            "tests/promises/test_4_extracts.py",
            "tests/promises/test_4_tampering.py",
            "tests/desk/redaction/test_reapplying.py",
            "tests/desk/redaction/test_redacting.py",
        ),
    ),
    Part(
        "authority",
        (
            "org/audiences.py",
            "org/authority.py",
            "org/lending.py",
            "org/policies.py",
            "org/rights.py",
            "org/rules.py",
            "org/tree.py",
        ),
        (
            "tests/org/test_audiences.py",
            "tests/org/test_authority.py",
            "tests/org/test_delegations.py",
            "tests/org/test_emergencies.py",
            "tests/org/test_grants.py",
            "tests/org/test_lending_laws.py",
            "tests/org/test_rights.py",
            "tests/org/test_substitutes.py",
            "tests/org/test_visibility.py",
            "tests/org/test_tree.py",
        ),
    ),
    Part(
        "accounts",
        (
            "org/account/policies.py",
            "org/account/recovery.py",
            "org/account/rules.py",
            "org/account/secrecy.py",
            "org/account/totp.py",
            "org/account/actions/*.py",
        ),
        ("tests/org/test_account_*.py",),
    ),
)  # fmt: skip


def parts(names: list[str]) -> list[Part]:
    """Return the parts of these names, all for none. Raises `KeyError` for a name that is none."""
    known = {part.name: part for part in PARTS}
    return [known[name] for name in names] if names else list(PARTS)


def tests_of(chosen: list[Part]) -> list[str]:
    """Return the tests of these parts, relative to the project, each once."""
    found: dict[str, None] = {}
    for part in chosen:
        for pattern in part.tests:
            for path in sorted(ROOT.glob(pattern)):
                found[path.relative_to(ROOT).as_posix()] = None
    return list(found)
