"""CAP messages of our own making, and a maker of many more, valid and invalid, from a stream of random choices."""

import copy
from pathlib import Path
from random import Random

from lxml import etree

from thammuu.interop.cap.grammar import ALERT, CAP_10, CAP_11, CAP_12, MANY, SIGNATURE, Element

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cap"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"1.0": CAP_10, "1.1": CAP_11, "1.2": CAP_12}

AREA = "<area><areaDesc>Đặc khu Hoàng Sa</areaDesc><polygon>16,111 17,111 17,112 16,112 16,111</polygon></area>"
INFO = (
    "<info><language>vi-VN</language><category>Met</category><event>Bão</event><urgency>Immediate</urgency>"
    "<severity>Severe</severity><certainty>Likely</certainty><expires>2026-10-02T07:00:00+07:00</expires>"
    "<headline>Bão số 9</headline>{area}</info>"
)


def message(
    *,
    version: str = "1.2",
    identifier: str = "VN-1",
    sender: str = "kttv@example.vn",
    sent: str = "2026-10-01T07:00:00+07:00",
    status: str = "Actual",
    kind: str = "Alert",
    scope: str = "<scope>Public</scope>",
    references: str = "",
    info: str = INFO,
    area: str = AREA,
    prefix: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
) -> str:
    """A valid alert unless told otherwise."""
    told = f"<references>{references}</references>" if references else ""
    return (
        f'{prefix}<alert xmlns="{NAMESPACES[version]}">\n<identifier>{identifier}</identifier>\n'
        f"<sender>{sender}</sender>\n<sent>{sent}</sent>\n<status>{status}</status>\n<msgType>{kind}</msgType>\n"
        f"{scope}\n{told}\n{info.replace('{area}', area)}\n</alert>"
    )


TIMES = (
    "2026-10-01T07:00:00+07:00", "2026-10-01T00:00:00-00:00", " 2026-10-01T00:00:00+07:00\n", "2026-10-01T00:00:00Z",
    "2026-10-01T00:00:00", "2026-10-01T24:00:00+07:00", "2026-10-01T24:00:01+07:00", "2026-02-29T00:00:00+07:00",
    "2024-02-29T00:00:00+07:00", "2026-10-01T00:00:60+07:00", "2026-10-01T00:00:00+14:00", "2026-10-01T00:00:00+14:01",
    "0000-10-01T00:00:00+07:00", "2026-10-01T00:00:00.5+07:00", "2026-10-01 00:00:00+07:00", "2026-10-01", "", " ",
    "2026-10-01T00:00:00,07:00", "-2026-10-01T00:00:00+07:00", "12026-10-01T00:00:00+07:00",
    "2026-13-01T00:00:00+07:00",
    "2026-10-01T00:60:00+07:00", "2026-10-01T25:00:00+07:00", "2026-10-01T00:00:00+07:60", "2026-10-1T00:00:00+07:00",
    "٢٠٢٦-10-01T00:00:00+07:00", "2026-10-01T00:00:00+0700", "2026-10-01T00:00+07:00", "2026-10-32T00:00:00+07:00",
    "2026-10-01T00:00:00.+07:00", "2026-10-01T24:00:00.0+07:00", "02026-10-01T00:00:00Z", "2026-10-01T00:00:00z",
    "2026-10-01T00:00:00 +07:00", "\u00a02026-10-01T00:00:00+07:00", "2026-10-01T00:00:00+07:00Z",
)  # fmt: skip
LANGUAGES = (
    "vi", "vi-VN", "en-US", " en ", "", " ", "vi_VN", "x-klingon", "123", "en-", "-en", "abcdefgh", "abcdefghi",
    "en-123456789", "e1", "zh-Hant-TW", "en us", "tiếng",
)  # fmt: skip
URIS = (
    "http://example.vn/a?b=c#d", "", " ", "a b", "http://x/%zz", "http://x/%41", "http://x:80/", "http://x:80a/",
    "http://x:/", "http://[::1]/", "http://[::1", "http://x/[a]", "http://x/é", "a:b", "1:b", ":b", "a#b#c", "//x",
    "///", "?q#f", "http://x?a[b]", "mailto:a@b", "#[", "http://", "%", "a%4", "urn:", ".:", "+a:b", "http://u@x@y/",
    " http://x ", "http://x/<a>", "http://x/{a}|\\^`\"", "http://x\u00a0y", "http://x:99999999/", "http://[zz]/y",
    "http://x:999999999/", "urn:oid:2.49.0.1.124", "./a:b", "a/b:c", "..", "http://x//y", "/a//b", "//", "http:/",
    "http:x", "http:////x", "file:///a", "a?b?c", "a?b#c?d", "#", "?", "http://a:b@c:80", "http://@x", "http://x:8:9",
    "http://-", "h~:x", "a&b", "a'b(c)*+,;=", "tel:+84-24", "x:?q", "x:#f", "http://x#a#", "a@b", "@:b", "a@b:c",
    "http://[v1.x]:1", "http://a[b]c/", "http://x]", "\\\\server\\share", "http://x/\u00e9[", "http:// x/", "\t",
)  # fmt: skip
NUMBERS = (
    "0", "1", "+1", "-1", "", " ", "1.0", "+1.", "-.5", ".", "+", "-", "--1", "1e3", "1,5", " 12 ", "9" * 40, "1 2",
    "0.", ".0", "INF", "NaN", "0x10", "١", "1.2.3", "00012", "-0",
)  # fmt: skip
WORDS = ("", " ", "Bão", "a\n\nb", "Actual", " Actual", "Actual ", "actual", "Public", "Met", "0", "\u00a0")


class Maker:
    """Makes one alert from `random`: first valid, then changed in up to a few places."""

    def __init__(self, random: Random, namespace: str) -> None:
        self.random = random
        self.namespace = namespace

    def make(self) -> etree._Element:
        """An alert; about a third stay valid."""
        root = self._element(ALERT[self.namespace])
        for _ in range(self.random.choice((0, 0, 1, 1, 1, 2, 3))):
            self._change(root)
        return root

    def _element(self, element: Element) -> etree._Element:
        node = etree.Element(f"{{{self.namespace}}}{element.name}", nsmap={None: self.namespace})  # type: ignore[dict-item]
        if element.value is not None:
            node.text = self._value(element)
        for child in element.children:
            most = 3 if child.most == MANY else 1
            least = child.least
            for _ in range(self.random.randint(least, most) if self.random.random() < 0.6 else least):
                node.append(self._element(child))
        if element.signed and self.random.random() < 0.1:
            node.append(etree.Element(f"{{{SIGNATURE}}}Signature"))
        return node

    def _value(self, element: Element) -> str:
        value = element.value
        if value is None:
            return ""
        if value.allowed:
            return self.random.choice(value.allowed)
        pools = {"dateTime": TIMES[:1], "language": LANGUAGES[:3], "anyURI": URIS[:1], "integer": NUMBERS[:2],
                 "decimal": NUMBERS[:2]}  # fmt: skip
        return self.random.choice(pools.get(value.base, WORDS))

    def _change(self, root: etree._Element) -> None:
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node = self.random.choice(nodes)
        changes = (
            self._retext, self._retext, self._retext, self._remove, self._repeat, self._swap, self._rename,
            self._foreign, self._attribute, self._stray, self._nest, self._sign, self._pad, self._comment,
        )  # fmt: skip
        self.random.choice(changes)(node)

    def _retext(self, node: etree._Element) -> None:
        if not len(node):
            name = etree.QName(node).localname
            pool = {"sent": TIMES, "effective": TIMES, "onset": TIMES, "expires": TIMES, "language": LANGUAGES,
                    "uri": URIS, "web": URIS, "size": NUMBERS, "altitude": NUMBERS, "ceiling": NUMBERS}  # fmt: skip
            node.text = self.random.choice(pool.get(name, WORDS))

    def _remove(self, node: etree._Element) -> None:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)

    def _repeat(self, node: etree._Element) -> None:
        if node.getparent() is not None:
            node.addnext(copy.deepcopy(node))

    def _swap(self, node: etree._Element) -> None:
        other = node.getnext()
        if other is not None:
            other.addnext(node)

    def _rename(self, node: etree._Element) -> None:
        names = [item.name for item in ALERT[CAP_12].children]
        namespace = self.random.choice((self.namespace, self.namespace, CAP_11, CAP_12, "", SIGNATURE))
        if node.getparent() is not None:
            node.tag = etree.QName(namespace or None, self.random.choice(names)).text

    def _foreign(self, node: etree._Element) -> None:
        names = ("{urn:x}y", "y", f"{{{self.namespace}}}y", f"{{{self.namespace}}}code", f"{{{self.namespace}}}info")
        node.insert(self.random.randint(0, len(node)), etree.Element(self.random.choice(names)))

    def _attribute(self, node: etree._Element) -> None:
        names = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", f"{{{XSI}}}schemaLocation",
                 f"{{{XSI}}}noNamespaceSchemaLocation", f"{{{XSI}}}nil", "{urn:x}y", f"{{{XSI}}}other")  # fmt: skip
        node.set(self.random.choice(names), self.random.choice(("true", "vi", "a b")))

    def _stray(self, node: etree._Element) -> None:
        node.tail = self.random.choice(("x", "\n ", "\u00a0", "&", " . ")) if node.getparent() is not None else None

    def _nest(self, node: etree._Element) -> None:
        node.append(etree.Element(f"{{{self.namespace}}}value"))

    def _sign(self, node: etree._Element) -> None:
        top = node.getroottree().getroot()
        signature = etree.Element(f"{{{SIGNATURE}}}{self.random.choice(('Signature', 'Object'))}")
        kinds = ("value", "valueName", "alert", "other")
        if self.random.random() < 0.5:
            inner = etree.SubElement(signature, f"{{{SIGNATURE}}}Object")
            inner.text = "text"
            kept = etree.SubElement(inner, f"{{{self.namespace}}}{self.random.choice(kinds)}")
            if self.random.random() < 0.5:
                kept.append(etree.Element(f"{{{self.namespace}}}y"))
        place = len(top) if self.random.random() < 0.7 else self.random.randint(0, len(top))
        top.insert(place, signature)

    def _pad(self, node: etree._Element) -> None:
        node.text = f" {node.text or ''}\n"

    def _comment(self, node: etree._Element) -> None:
        node.insert(0, etree.Comment("said by nobody"))
