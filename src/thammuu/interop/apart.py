"""Files of alerts are read in the sandbox; what comes back is checked again as it is built up."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from thammuu.interop.cap import Alert, Fault, Finding, Reading, read
from thammuu.interop.cap.faults import fault
from thammuu.paper.sandbox import Answer, Broken, Limits, TooMuch, read_apart

_READER = "thammuu.interop.apart:findings"
_MEBIBYTE = 1024 * 1024
LIMITS = Limits(seconds=120, processor=60, memory=1024 * _MEBIBYTE, answer=512 * _MEBIBYTE)


def read_file(content: bytes) -> Reading:
    """Read a file as `cap.read` does, but where it can do no harm. Nothing is raised, whatever the bytes are."""
    try:
        answer = read_apart(_READER, content, limits=LIMITS)
        found = zip(answer.value["findings"], answer.blobs, strict=True)
        return Reading(tuple(_finding(told, raw) for told, raw in found), _faults(answer.value["faults"]))
    except TooMuch:
        return Reading((), (fault("too-costly"),))
    except (Broken, ValidationError, KeyError, TypeError, ValueError):
        return Reading((), (fault("unreadable"),))


def findings(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """In the sandbox: what `cap.read` finds, as JSON, and the XML of each alert."""
    reading = read(content)
    told = {"findings": [_told(one) for one in reading.findings], "faults": _plain(reading.faults)}
    return Answer(told, [one.raw for one in reading.findings])


def rehearse() -> None:
    """Read a little, so that nothing is imported later."""
    findings(b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><sent>2026-01-01T00:00:00+07:00</sent></alert>', {})
    findings(b"<alert", {})


def _told(one: Finding) -> dict[str, Any]:
    return {
        "alert": one.alert.model_dump(mode="json") if one.alert is not None else None,
        "faults": _plain(one.faults),
        "warnings": _plain(one.warnings),
        "line": one.line,
        "identifier": one.identifier,
        "sender": one.sender,
        "envelope_status": one.envelope_status,
    }


def _finding(told: dict[str, Any], raw: bytes) -> Finding:
    alert = None if told["alert"] is None else Alert.model_validate(told["alert"])
    faults, warnings = _faults(told["faults"]), _faults(told["warnings"])
    return Finding(**{**told, "alert": alert, "faults": faults, "warnings": warnings}, raw=raw)


def _plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [one._asdict() | {"details": dict(one.details)} for one in faults]


def _faults(told: Iterable[dict[str, Any]]) -> tuple[Fault, ...]:
    return tuple(Fault(**one) for one in told)
