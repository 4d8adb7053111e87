"""Small readers over the elements of one alert, and the list of what is wrong with it."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from thammuu.interop.cap import lexical
from thammuu.interop.cap.faults import Fault, fault, line_of
from thammuu.interop.cap.grammar import CAP_12
from thammuu.interop.cap.message import Pair

_ITEM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass
class Notes:
    """What was found while an alert was read: `faults` refuse it, `warnings` stand beside it."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def refuse(self, code: str, path: str, near: etree._Element | None, **details: object) -> None:
        """Note a fault that refuses the alert."""
        self.faults.append(fault(code, path, line_of(near) if near is not None else 0, **details))

    def warn(self, code: str, path: str, near: etree._Element | None, **details: object) -> None:
        """Note something that the officer should know."""
        self.warnings.append(fault(code, path, line_of(near) if near is not None else 0, **details))


def namespace_of(node: etree._Element) -> str:
    """The namespace, empty where there is none."""
    return etree.QName(node).namespace or ""


def child(node: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name in the node's own namespace."""
    return node.find(f"{{{namespace_of(node)}}}{name}")


def children(node: etree._Element, name: str) -> list[etree._Element]:
    """All children of that name in the node's own namespace."""
    return list(node.findall(f"{{{namespace_of(node)}}}{name}"))


def text(node: etree._Element, name: str) -> str:
    """The text of the child as written; empty where there is no such child."""
    found = child(node, name)
    return (found.text or "") if found is not None else ""


def plain(node: etree._Element, name: str) -> str:
    """The text of the child without the white space around it."""
    return text(node, name).strip()


def texts(node: etree._Element, name: str) -> tuple[str, ...]:
    """The texts of all children of that name that have one."""
    return tuple(value for found in children(node, name) if (value := (found.text or "").strip()))


def items(value: str) -> tuple[str, ...]:
    """Items divided by white space; one that holds white space itself stands in double quotes."""
    return tuple(match[1] if match[1] is not None else match[2] for match in _ITEM.finditer(value))


def pairs(node: etree._Element, name: str) -> tuple[Pair, ...]:
    """Name and value; CAP 1.0 writes them as one text `name=value`."""
    found = []
    for item in children(node, name):
        if len(item):
            found.append(Pair(name=plain(item, "valueName"), value=plain(item, "value")))
        elif (item.text or "").strip():
            left, equals, right = (item.text or "").strip().partition("=")
            found.append(Pair(name=left if equals else "", value=right if equals else left))
    return tuple(found)


def time(node: etree._Element, name: str, path: str, notes: Notes) -> datetime | None:
    """The moment; in CAP 1.0 and 1.1, whose schemas allow a time without a zone, such a time refuses the alert.

    A year that cannot be told refuses the alert where it is the time of sending; elsewhere, where services write
    9999 for “never”, it is left out.
    """
    found = child(node, name)
    if found is None:
        return None
    value = found.text or ""
    try:
        moment = lexical.instant(value)
    except OverflowError:
        if name == "sent":
            notes.refuse("time-range", path, found, value=value)
        else:
            notes.warn("time-left-out", path, found, value=value)
        return None
    if moment is None and namespace_of(node) != CAP_12:
        notes.refuse("zone-missing", path, found, value=value)
    return moment
