"""Which logs this Thammuu is a witness of, and which witnesses it asks: read from `thammuu.toml`.

witness_for = ["KEY", …]: verifier keys of the logs whose checkpoints are cosigned here; none: nobody's.
witness_quorum = N: so many witnesses should have cosigned within an hour; 0.
[[witnesses]] with name, url (http or https) and key: the only addresses that are asked.
"""

import os
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thammuu.config.installation import FILE
from thammuu.config.language import _
from thammuu.config.supervisor.credentials import write_private
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.journal.proofs import asking
from thammuu.journal.proofs.asking import Neighbour, Standing
from thammuu.journal.proofs.cosigning import Cosigner, CosigningKey
from thammuu.journal.proofs.keeping import read_verifier
from thammuu.journal.proofs.notes import BadNote, Verifier
from thammuu.journal.proofs.witnessing import Witness

KEY = "witness.key"
WITNESSING = "witnessing"
COSIGNED = "cosigned"
FRESH = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings: the logs by name, each with its keys; whom we ask; how many of them should answer."""

    logs: dict[str, tuple[Verifier, ...]]
    neighbours: tuple[Neighbour, ...]
    quorum: int

    def fresh(self, standings: list[Standing], now: float) -> int:
        """Return how many witnesses have cosigned within the hour. A clock that is ahead of ours counts as ours."""
        return sum(one.at is not None and now - one.at < FRESH for one in standings)


def read_plan(home: Path) -> Plan:
    """Return the settings; raises `CannotStart` with what is wrong in them."""
    file = home / FILE
    try:
        said: dict[str, Any] = tomllib.loads(file.read_text()) if file.exists() else {}
        logs: defaultdict[str, tuple[Verifier, ...]] = defaultdict(tuple)
        for text in said.get("witness_for", []):
            verifier = Verifier.parse(text)
            logs[verifier.name] += (verifier,)
        neighbours = tuple(_neighbour(one) for one in said.get("witnesses", []))
        return Plan(dict(logs), neighbours, int(said.get("witness_quorum", 0)))
    except (BadNote, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise CannotStart(
            _("The witnesses in {file} cannot be read ({reason}); correct the file.").format(file=file, reason=fault)
        ) from None


def _neighbour(said: dict[str, str]) -> Neighbour:
    if not said["url"].startswith(("http://", "https://")):
        raise ValueError(f"{said['url']} is neither http nor https")
    return Neighbour(said["name"], said["url"], Cosigner.parse(said["key"]))


def standings(home: Path) -> list[Standing]:
    """Return how this journal stands with each of its witnesses."""
    return [asking.standing(one, home / COSIGNED) for one in read_plan(home).neighbours]


def of_this_installation() -> list[Standing]:
    """Return the standings of the home of the settings, for its pages."""
    from django.conf import settings

    return standings(settings.HOME)


def witness_of(home: Path) -> Witness | None:
    """Return the witness that this installation is; None if it is nobody's or has no key."""
    plan, file = read_plan(home), home / KEY
    if not plan.logs or not file.exists():
        return None
    return Witness(CosigningKey.parse(file.read_text()), plan.logs, home / WITNESSING)


def make_key(home: Path) -> Cosigner:
    """Return this installation's key as a witness, made if there is none. Raises `CannotStart`, `BadNote`."""
    file = home / KEY
    if not file.exists():
        own = read_verifier(home)
        if own is None:
            raise CannotStart(_("There is no key yet; run 'thammuu init' first."))
        write_private(file, CosigningKey.make(f"{own.name}-witness-{os.urandom(2).hex()}").text() + "\n")
    return CosigningKey.parse(file.read_text()).cosigner
