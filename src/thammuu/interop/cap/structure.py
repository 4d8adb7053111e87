"""Own rules for what the schema of each version says: one walk that names every fault with its path and line."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from thammuu.interop.cap.faults import Fault, fault, line_of
from thammuu.interop.cap.grammar import ALERT, LOOSE, LOOSE_ELEMENT, MANY, SIGNATURE, Element

MAX_FAULTS = 30
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"
_HINTS = {f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"}


def structural_faults(node: etree._Element) -> list[Fault]:
    """The ways in which the alert departs from the schema of the version that its namespace names, the first 30."""
    namespace = etree.QName(node).namespace or ""
    return list(islice(_walk(node, ALERT[namespace], namespace, "alert"), MAX_FAULTS))


def _walk(node: etree._Element, element: Element, namespace: str, path: str) -> Iterator[Fault]:
    yield from _attributes(node, element, path)
    if element.value is not None:
        yield from _simple(node, element, path)
        return
    stray = ((node.text or "") + "".join(child.tail or "" for child in node)).strip(" \t\r\n")
    if stray:
        yield fault("text-unexpected", path, line_of(node), value=stray)
    yield from _sequence(node, element, namespace, path)


def _attributes(node: etree._Element, element: Element, path: str) -> Iterator[Fault]:
    # The names alone: the library looks for each value from the first attribute on, which takes the square of them.
    for name in node.attrib:
        if name in _HINTS:
            continue
        if name == f"{{{XSI}}}type":
            if not _names_own_type(node, str(node.attrib[name]), element):
                yield fault("type-substituted", path, line_of(node))
            continue
        yield fault("attribute", path, line_of(node), name=etree.QName(name).localname)


def _names_own_type(node: etree._Element, value: str, element: Element) -> bool:
    """Whether xsi:type only repeats what the element is anyway; values from a list have a type without a name."""
    if element.value is None or element.value.allowed or element.value.code.startswith("time-form"):
        named = element.value is not None and element.value.code == "time-form-old" and "dateTime"
    else:
        named = element.value.base
    prefix, _, local = value.strip(" \t\r\n").rpartition(":")
    return local == named and node.nsmap.get(prefix or None) == XS


def _simple(node: etree._Element, element: Element, path: str) -> Iterator[Fault]:
    value = element.value
    if value is None or len(node):
        yield fault("children-unexpected", path, line_of(node), name=element.name)
        return
    text = node.text or ""
    if value.allowed and text not in value.allowed and text.strip() in value.allowed:
        yield fault("value-spaced", path, line_of(node), value=text.strip(), name=element.name)
    elif value.allowed and text not in value.allowed:
        yield fault(value.code, path, line_of(node), value=text, allowed=", ".join(value.allowed))
    if value.check is not None and not value.check(text):
        yield fault(value.code, path, line_of(node), value=text)


def _sequence(node: etree._Element, element: Element, namespace: str, path: str) -> Iterator[Fault]:
    """Match the children against the sequence from left to right; each misplaced one is named and passed over."""
    place, seen = 0, 0
    counts: dict[str, int] = {}
    expected = element.children
    for child in node:
        qname = etree.QName(child)
        counts[qname.localname] = counts.get(qname.localname, 0) + 1
        if element.signed and qname.namespace == SIGNATURE:
            # Signatures stand after the head of the message, before, among or behind its info blocks.
            blocks = len(expected) - 1
            yield from _missing(expected[:blocks], place, seen, path, node)
            yield from _inside_signature(child, namespace, path)
            place, seen = blocks, 0
            continue
        found = _find(expected, place, seen, qname, namespace)
        if found is None:
            yield _misplaced(child, qname, namespace, element, place, seen, path)
            continue
        if found != place:
            yield from _missing(expected[:found], place, seen, path, child)
            place, seen = found, 0
        seen += 1
        match = expected[place]
        here = f"{path}/{match.name}" + (f"[{counts[match.name]}]" if match.most == MANY else "")
        yield from _walk(child, match, namespace, here)
    yield from _missing(expected, place, seen, path, node)


def _find(expected: tuple[Element, ...], place: int, seen: int, qname: etree.QName, namespace: str) -> int | None:
    """Where from `place` on the element may stand."""
    if qname.namespace != namespace:
        return None
    for index in range(place, len(expected)):
        if expected[index].name == qname.localname and (index > place or seen < expected[index].most):
            return index
    return None


def _misplaced(
    child: etree._Element,
    qname: etree.QName,
    namespace: str,
    element: Element,
    place: int,
    seen: int,
    path: str,
) -> Fault:
    here = f"{path}/{qname.localname}"
    if qname.namespace != namespace:
        return fault("element-foreign", here, line_of(child), name=child.tag)
    if place < len(element.children) and element.children[place].name == qname.localname:
        return fault("element-repeated", here, line_of(child), name=qname.localname)
    names = [item.name for item in element.children[place:] if item is not element.children[place] or seen < item.most]
    return fault("element-unexpected", here, line_of(child), name=qname.localname, expected=", ".join(names) or "–")


def _missing(expected: tuple[Element, ...], place: int, seen: int, path: str, near: etree._Element) -> Iterator[Fault]:
    for index in range(place, len(expected)):
        if expected[index].least > (seen if index == place else 0):
            yield fault(
                "element-missing",
                f"{path}/{expected[index].name}",
                line_of(near),
                name=expected[index].name,
            )


def _inside_signature(node: etree._Element, namespace: str, path: str) -> Iterator[Fault]:
    """A signature may hold anything; but what it holds of CAP must be CAP (the schema's `lax` processing)."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        for child in current:
            qname = etree.QName(child)
            here = f"{path}/{etree.QName(node).localname}//{qname.localname}"
            if qname.namespace == namespace and qname.localname == "alert":
                yield from _walk(child, ALERT[namespace], namespace, here)
            elif qname.namespace == namespace and qname.localname in LOOSE[namespace]:
                yield from _walk(child, LOOSE_ELEMENT, namespace, here)
            else:
                waiting.append(child)
