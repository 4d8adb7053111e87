"""What the XML parts of office files may say, and what their properties are emptied of."""

import re

from lxml import etree

from thammuu.paper.rules import Unfit

_XML_NAMES = (".xml", ".rels", ".rdf", ".vml")
_PROPERTIES = re.compile(r"^(docProps/(core|app|custom)\.xml|meta\.xml|docProps/.*\.psmdcp|.*\.psmdcp)$", re.IGNORECASE)
_FAR = re.compile(r"^\s*(\\\\|//|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_SAFE_LINK = re.compile(r"^\s*(https?:|mailto:|tel:|#)", re.IGNORECASE)
_FIELD_STARTS = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b.*(//|\\\\)", re.IGNORECASE)
_FETCHES = re.compile(r"\b(WEBSERVICE|FILTERXML|CALL|REGISTER|EXEC)\s*\(|\|\s*'", re.IGNORECASE)
# OpenDocument's elements that run, are fed from elsewhere, or hold a foreign object.
_OPEN_DOCUMENT = {
    "event-listener": Unfit.MACROS,
    "script": Unfit.MACROS,
    "dde-connection-decl": Unfit.ACTIVE,
    "dde-link": Unfit.ACTIVE,
    "dde-source": Unfit.ACTIVE,
    "object-ole": Unfit.EMBEDDED,
    "applet": Unfit.ACTIVE,
    "plugin": Unfit.ACTIVE,
    "encryption-data": Unfit.LOCKED,
}
_LOADS = ("image", "section-source", "object", "table-source", "floating-frame", "cell-range-source", "fill-image")


def unfit_part(name: str, content: bytes) -> Unfit | None:
    """Return why a part makes its document unfit, None if it does not. Parts that are no XML are not looked into."""
    if not (name.lower().endswith(_XML_NAMES) or content.lstrip()[:5] == b"<?xml"):
        return None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        return Unfit.DAMAGED
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject|macrosheet", content, re.IGNORECASE):
        return Unfit.MACROS
    root = _tree(content)
    if name.lower().endswith(".rels"):
        return _unfit_relations(root)
    return _unfit_elements(root)


def properties_emptied(name: str, content: bytes) -> bytes:
    """Return a part without what it tells about writers and their programs; other parts as they are."""
    if name == "_rels/.rels" or name.startswith("META-INF/manifest"):
        root = _tree(content)
        for node in list(root):
            if "humbnail" in " ".join(map(str, node.attrib.values())):
                root.remove(node)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    if not _PROPERTIES.match(name):
        return content
    root = _tree(content)
    for node in list(root):
        if etree.QName(node).localname == "meta":
            node[:] = []
        else:
            root.remove(node)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _unfit_relations(root: etree._Element) -> Unfit | None:
    """Links to elsewhere may stand in a text to be pressed; nothing else may be fetched from there."""
    for node in root.iter("{*}Relationship"):
        kind, target = node.get("Type", "").lower(), node.get("Target", "")
        if node.get("TargetMode", "").lower() != "external":
            continue
        if kind.endswith("/hyperlink"):
            if _FAR.match(target) and not _SAFE_LINK.match(target):
                return Unfit.ACTIVE
        elif kind.endswith("/externallinkpath") and not _FAR.match(target):
            continue
        else:
            return Unfit.REMOTE
    return None


def _unfit_elements(root: etree._Element) -> Unfit | None:
    typed: list[str] = []
    for node in root.iter("*"):
        name = etree.QName(node)
        if name.namespace and "oasis:names:tc:opendocument" in name.namespace:
            why = _unfit_open(name.localname, node)
            if why:
                return why
        elif name.localname == "ddeLink":
            return Unfit.ACTIVE
        elif name.localname == "instrText":
            typed.append(node.text or "")
        elif name.localname == "fldSimple":
            typed += [str(value) for key, value in node.attrib.items() if str(key).endswith("instr")]
        elif name.localname == "f" and _FETCHES.search(node.text or ""):
            return Unfit.ACTIVE
    # A field's words may be cut into pieces anywhere.
    return Unfit.ACTIVE if _FIELD_STARTS.search("".join(typed)) else None


def _unfit_open(name: str, node: etree._Element) -> Unfit | None:
    if name in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[name]
    target = node.get("{http://www.w3.org/1999/xlink}href", "")
    if name in _LOADS and _FAR.match(target):
        return Unfit.REMOTE
    if name == "a" and _FAR.match(target) and not _SAFE_LINK.match(target):
        return Unfit.ACTIVE
    formula = next((str(value) for key, value in node.attrib.items() if str(key).endswith("}formula")), "")
    return Unfit.ACTIVE if formula and _FETCHES.search(formula) else None
