"""Elements by the table of the grammar: read into values with every fault named, and written from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from thammuu.interop.cap.faults import line_of
from thammuu.interop.edxml.faults import Fault, fault
from thammuu.interop.edxml.grammar import MOST_SIGNS, NAMESPACE, Field, Struct, Value

MAX_FAULTS = 30


@dataclass(slots=True)
class Judgement:
    """What was found wrong, and what was only passed over."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def blame(self, code: str, path: str, node: etree._Element | None, **details: object) -> None:
        """Note a fault; beyond a few dozen nobody reads on."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault(code, path, 0 if node is None else line_of(node), **details))

    def warn(self, code: str, path: str, node: etree._Element, **details: object) -> None:
        """Note what does not keep the message out."""
        if len(self.warnings) < MAX_FAULTS:
            self.warnings.append(fault(code, path, line_of(node), **details))


def name_of(node: etree._Element) -> str:
    """Return an element's name if it is in the standard's namespace or in none, with it otherwise.

    The right spelling of “Bussiness” is the standard's one.
    """
    if not isinstance(node.tag, str):
        return ""
    name = etree.QName(node)
    if name.namespace not in (None, NAMESPACE):
        return str(node.tag)
    return (
        f"Bussiness{name.localname.removeprefix('Business')}"
        if name.localname.startswith("Business")
        else name.localname
    )


def children(node: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements of that name in an element."""
    return [child for child in node if name_of(child) == name]


def read_struct(struct: Struct, node: etree._Element, path: str, judged: Judgement) -> dict[str, Any]:
    """Return the attributes that an element gives; what is faulty is named and left out."""
    known = {each.path.partition("/")[0] for each in struct.fields}
    for child in node:
        if name_of(child) not in known:
            judged.warn("unknown", path, child, name=name_of(child) or "?")
    found: dict[str, Any] = {}
    for each in struct.fields:
        nodes = list(_at(node, each.path))
        place = f"{path}/{each.path}"
        if len(nodes) > 1 and not each.many:
            judged.blame("repeated", place, nodes[1], name=each.path)
        values = [
            _read(each, one, f"{place}[{number}]" if each.many else place, judged)
            for number, one in enumerate(nodes if each.many else nodes[:1], 1)
        ]
        values = [value for value in values if value is not None]
        if values:
            found[each.attribute] = tuple(values) if each.many else values[0]
        elif each.required and not any(one.path.startswith(place) for one in judged.faults):
            judged.blame("missing", place, node, name=each.path)
    return found


def made(struct: Struct, found: dict[str, Any]) -> Any:
    """Return the value of the struct, or None where something that it needs is missing (and was named)."""
    if any(each.required and each.attribute not in found for each in struct.fields):
        return None
    return struct.make(**found)


def _at(node: etree._Element, path: str) -> Iterator[etree._Element]:
    first, _slash, rest = path.partition("/")
    for child in children(node, first):
        if rest:
            yield from _at(child, rest)
        else:
            yield child


def _read(each: Field, node: etree._Element, path: str, judged: Judgement) -> Any:
    if isinstance(each.value, Struct):
        return made(each.value, read_struct(each.value, node, path, judged))
    if len(node):
        judged.blame("nested", path, node, name=each.path)
        return None
    return read_value(each.value, node, path, judged)


def read_value(value: Value, node: etree._Element, path: str, judged: Judgement) -> Any:
    """Return what an element's text means, None for an empty one or a faulty one."""
    text = (node.text or "").strip()
    if not text:
        return None
    if len(text) > MOST_SIGNS:
        judged.blame("text-long", path, node, name=name_of(node), limit=MOST_SIGNS)
        return None
    try:
        return value.parse(text)
    except ValueError:
        judged.blame(value.code, path, node, value=text, allowed=value.allowed)
        return None


def write_struct(struct: Struct, value: Any, node: etree._Element) -> None:
    """Add the elements of a value; what is empty is left out."""
    for each in struct.fields:
        given = value.get(each.attribute) if isinstance(value, dict) else getattr(value, each.attribute)
        values = [one for one in (given or () if each.many else (given,)) if one not in (None, "")]
        holder, _slash, name = each.path.rpartition("/")
        parent = add(node, holder) if values and holder else node
        for one in values:
            made_node = add(parent, name)
            if isinstance(each.value, Struct):
                write_struct(each.value, one, made_node)
            else:
                made_node.text = each.value.print(one)


def add(node: etree._Element, name: str) -> etree._Element:
    """Add an element of the standard's namespace."""
    return etree.SubElement(node, f"{{{NAMESPACE}}}{name}")
