"""Our own structural rules against the verdict of the schema: they must never disagree.

The schema of CAP 1.2 lies beside the project where it is developed, not in it; those of 1.1 and 1.0 are derived here
from it by the differences that their standards state. The tests say so where the folder is missing.
"""

from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.interop.messages import DATA, LANGUAGES, NAMESPACES, NUMBERS, TIMES, URIS, Maker, message
from thammuu.interop.cap.grammar import CAP_10, CAP_11, CAP_12
from thammuu.interop.cap.structure import structural_faults

SCHEMA = DATA / "cap12.xsd"
XSD = "{http://www.w3.org/2001/XMLSchema}"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason="needs ../shared/data/cap/cap12.xsd beside the project")


def _named(tree: etree._Element, name: str) -> etree._Element:
    return next(node for node in tree.iter(f"{XSD}element") if node.get("name") == name)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _simple(tree: etree._Element, name: str, kind: str) -> None:
    node = _named(tree, name)
    for child in list(node):
        node.remove(child)
    node.set("type", kind)


def _without(tree: etree._Element, name: str, *values: str) -> None:
    for item in list(_named(tree, name).iter(f"{XSD}enumeration")):
        if item.get("value") in values:
            _drop(item)


@cache
def judge(namespace: str) -> etree.XMLSchema:
    """The schema of a version. The 1.1 and 1.0 schemas know no signature; the standards allow one, so it stays."""
    tree = etree.fromstring(SCHEMA.read_bytes().replace(CAP_12.encode(), namespace.encode()))
    if namespace != CAP_12:
        for name in ("sent", "effective", "onset", "expires"):
            # A pattern that allows all: the judge forgets to collapse the white space of a bare xs:dateTime.
            next(_named(tree, name).iter(f"{XSD}pattern")).set("value", ".*")
        for name in ("altitude", "ceiling"):
            _simple(tree, name, "xs:string")
        _named(tree, "mimeType").set("minOccurs", "0")
        _without(tree, "responseType", "Avoid", "AllClear")
    if namespace == CAP_10:
        _as_first_version(tree)
    return etree.XMLSchema(tree)


def _as_first_version(tree: etree._Element) -> None:
    _without(tree, "status", "Draft")
    _without(tree, "category", "CBRNE")
    _named(tree, "scope").set("minOccurs", "0")
    _named(tree, "category").set("minOccurs", "0")
    for name in ("responseType", "derefUri"):
        _drop(_named(tree, name))
    password = etree.Element(f"{XSD}element", name="password", type="xs:string", minOccurs="0")
    _named(tree, "msgType").addnext(password)
    next(item for item in _named(tree, "certainty").iter(f"{XSD}enumeration")).set("value", "Very Likely")
    for name in ("eventCode", "parameter", "geocode"):
        _simple(tree, name, "xs:string")
    for name in ("valueName", "value"):
        _drop(_named(tree, name))


def agree(node: etree._Element, namespace: str) -> None:
    """Judge the bytes that would be sent, not the tree that made them."""
    sent = etree.fromstring(etree.tostring(node), etree.XMLParser(remove_comments=True))
    faults = structural_faults(sent)
    valid = judge(namespace).validate(sent)
    assert valid == (not faults), (
        etree.tostring(sent, encoding="unicode"),
        [(item.path, item.say()) for item in faults],
        judge(namespace).error_log,
    )


@needs_schema
@pytest.mark.parametrize("version", ["1.2", "1.1", "1.0"])
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(min_value=0, max_value=2**63))
def test_no_disagreement_with_the_schema(version: str, seed: int) -> None:
    agree(Maker(Random(seed), NAMESPACES[version]).make(), NAMESPACES[version])


VALUES = [
    *[("sent", value) for value in TIMES], *[("language", value) for value in LANGUAGES],
    *[("web", value) for value in URIS], *[("size", value) for value in NUMBERS],
    *[("altitude", value) for value in NUMBERS],
]  # fmt: skip


@needs_schema
@pytest.mark.parametrize("version", ["1.2", "1.1", "1.0"])
def test_every_value_of_the_pools_is_judged_alike(version: str) -> None:
    namespace = NAMESPACES[version]
    info = (
        "<info><language>vi</language><category>Met</category><event>e</event><urgency>Past</urgency>"
        "<severity>Minor</severity><certainty>Likely</certainty><web>x</web><resource><resourceDesc>d</resourceDesc>"
        "<mimeType>t</mimeType><size>1</size></resource><area><areaDesc>a</areaDesc><altitude>1</altitude></area></info>"
    )
    for name, value in VALUES:
        root = etree.fromstring(message(version=version, info=info).encode())
        next(root.iter(f"{{{namespace}}}{name}")).text = value
        agree(root, namespace)


@needs_schema
@pytest.mark.parametrize("namespace", [CAP_12, CAP_11, CAP_10])
def test_the_maker_makes_both_kinds(namespace: str) -> None:
    verdicts = [judge(namespace).validate(Maker(Random(seed), namespace).make()) for seed in range(200)]
    assert 30 < sum(verdicts) < 170


@needs_schema
@settings(max_examples=500, deadline=None)
@given(text=st.text(alphabet="ab:/?#[]@!$&'()*+,;=%-._~019 é<\\", max_size=16))
def test_any_uri_is_judged_alike(text: str) -> None:
    root = etree.fromstring(message(info="<info><category>Met</category><event>e</event><urgency>Past</urgency>"
        "<severity>Minor</severity><certainty>Likely</certainty><web>x</web></info>").encode())  # fmt: skip
    next(root.iter(f"{{{CAP_12}}}web")).text = text
    agree(root, CAP_12)
