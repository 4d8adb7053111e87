"""Files of edXML are read in the sandbox; what comes back is checked again as it is built up."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from thammuu.interop.edxml.faults import Fault, fault
from thammuu.interop.edxml.message import Document, StatusReport
from thammuu.interop.edxml.reading import Reading, read
from thammuu.paper.sandbox import Answer, Broken, Limits, TooMuch, read_apart

_READER = "thammuu.interop.edxml.apart:message"
_MEBIBYTE = 1024 * 1024
LIMITS = Limits(seconds=120, processor=60, memory=1024 * _MEBIBYTE, answer=128 * _MEBIBYTE)
_DOCUMENT, _STATUS = TypeAdapter(Document), TypeAdapter(StatusReport)


def read_file(content: bytes) -> Reading:
    """Read a file as `edxml.read` does, but where it can do no harm. Nothing is raised, whatever the bytes are."""
    try:
        answer = read_apart(_READER, content, limits=LIMITS)
        told = answer.value
        return Reading(_built(told, answer), _faults(told["faults"]), _faults(told["warnings"]))
    except TooMuch:
        return Reading(None, (fault("too-costly"),))
    except (Broken, ValidationError, KeyError, TypeError, ValueError):
        return Reading(None, (fault("unreadable"),))


def message(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """In the sandbox: what `edxml.read` finds, as JSON, and the content of each attachment."""
    reading = read(content)
    faults = {"faults": [each._asdict() for each in reading.faults]}
    faults["warnings"] = [each._asdict() for each in reading.warnings]
    found = reading.message
    if isinstance(found, Document):
        blobs = [each.content for each in found.attachments]
        bare = replace(found, attachments=tuple(replace(each, content=b"") for each in found.attachments))
        return Answer({**faults, "document": _DOCUMENT.dump_python(bare, mode="json")}, blobs)
    return Answer({**faults, "status": _STATUS.dump_python(found, mode="json") if found else None})


def rehearse() -> None:
    """Read a little, so that nothing is imported later."""
    message(b"<edXML", {})
    message(b"<edXML><edXMLEnvelope/></edXML>", {})


def _built(told: dict[str, Any], answer: Answer) -> Document | StatusReport | None:
    if "document" not in told:
        return None if told["status"] is None else _STATUS.validate_python(told["status"])
    bare = _DOCUMENT.validate_python(told["document"])
    filled = zip(bare.attachments, answer.blobs, strict=True)
    return replace(bare, attachments=tuple(replace(each, content=content) for each, content in filled))


def _faults(told: list[dict[str, Any]]) -> tuple[Fault, ...]:
    return tuple(Fault(**each) for each in told)
