"""edXML: every message is read as it was written, and a broken file is refused with what is wrong and where."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thammuu.interop.edxml import Document, StatusReport, Unwritable, read, reading, write
from thammuu.interop.edxml import message as m
from thammuu.interop.edxml.apart import read_file
from thammuu.interop.edxml.faults import SENTENCES, fault
from thammuu.interop.edxml.grammar import NAMESPACE, ZONE
from thammuu.interop.edxml.opening import MAX_DEPTH, MAX_ELEMENTS
from thammuu.interop.edxml.reading import MAX_ATTACHMENTS

SENDER, RECEIVER = m.Organ("000.00.12.H26", "Văn phòng"), m.Organ("000.00.07.H57")
NOW = datetime(2026, 2, 5, 8, 5, tzinfo=ZONE)
LETTER = Document(
    sender=SENDER,
    receivers=(RECEIVER, m.Organ("000.00.08.H57", email="vanthu@example.vn")),
    id="000.00.12.H26,2026/02/05,05/CT-VP",
    code=m.Code("05", "CT-VP"),
    promulgation=m.Promulgation(date(2026, 2, 5), "Hà Nội"),
    subject="Tăng cường trực ban & ứng trực < Tết",
    type=m.DocumentType(2, 3, "Chỉ thị"),
    signer=m.Signer("KT. CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng", "Nguyễn Văn A"),
    due=date(2026, 3, 1),
    places=("Như trên",),
    other=m.OtherInfo(priority=1, pages=3, appendixes=("Phụ lục I", "Phụ lục II")),
    responses=(m.ResponseFor("000.00.07.H57", "12/BC", date(2026, 1, 30)),),
    traces=(m.Trace("000.00.12.H26", NOW),),
    purpose=m.Purpose(reason="Văn bản mới", paper=False, department="Phòng Tham mưu"),
    attachments=(m.Attachment("tep-1", "chi-thi.pdf", b"%PDF-1.7", "application/pdf", "Bản ký"),),
)
REPORT = StatusReport(
    m.ResponseFor("000.00.12.H26", document=LETTER.id), RECEIVER, m.Status.REFUSED, NOW, "Sai nơi nhận"
)

# What XML holds, without the space around it that is not read.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20).map(
    str.strip
)
NAMED = TEXT.filter(bool)
WHOLE = st.none() | st.integers(0, 999_999)
DAY = st.dates(date(1, 1, 1), date(9999, 12, 31))
AT = st.datetimes(datetime(1950, 1, 1), datetime(9999, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=ZONE))
FLAG = st.none() | st.booleans()


def many(each: st.SearchStrategy[object], least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(each, min_size=least, max_size=3).map(tuple)


ORGAN = st.builds(m.Organ, NAMED, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
RESPONSE = st.builds(m.ResponseFor, NAMED, TEXT, st.none() | DAY, TEXT)
REPLACED = st.builds(m.Replacement, NAMED, many(NAMED))
PURPOSE = st.builds(m.Purpose, st.sampled_from(m.Business), TEXT, FLAG, NAMED, TEXT, many(REPLACED))
ATTACHMENTS = st.lists(
    st.builds(
        m.Attachment, NAMED.filter(lambda id: not id.startswith("cid:")), NAMED, st.binary(max_size=60), NAMED, TEXT
    ),
    max_size=3,
    unique_by=lambda each: each.id,
).map(tuple)
DOCUMENT = st.builds(
    Document,
    sender=ORGAN,
    receivers=many(ORGAN, 1),
    id=NAMED,
    code=st.builds(m.Code, NAMED, NAMED),
    promulgation=st.builds(m.Promulgation, DAY, TEXT),
    subject=NAMED,
    type=st.none() | st.builds(m.DocumentType, st.integers(0, 9), WHOLE, TEXT),
    content=TEXT,
    signer=st.none() | st.builds(m.Signer, TEXT, TEXT, TEXT),
    due=st.none() | DAY,
    places=many(NAMED),
    other=st.none() | st.builds(m.OtherInfo, WHOLE, TEXT, TEXT, WHOLE, WHOLE, FLAG, many(NAMED)),
    responses=many(RESPONSE),
    steering=WHOLE,
    traces=many(st.builds(m.Trace, NAMED, AT)),
    purpose=PURPOSE,
    attachments=ATTACHMENTS,
)
STATUS = st.builds(StatusReport, RESPONSE, ORGAN, st.sampled_from(m.Status), AT, TEXT, TEXT)


def changed(old: str, new: str, message: Document | StatusReport = LETTER) -> bytes:
    text = write(message).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(DOCUMENT | STATUS)
def test_a_message_is_read_as_it_was_written(message: Document | StatusReport) -> None:
    content = write(message)
    found = read(content)
    assert (found.message, found.faults) == (message, ())
    assert write(message) == content


@given(
    st.binary(max_size=200) | st.text(max_size=80).map(lambda text: f"<edXML>{text}</edXML>".encode("utf-8", "ignore"))
)
def test_nothing_is_raised_whatever_the_bytes_are(content: bytes) -> None:
    assert read(content).faults


def test_the_names_are_the_standards() -> None:
    text = write(LETTER).decode()
    for name in (
        "edXMLEnvelope", "edXMLHeader", "MessageHeader", "OrganId", "CodeNotation", "PromulgationInfo", "PageAmount",
        "TraceHeaderList", "Bussiness", "BussinessDocType", "edXMLBody", "edXMLManifest", "Reference",
        "AttachmentEncoded", "ContentTransferEncoded",
    ):  # fmt: skip
        assert f"<edXML:{name}" in text
    assert f'xmlns:edXML="{NAMESPACE}"' in text
    assert "2026/02/05 08:05:00" in text
    assert "<edXML:StatusCode>02<" in write(REPORT).decode()


def test_other_spellings_no_namespace_inside_and_instants_of_other_zones_are_read() -> None:
    text = write(LETTER).decode().replace("Bussiness", "Business").replace("2026/03/01", "2026-3-1")
    start = text.index("<edXML:AttachmentEncoded>")
    tail = re.sub("edXML:(?=[ACD])", "", text[start:])
    assert read((text[:start] + tail).encode()).message == LETTER
    assert read(write(replace(REPORT, at=NOW.astimezone(UTC)))).message == REPORT
    assert read(changed(">02<", ">2<", REPORT)).message == REPORT


def test_what_is_not_known_is_told_and_passed_over_and_a_clerk_is_not_read() -> None:
    found = read(changed("<edXML:Department>", "<edXML:Staff>Người gửi</edXML:Staff><edXML:Department>"))
    assert found.message == LETTER
    assert "Người gửi" not in repr(found)
    found = read(changed("<edXML:Subject>", "<edXML:Colour>đỏ</edXML:Colour><edXML:Subject>"))
    assert found.message == LETTER
    [warning] = found.warnings
    assert (warning.code, warning.path, warning.details) == ("unknown", "MessageHeader", {"name": "Colour"})
    signed = read(changed("</edXML:edXMLHeader>", "<edXML:Signature><edXML:X/></edXML:Signature></edXML:edXMLHeader>"))
    assert signed.message == replace(LETTER, signed=True)


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("<edXML:OrganId>000.00.07.H57<", "<edXML:OrganId><", "missing", "MessageHeader/To[1]/OrganId"),
        ("CT-VP</edXML:CodeNotation>", "</edXML:CodeNotation>", "missing", "MessageHeader/Code/CodeNotation"),
        ("2026/02/05</edXML:P", "2026/02/30</edXML:P", "day", "MessageHeader/PromulgationInfo/PromulgationDate"),
        ("2026/02/05 08:05:00", "8 giờ", "moment", "TraceHeaderList/TraceHeader[1]/Timestamp"),
        ("<edXML:Priority>1", "<edXML:Priority>gấp", "whole", "MessageHeader/OtherInfo/Priority"),
        ("<edXML:Paper>0", "<edXML:Paper>có", "flag", "TraceHeaderList/Bussiness/Paper"),
        ("DocType>0", "DocType>4", "choice", "TraceHeaderList/Bussiness/BussinessDocType"),
        ("DocType>0", "DocType>1", "target", "TraceHeaderList/Bussiness"),
        ("<edXML:Subject>", "<edXML:Subject>x</edXML:Subject><edXML:Subject>", "repeated", "MessageHeader/Subject"),
        ("<edXML:Subject>", "<edXML:Subject><edXML:b/>", "nested", "MessageHeader/Subject"),
        ("<edXML:Subject>", f"<edXML:Subject>{'x' * 100_001}", "text-long", "MessageHeader/Subject"),
        ("JVBERi0xLjc=", "JVBERi0xLjc*", "attachment-base64", "AttachmentEncoded/Attachment[1]"),
        ("<edXML:ContentTransferEncoded>JVBERi0xLjc=</edXML:ContentTransferEncoded>", "", "missing",
         "AttachmentEncoded/Attachment[1]"),
        (f'"{NAMESPACE}"', '"http://www.go.vn/eDoc"', "namespace", ""),
        ("<edXML:edXMLEnvelope", "<!DOCTYPE a><edXML:edXMLEnvelope", "doctype", ""),
        ("</edXML:edXMLHeader>", "<edXML:Status/></edXML:edXMLHeader>", "two-messages", "edXMLHeader"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_what_is_wrong_and_where(old: str, new: str, code: str, path: str) -> None:
    text = changed(old, new)
    found = read(
        text.replace(b"</edXML:edXMLEnvelope>", b"</edXML:Envelope>") if code == "missing" and "Env" in new else text
    )
    assert found.message is None
    assert (code, path) in {(each.code, each.path) for each in found.faults}
    assert all(each.say() and each.line >= 1 for each in found.faults)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "compressed"),
        (b"<edXML>", "not-xml"),
        (b"<html/>", "not-edxml"),
        (b"<edXML><Envelope/></edXML>", "missing"),
        (f'<edXML xmlns="{NAMESPACE}"><edXMLEnvelope><edXMLHeader/></edXMLEnvelope></edXML>'.encode(), "no-message"),
        (b"<edXML>" + b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH + b"</edXML>", "too-deep"),
        (b"<edXML>" + b"<a/>" * MAX_ELEMENTS + b"</edXML>", "too-many-elements"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]><edXML>&x;</edXML>', "doctype"),
    ],
)
def test_what_is_no_edxml_is_refused_as_a_whole(content: bytes, code: str) -> None:
    [fault] = read(content).faults
    assert fault.code == code


def test_attachments_have_a_size_a_number_and_one_name_each(monkeypatch: pytest.MonkeyPatch) -> None:
    [each] = LETTER.attachments
    monkeypatch.setattr(reading, "MAX_ATTACHMENT", 999)
    assert write(replace(LETTER, attachments=(replace(each, content=bytes(999)),)))
    with pytest.raises(Unwritable, match="has 1002 bytes; at most 999 are taken"):
        write(replace(LETTER, attachments=(replace(each, content=bytes(1002)),)))
    for attachments, code in (
        (tuple(replace(each, id=str(number)) for number in range(MAX_ATTACHMENTS + 1)), "attachment-many"),
        ((each, each), "attachment-twice"),
    ):
        with pytest.raises(Unwritable) as refused:
            write(replace(LETTER, attachments=attachments))
        assert code in {fault.code for fault in refused.value.faults}
    text = write(LETTER)
    start, end = text.index(b"<edXML:AttachmentEncoded>"), text.index(b"</edXML:edXML>")
    assert [fault.code for fault in read(text[:start] + text[end:]).faults] == ["attachment-missing"]
    start, end = text.index(b"<edXML:Reference"), text.index(b"</edXML:edXMLManifest>")
    stray = read(text[:start] + text[end:])
    assert stray.message == LETTER
    assert [warning.code for warning in stray.warnings] == ["attachment-stray"]


def test_what_no_office_could_take_in_is_not_written() -> None:
    with pytest.raises(Unwritable, match="MessageHeader/Subject: “Subject” is missing or empty"):
        write(replace(LETTER, subject=" "))
    with pytest.raises(Unwritable):
        write(replace(LETTER, receivers=()))
    assert [each.code for each in read(write(replace(REPORT, description=""))).warnings] == ["no-reason"]


@pytest.mark.parametrize("message", [LETTER, REPORT])
def test_a_file_is_read_apart_as_it_is_here(message: Document | StatusReport) -> None:
    assert read_file(write(message)) == read(write(message))
    assert read_file(b"<edXML/>") == read(b"<edXML/>")


def test_every_sentence_can_be_said() -> None:

    told = dict.fromkeys(
        ("name", "limit", "size", "value", "allowed", "type", "root", "namespace", "detail", "encoding", "kind"), "x"
    )
    assert all(fault(code, **told).say() for code in SENTENCES)
