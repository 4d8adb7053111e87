"""Facts in the past tense pass; a fact named as a command, unfrozen, or silent is caught."""

from typing import ClassVar

import pytest
from pydantic import ConfigDict

from checks.facts import check, faults
from thammuu.journal.facts import Fact
from thammuu.journal.subjects import Subject


def _fact(name: str, kind: str, **names: object) -> type[Fact]:
    body = {"__module__": __name__, "sentence": "Said", "__annotations__": {"sentence": ClassVar[str]}, **names}
    cls: type[Fact] = type(name, (Fact,), body)
    cls.fact_kind, cls.fact_version, cls.subject = kind, 1, Subject.INCIDENT
    return cls


def test_good_facts_pass() -> None:
    kinds = {"IncidentOpened": "incident_opened", "SeveritySet": "severity_set", "AlertTakenIn": "alert_taken_in"}
    assert list(faults(_fact(name, f"watch.{kind}") for name, kind in kinds.items())) == []


def test_good_facts_are_all_there_are() -> None:
    assert check() == []


@pytest.mark.parametrize(("name", "kind"), [("OpenIncident", "open_incident"), ("Opening", "opening"), ("In", "in")])
def test_bad_tense_is_caught(name: str, kind: str) -> None:
    assert "past tense" in next(faults([_fact(name, f"watch.{kind}")])).message


def test_bad_shapes_are_caught() -> None:
    thawed = _fact("IncidentOpened", "watch.incident_opened", model_config=ConfigDict(frozen=False, extra="ignore"))
    renamed = _fact("IncidentOpened", "watch.incident_closed")
    silent = _fact("IncidentOpened", "watch.incident_opened", sentence="")
    messages = [finding.message for finding in faults([thawed, renamed, silent])]
    assert [message.split()[0] for message in messages] == ["not", "the", "says"]
