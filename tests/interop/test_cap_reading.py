"""Good and faulty alerts: what is taken in, what is refused, and why, with the line."""

import base64
import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.interop.judging import EDXL, codes, only, warned, wrapped
from tests.interop.messages import DATA, INFO, message
from thammuu.interop.cap import read
from thammuu.interop.cap.geometry import geojson
from thammuu.interop.cap.message import Area


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_year_of_many_digits_is_no_accident(version: str) -> None:
    assert only(message(version=version, sent="2" * 5000 + "-10-01T00:00:00Z")) in {"time-range", "time-form"}


def test_what_an_envelope_holds_is_found_however_it_was_written() -> None:
    inner = EDXL.format(status="Test", content=_data(base64.b64encode(message().encode()).decode()))
    for content in (
        _data(base64.b64encode(message(prefix="").encode("utf-16")).decode()),
        _data(base64.b64encode(inner.encode()).decode()),
        _data(f"<![CDATA[{message()}]]>"),
        f"<d:xmlContent><d:embeddedXMLContent>{html.escape(message())}</d:embeddedXMLContent></d:xmlContent>",
    ):
        reading = read(EDXL.format(status="Actual", content=content).encode())
        assert (codes(reading), len(reading.alerts)) == ([], 1), content


def _data(content: str) -> str:
    return (
        f"<d:nonXMLContent><d:mimeType>text/xml</d:mimeType><d:contentData>{content}</d:contentData></d:nonXMLContent>"
    )


def test_a_fault_is_told_without_the_place_in_the_part_that_was_parsed() -> None:
    [found] = read((message() + "\n<?xml version='1.0'?>\n<alert><oops>").encode()).faults
    assert (found.line, "column" in found.say()) == (message().count("\n") + 3, False)


def test_a_good_alert_is_read_whole() -> None:
    [finding] = read(message().encode()).findings
    alert = finding.alert
    assert alert is not None
    assert (alert.version, alert.identifier, alert.sender) == ("1.2", "VN-1", "kttv@example.vn")
    assert alert.sent == datetime(2026, 10, 1, tzinfo=UTC)
    assert alert.sent.utcoffset() == timedelta(hours=7)
    [info] = alert.infos
    assert (info.language, info.event, info.severity, info.headline) == ("vi-VN", "Bão", "Severe", "Bão số 9")
    [area] = info.areas
    assert area.polygons == (((16, 111), (17, 111), (17, 112), (16, 112), (16, 111)),)
    assert geojson(area) == {
        "type": "Polygon",
        "coordinates": [[[111, 16], [111, 17], [112, 17], [112, 16], [111, 16]]],
    }
    assert (finding.faults, finding.warnings, finding.line) == ((), (), 2)
    assert read(finding.raw).alerts == (alert,)


@pytest.mark.parametrize(
    ("change", "code", "path", "line"),
    [
        ({"scope": "<scope>Restricted</scope>"}, "restriction-missing", "alert/restriction", 8),
        ({"scope": "<scope>Private</scope><addresses> </addresses>"}, "addresses-missing", "alert/addresses", 8),
        ({"kind": "Update"}, "references-missing", "alert/references", 7),
        ({"kind": "Cancel"}, "references-missing", "alert/references", 7),
        ({"kind": "Ack"}, "references-missing", "alert/references", 7),
        ({"kind": "Error"}, "references-missing", "alert/references", 7),
        ({"kind": "Update", "references": "VN-0"}, "reference-form", "alert/references", 9),
        ({"kind": "Update", "references": "a,b,2026-10-01"}, "reference-form", "alert/references", 9),
        ({"kind": "Update", "references": "a,b,2026-10-01T07:00:00+07:00,c"}, "reference-form", "alert/references", 9),
        (
            {"kind": "Update", "references": "kttv@example.vn,VN-1,2026-10-01T07:00:00+07:00"},
            "reference-self",
            "alert/references",
            9,
        ),
        ({"identifier": "VN 1"}, "identifier-characters", "alert/identifier", 3),
        ({"identifier": "VN,1"}, "identifier-characters", "alert/identifier", 3),
        ({"identifier": "VN&lt;1"}, "identifier-characters", "alert/identifier", 3),
        ({"sender": "a&amp;b"}, "identifier-characters", "alert/sender", 4),
        ({"identifier": " "}, "blank", "alert/identifier", 3),
        ({"sent": "2026-10-01T00:00:00Z"}, "time-form", "alert/sent", 5),
        ({"status": "Real"}, "value-not-listed", "alert/status", 6),
        ({"sent": "0001-01-01T00:00:00+14:00"}, "time-range", "alert/sent", 5),
        ({"sent": "9999-12-31T23:59:59+00:00"}, "time-range", "alert/sent", 5),
        ({"status": " Actual"}, "value-spaced", "alert/status", 6),
        ({"identifier": "x" * 1001}, "identity-long", "alert/identifier", 3),
        ({"sender": "ễ" * 334}, "identity-long", "alert/sender", 4),
        (
            {"kind": "Update", "references": f"a,{'b' * 2200},2026-10-01T07:00:00+07:00"},
            "reference-form",
            "alert/references",
            9,
        ),
    ],
)
def test_a_fault_of_the_head_is_named_with_its_place(change: dict[str, str], code: str, path: str, line: int) -> None:
    [finding] = read(message(**change).encode()).findings
    assert finding.alert is None
    [found] = finding.faults
    assert (found.code, found.path, found.line) == (code, path, line)
    assert "{" not in found.say()


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ("<polygon>16,111 17,111 16,111</polygon>", "polygon-short"),
        ("<polygon>16,111 17,111 17,112 16,112</polygon>", "polygon-open"),
        ("<polygon>111,16 111,17 112,17 111,16</polygon>", "latitude-swapped"),
        ("<polygon>95,100 96,100 96,101 95,100</polygon>", "latitude-range"),
        ("<circle>107,16 5</circle>", "latitude-swapped"),
        ("<polygon>16,181 17,111 17,112 16,181</polygon>", "longitude-range"),
        ("<polygon>16 111 17 111 17 112 16 111</polygon>", "point-form"),
        ("<polygon>16,111, 17,111 17,112 16,111,</polygon>", "point-form"),
        ("<polygon>nan,111 17,111 17,112 nan,111</polygon>", "point-form"),
        ("<circle>16,111</circle>", "circle-form"),
        ("<circle>16,111 -1</circle>", "radius-negative"),
        ("<circle>16,111 1e3</circle>", "circle-form"),
        ("<circle>16,111 30000</circle>", "radius-range"),
        ("<circle>91,111 1</circle>", "latitude-range"),
    ],
)
def test_a_place_that_cannot_be_drawn_refuses_the_alert(shape: str, code: str) -> None:
    reading = read(message(area=f"<area><areaDesc>Hà Nội</areaDesc>{shape}</area>").encode())
    assert reading.alerts == ()
    assert set(codes(reading)) == {code}
    assert reading.findings[0].faults[0].path.startswith("alert/info[1]/area[1]/")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"info": ""}, "info-missing"),
        ({"sent": "2026-10-03T07:00:00+07:00"}, "expires-early"),
        ({"area": "<area><areaDesc>Huế</areaDesc><polygon></polygon></area>"}, "geometry-empty"),
        ({"area": "<area><areaDesc>Huế</areaDesc><ceiling>10</ceiling></area>"}, "ceiling-alone"),
        (
            {"area": "<area><areaDesc>Huế</areaDesc><altitude>20</altitude><ceiling>10</ceiling></area>"},
            "ceiling-low",
        ),
        ({"area": "<area><areaDesc/></area>"}, "blank"),
        ({"scope": "<scope>Public</scope><restriction>for us</restriction>"}, "restriction-unused"),
        ({"identifier": "\n VN-1 \n"}, "spaces-around"),
        ({"references": "nothing"}, "reference-form"),
        (
            {"info": INFO.replace("2026-10-02T", "9999-12-31T").replace("07:00:00+07:00", "23:59:59-00:00")},
            "time-left-out",
        ),
        (
            {"info": INFO.replace("<expires>", "<effective>2026-10-03T07:00:00+07:00</effective><expires>")},
            "expires-before-effective",
        ),
        (
            {"area": "<area><areaDesc>Huế</areaDesc><polygon>16,107 17,108 17,107 16,108 16,107</polygon></area>"},
            "polygon-crosses",
        ),
        (
            {"area": "<area><areaDesc>Huế</areaDesc><polygon>16,107 17,108 18,109 16,107</polygon></area>"},
            "polygon-flat",
        ),
        (
            {"area": "<area><areaDesc>Huế</areaDesc><polygon>16,107 16,107 16,107 16,107</polygon></area>"},
            "polygon-flat",
        ),
        ({"references": "a,b,2027-10-01T07:00:00+07:00"}, "reference-later"),
    ],
)
def test_what_leaves_no_doubt_is_taken_in_with_a_warning(change: dict[str, str], code: str) -> None:
    reading = read(message(**change).encode())
    assert len(reading.alerts) == 1
    assert warned(reading) == [code]


def test_all_structural_faults_are_named_at_once() -> None:
    text = message(status="Real", kind="Shout").replace("<event>Bão</event>", "")
    assert codes(read(text.encode())) == ["value-not-listed", "value-not-listed", "element-missing"]


def test_many_attributes_are_told_of_in_a_moment() -> None:
    many = "".join(f" b{number}=''" for number in range(300_000))
    assert codes(read(message().replace("<alert", f"<alert{many}").encode())) == ["attribute"] * 30


def test_the_first_version_of_cap() -> None:
    info = (
        "<info><event>Flood</event><urgency>Past</urgency><severity>Minor</severity>"
        "<certainty>Very Likely</certainty><eventCode>SAME=FLW</eventCode><area><areaDesc>x</areaDesc></area></info>"
    )
    text = message(version="1.0", kind="Update", scope="", sent="2004-10-01T00:00:00Z", info=info,
                   references="VN-0/other@example.vn")  # fmt: skip
    [alert] = read(text.encode()).alerts
    assert (alert.version, alert.scope, alert.infos[0].certainty) == ("1.0", "Public", "Likely")
    assert [(pair.name, pair.value) for pair in alert.infos[0].event_codes] == [("SAME", "FLW")]
    [reference] = alert.references
    assert (reference.identifier, reference.sender, reference.sent) == ("VN-0", "other@example.vn", None)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_older_versions_take_zulu_time_but_no_time_without_a_zone(version: str) -> None:
    assert len(read(message(version=version, sent="2010-10-01T00:00:00Z").encode()).alerts) == 1
    assert only(message(version=version, sent="2010-10-01T00:00:00")) == "zone-missing"


@pytest.mark.parametrize(
    "text",
    [
        "<alerts>" + wrapped(message(), message(identifier="VN-2")) + "</alerts>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">'
        + wrapped(message())
        + "</content></entry>"
        f"<entry><content>{wrapped(message(identifier='VN-2', version='1.1'))}</content></entry></feed>",
        message() + "\n" + message(identifier="VN-2"),
        message(prefix="") + message(identifier="VN-2", prefix=""),
        message() + message(identifier="VN-2", prefix=""),
        EDXL.format(status="Actual", content="<d:xmlContent><d:embeddedXMLContent>"
            + wrapped(message(), message(identifier="VN-2")) + "</d:embeddedXMLContent></d:xmlContent>"),
        EDXL.format(status="Actual", content="".join(
            f"<d:nonXMLContent><d:mimeType>text/xml</d:mimeType><d:contentData>{base64.encodebytes(part.encode()).decode()}"
            "</d:contentData></d:nonXMLContent>" for part in (message(), message(identifier="VN-2")))),
        f"<rss><channel><item><description><![CDATA[{message()}]]></description></item>"
        f"<item><description><![CDATA[{message(identifier='VN-2')}]]></description></item></channel></rss>",
    ],
    ids=["wrapper", "atom", "concatenated", "roots", "roots-after-declaration", "edxl-xml", "edxl-base64", "escaped"],
)  # fmt: skip
def test_many_alerts_in_one_file(text: str) -> None:
    reading = read(text.encode())
    assert codes(reading) == []
    assert [alert.identifier for alert in reading.alerts] == ["VN-1", "VN-2"]


def test_a_bad_alert_does_not_take_its_neighbours_along() -> None:
    text = message() + "\n" + message(identifier="VN-2", status="Real") + "\n" + message(identifier="VN-3")
    reading = read(text.encode())
    assert [item.identifier for item in reading.findings] == ["VN-1", "VN-2", "VN-3"]
    assert [item.alert is None for item in reading.findings] == [False, True, False]
    assert reading.findings[1].faults[0].line == text[: text.index("Real")].count("\n") + 1


def test_a_broken_document_does_not_take_its_neighbours_along() -> None:
    reading = read((message() + "\n<?xml version='1.0'?><alert><oops>" + message(identifier="VN-3")).encode())
    assert [alert.identifier for alert in reading.alerts] == ["VN-1", "VN-3"]
    assert codes(reading) == ["not-xml"]


def test_a_declaration_after_a_blank_line_is_warned_of() -> None:
    reading = read(b"\n" + message().encode())
    assert len(reading.alerts) == 1
    assert warned(reading) == ["declaration-late"]
    assert reading.findings[0].line == 3


def test_an_exercise_of_the_envelope_marks_the_alert() -> None:
    text = EDXL.format(status="Exercise", content=wrapped(message()))
    [finding] = read(text.encode()).findings
    assert finding.envelope_status == "Exercise"
    assert [item.code for item in finding.warnings] == ["envelope-status"]


VERDICTS = {
    "australia.cap": [], "australia_bom.cap": [], "canada.cap": [], "earthquake.cap": [],
    "iceland_met_office.cap": [], "mexico.xml": [], "no_optional_fields.cap": [], "ph.cap": [], "weather.cap": [],
    "invalid.cap": ["element-missing"], "cap12.xsd": ["no-alert"], "edxlde-1_0.xsd": ["no-alert"],
}  # fmt: skip


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/cap beside the project")
def test_every_file_of_the_services_is_taken_in_or_refused_for_the_right_reason() -> None:
    assert {path.name: codes(read(path.read_bytes())) for path in sorted(DATA.iterdir())} == VERDICTS
    [refused] = read((DATA / "invalid.cap").read_bytes()).findings
    assert (refused.faults[0].path, refused.faults[0].line) == ("alert/scope", 9)


def test_circles_become_rings_and_points() -> None:
    area = "<area><areaDesc>x</areaDesc><circle>21.03,105.85 10</circle><circle>16.05,108.2 0</circle></area>"
    [alert] = read(message(info=INFO, area=area).encode()).alerts
    drawn = geojson(alert.infos[0].areas[0])
    assert drawn is not None
    geometries: Any = drawn["geometries"]
    ring, point = geometries
    assert point == {"type": "Point", "coordinates": [108.2, 16.05]}
    [outline] = ring["coordinates"]
    assert outline[0] == outline[-1]
    assert len(outline) == 65
    # 10 km north of the centre: 10 / 111.195 degrees.
    assert outline[0] == pytest.approx([105.85, 21.03 + 0.089932], abs=1e-5)
    assert geojson(Area(description="said only")) is None
