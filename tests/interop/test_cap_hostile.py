"""Files of every malice: encodings, what is no alert, document types, endless content, noise."""

import base64
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.judging import EDXL, only
from tests.interop.messages import message
from thammuu.interop.cap import read
from thammuu.interop.cap.faults import SENTENCES


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-le", "utf-32-be", "windows-1258", "iso-8859-1"]
)
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    words = "Bao so 9 - é" if encoding in {"windows-1258", "iso-8859-1"} else "Bão số 9"
    plain = (
        message().replace("Bão số 9", words).replace("<event>Bão", "<event>Bao").replace("Đặc khu Hoàng Sa", "Hoang Sa")
    )
    [alert] = read(plain.replace("UTF-8", name, 1).encode(encoding)).alerts
    assert alert.infos[0].headline == words


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello", "not-xml"),
        (b"<alert>", "not-xml"),
        (b"<alert/>rest", "not-xml"),
        (b"\x00\x01\x02", "not-text"),
        (b"\x89PNG\r\n\x1a\n\x00", "encoding-broken"),
        (b"<html><body/></html>", "no-alert"),
        (b'{"alert": 1}', "not-xml"),
        (b"<alert/>", "no-namespace"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.3"/>', "namespace-unknown"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:alerts:1.2"/>', "namespace-unknown"),
        (b'<feed xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"><cap:event>Wind</cap:event></feed>', "index-only"),
        (gzip.compress(message().encode()), "compressed"),
        (b"PK\x03\x04rest", "compressed"),
        (b'<?xml version="1.0" encoding="utf-7"?><alert/>', "encoding-unknown"),
        (b'<?xml version="1.0" encoding="x-nothing"?><alert/>', "encoding-unknown"),
        (b'<?xml version="1.0" encoding="zlib"?><alert/>', "encoding-unknown"),
        ("<a>\xe9</a>".encode("latin-1"), "encoding-broken"),
        (b"<a>" * 5000, "too-deep"),
        (b"<a b='" + b"x" * 10_000_001 + b"'/>", "text-too-long"),
        (b"<a>" + b"x" * 10_000_001 + b"</a>", "text-too-long"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b'<Alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', "alert-name"),
        (b"<?xml version='1.0'?><a>" * 3000, "too-many-alerts"),
        (b'<rss version="2.0"><channel><title>Warnings</title></channel></rss>', "index-only"),
        (b"<a b='1' b='2'/>", "not-xml"),
        (b"<a>&undefined;</a>", "not-xml"),
        (b"x" * (32 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_what_is_no_alert_is_refused_by_its_name(content: bytes, code: str) -> None:
    assert only(content) == code


HOSTILE = {
    "laughs": '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "external": '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE alert [<!ENTITY % p SYSTEM "http://example.vn/x.dtd"> %p;]>',
    "external-dtd": '<!DOCTYPE alert SYSTEM "http://example.vn/x.dtd">',
    "public": '<!DOCTYPE alert PUBLIC "-//A/B/EN" "http://example.vn/x.dtd">',
    "bare": "<!DOCTYPE alert>",
    "after-comment": "<!-- a --><?pi x?>\n<!DOCTYPE alert>",
    "attribute-default": '<!DOCTYPE alert [<!ATTLIST alert xmlns CDATA "urn:x">]>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_type_is_never_read(name: str, encoding: str) -> None:
    body = message(prefix="", identifier="&x;" if name == "external" else "VN-1")
    for declared in (f'<?xml version="1.0" encoding="{encoding}"?>\n', ""):
        assert only(f"{declared}{HOSTILE[name]}{body}".encode(encoding)) == "doctype"


def test_hostile_content_inside_content_is_refused_too() -> None:
    bomb = HOSTILE["laughs"] + message(prefix="")
    escaped = EDXL.format(
        status="Actual", content=f"<d:contentData>{base64.b64encode(bomb.encode()).decode()}</d:contentData>"
    )
    assert only(escaped) == "doctype"
    nested = message(prefix="")
    for _ in range(5):
        nested = f"<x><![CDATA[{nested.replace(']]>', ']]]]><![CDATA[>')}]]></x>"
    assert only(nested) == "content-nested"
    assert only(EDXL.format(status="Actual", content="<d:contentData>!!!</d:contentData>")) == "content-not-base64"


def test_no_file_holds_more_alerts_than_the_limit() -> None:
    one = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>'
    reading = read(f"<alerts>{one * 2100}</alerts>".encode())
    assert len(reading.findings) == 2000
    assert [item.code for item in reading.faults] == ["too-many-alerts"]


def test_xinclude_and_stylesheets_are_not_followed() -> None:
    text = message(prefix='<?xml version="1.0"?><?xml-stylesheet href="http://example.vn/x.xsl" type="text/xsl"?>\n')
    assert len(read(text.encode()).alerts) == 1
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    assert only(message(info=include)) == "element-foreign"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 1500), st.integers(0, 40))
def test_nothing_is_raised_whatever_the_bytes_are(noise: bytes, place: int, length: int) -> None:
    good = message().encode()
    for content in (noise, good[:place] + noise + good[place + length :]):
        reading = read(content)
        assert reading.findings or reading.faults
        for item in [*reading.faults, *(fault for finding in reading.findings for fault in finding.faults)]:
            assert item.code in SENTENCES
            assert item.say()
