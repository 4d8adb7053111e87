import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.paper.files import office, photo
from thammuu.paper.rules import LONGEST_NAME, SUFFIXES, MediaType, Unfit, recognise, safe_name

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _open_document(kind: str, *more: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", kind)
        for name in more:
            package.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (photo(MediaType.JPEG), MediaType.JPEG),
        (photo(MediaType.PNG), MediaType.PNG),
        (photo(MediaType.WEBP), MediaType.WEBP),
        (b"%PDF-1.7\n%%EOF", MediaType.PDF),
        ("Báo cáo nhanh\n1 < 2".encode(), MediaType.TEXT),
        (office("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
        (office("[Content_Types].xml", "xl/workbook.xml"), MediaType.XLSX),
        (_open_document(str(MediaType.ODT)), MediaType.ODT),
        (OLD + "WordDocument".encode("utf-16-le"), MediaType.DOC),
        (b"", Unfit.EMPTY),
        (SVG, Unfit.SCRIPTABLE),
        (b"\xef\xbb\xbf  \n<?xml version='1.0'?>" + SVG, Unfit.SCRIPTABLE),
        (b"<!-- %PDF-1.4 --><html>", Unfit.SCRIPTABLE),
        (b"harmless,csv\n<ScRiPt>alert(1)</script>", Unfit.SCRIPTABLE),
        (office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), Unfit.MACROS),
        (_open_document(str(MediaType.ODS), "Basic/Standard/Module1.xml"), Unfit.MACROS),
        (OLD + "WordDocument_VBA_PROJECT".encode("utf-16-le"), Unfit.MACROS),
        (b"\0\0\0\x18ftypheic", Unfit.HEIC),
        (office("evil.exe"), Unfit.UNKNOWN),
        (b"PK\x03\x04 not a package", Unfit.UNKNOWN),
        (b"MZ\x90\0", Unfit.UNKNOWN),
        (b"GIF89a" + bytes(20), Unfit.UNKNOWN),
        (b"text with a \x00 in it", Unfit.UNKNOWN),
    ],
)
def test_the_bytes_tell_the_type(content: bytes, expected: MediaType | Unfit) -> None:
    assert recognise(content) == expected


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    assert isinstance(recognise(content), MediaType | Unfit)


@given(st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary(max_size=400))
def test_a_container_of_any_bytes_gets_an_answer(start: bytes, content: bytes) -> None:
    assert isinstance(recognise(start + content), Unfit)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Windows\\system32\\hiện trường.JPG", "hiện trường.jpg"),
        ("a.html", "a.html.jpg"),
        ("..", "file.jpg"),
        ("", "file.jpg"),
        ("anh\r\nSet-Cookie: x=1.jpeg", "anh Set-Cookie x=1.jpeg"),
        ("anh\u202egpj.exe", "anh gpj.exe.jpg"),
        ('a"b<c>.jpg', "a b c.jpg"),
    ],
)
def test_a_name_is_only_a_name(name: str, kept: str) -> None:
    assert safe_name(name, MediaType.JPEG) == kept


@given(st.text(max_size=300), st.sampled_from(MediaType))
def test_every_name_is_short_and_ends_as_its_type(name: str, kind: MediaType) -> None:
    kept = safe_name(name, kind)
    assert len(kept) <= LONGEST_NAME
    assert kept.endswith(SUFFIXES[kind])
    assert not set(kept) & set('/\\\r\n\0"<>')
    assert safe_name(kept, kind) == kept
