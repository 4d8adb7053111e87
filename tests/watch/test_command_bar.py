"""The command bar reads what officers type: each form, each fault, and laws that hold for any line."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thammuu.kernel.clock import ORGANISATION_ZONE
from thammuu.kernel.names import NameIndex
from thammuu.watch.command_bar import parse
from thammuu.watch.command_parts import (
    MESSAGES,
    IncidentPart,
    KindPart,
    Line,
    PlacePart,
    Reason,
    SeverityPart,
    TimePart,
    UnitPart,
    Vocabulary,
)

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=ORGANISATION_ZONE)
MIDNIGHT = datetime(2026, 11, 23, 0, 20, tzinfo=ORGANISATION_ZONE)
CITY, WARD, TWIN, OTHER_TWIN, OFFICE, COMMUNE = (UUID(int=n) for n in range(1, 7))
STATION, GATE, OTHER_GATE = (UUID(int=n) for n in range(11, 14))
FIRE = UUID(int=42)
VOCABULARY = Vocabulary(
    units=NameIndex(
        [
            (CITY, ("CAHN", "Công an thành phố Hà Nội", "Hà Nội")),
            (WARD, ("Công an phường Ba Đình", "Phường Ba Đình", "Ba Đình")),
            (TWIN, ("Phường 1",)),
            (OTHER_TWIN, ("Phường 1",)),
            (OFFICE, ("PC07", "Phòng Cảnh sát phòng cháy, chữa cháy")),
            (COMMUNE, ("Xã An Ninh", "An Ninh")),
        ]
    ),
    places=NameIndex([(STATION, ("Ga Hà Nội",)), (GATE, ("Cổng Bắc", "North gate")), (OTHER_GATE, ("Cổng Bắc",))]),
    kinds=NameIndex([("request", ("yêu cầu", "request")), ("order", ("mệnh lệnh", "lệnh", "order"))]),
    incidents={42: FIRE},
)


def read(typed: str, now: datetime = NOW) -> Line:
    return parse(typed, VOCABULARY, now)


def reasons(typed: str, now: datetime = NOW) -> list[Reason]:
    return [problem.reason for problem in read(typed, now).problems]


def test_a_whole_line() -> None:
    typed = "14h05 P. Ba Đình: cháy nhà dân tại ga Hà Nội, 2 người bị thương !yêu cầu !! #42"
    line = read(typed)
    assert [type(part) for part in line.parts] == [
        TimePart,
        UnitPart,
        PlacePart,
        KindPart,
        SeverityPart,
        IncidentPart,
    ]
    assert not line.problems
    assert line.text == "cháy nhà dân tại ga Hà Nội, 2 người bị thương !!"
    spans = [typed[part.start : part.end] for part in line.parts]
    assert spans == ["14h05", "P. Ba Đình", "tại ga Hà Nội", "!yêu cầu", "!!", "#42"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:05 x", NOW.replace(minute=5)),
        ("14h05 x", NOW.replace(minute=5)),
        ("14g05 x", NOW.replace(minute=5)),
        ("lúc 14 giờ 05 x", NOW.replace(minute=5)),
        ("9h x", NOW.replace(hour=9, minute=0)),
        ("2:05 pm x", NOW.replace(minute=5)),
        ("12:05am x", NOW.replace(hour=0, minute=5)),
        ("hôm qua 23:10 x", datetime(2026, 11, 22, 23, 10, tzinfo=ORGANISATION_ZONE)),
        ("23h10 hom qua x", datetime(2026, 11, 22, 23, 10, tzinfo=ORGANISATION_ZONE)),
        ("yesterday at 23:10 x", datetime(2026, 11, 22, 23, 10, tzinfo=ORGANISATION_ZONE)),
        ("ngày 20/11 08:00 x", datetime(2026, 11, 20, 8, 0, tzinfo=ORGANISATION_ZONE)),
        ("31/12 08:00 x", datetime(2025, 12, 31, 8, 0, tzinfo=ORGANISATION_ZONE)),
        ("08:00 20/11/2025 x", datetime(2025, 11, 20, 8, 0, tzinfo=ORGANISATION_ZONE)),
        ("5 phút trước x", NOW - timedelta(minutes=5)),
        ("x 5 phut truoc", NOW - timedelta(minutes=5)),
        ("x, 5 min ago.", NOW - timedelta(minutes=5)),
        ("2 giờ trước x", NOW - timedelta(hours=2)),
        ("14:31 x", NOW.replace(minute=31)),
    ],
)
def test_times(typed: str, expected: datetime) -> None:
    line = read(typed)
    time = line.first(TimePart)
    assert time is not None
    assert time.at == expected
    assert line.text.strip(" ,.") == "x"
    assert not line.problems


def test_a_night_watch_crosses_midnight() -> None:
    time = read("23:50 x", MIDNIGHT).first(TimePart)
    assert time is not None
    assert time.at == datetime(2026, 11, 22, 23, 50, tzinfo=ORGANISATION_ZONE)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("15:30 x", Reason.NOT_YET),
        ("hôm nay 23:00 x", Reason.NOT_YET),
        ("25:10 x", Reason.NO_SUCH_TIME),
        ("13:10pm x", Reason.NO_SUCH_TIME),
        ("31/02 08:00 x", Reason.NO_SUCH_TIME),
        ("đv:PC99 x", Reason.UNKNOWN_UNIT),
        ("Phường Không Có: x", Reason.UNKNOWN_UNIT),
        ("Phường 1: x", Reason.AMBIGUOUS_UNIT),
        ("cháy @Chợ Âm Phủ", Reason.UNKNOWN_PLACE),
        ("cháy @cổng bắc", Reason.AMBIGUOUS_PLACE),
        ("cháy tại chợ âm phủ", Reason.UNLISTED_PLACE),
        ("cháy 91.5,105.85", Reason.NO_SUCH_POINT),
        ("cháy #43", Reason.UNKNOWN_INCIDENT),
        ("!bậy cháy", Reason.UNKNOWN_KIND),
        ("!yêu cầu /order x", Reason.GIVEN_TWICE),
        ("14:05 14:06 x", Reason.GIVEN_TWICE),
    ],
)
def test_faults_are_named(typed: str, reason: Reason) -> None:
    assert reasons(typed) == [reason]
    problem = read(typed).problems[0]
    assert problem.message.format(**problem.values)
    assert problem.blocks == (reason is not Reason.UNLISTED_PLACE)


def test_an_ambiguous_name_answers_with_all_that_bear_it() -> None:
    assert read("phuong 1: x").problems[0].candidates == (TWIN, OTHER_TWIN)
    assert read("@cong bac x").problems[0].candidates == (GATE, OTHER_GATE)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("PC07 đã đến", OFFICE),
        ("đã điều pc07", OFFICE),
        ("ha noi: binh thuong", CITY),
        ("ha noi bao cao binh thuong", CITY),
        ("Đoàn xe qua Hà Nội", CITY),
        ("công an ba đình báo tin", WARD),
        ("CA P Ba Đình đang xử lý", WARD),
        ("CAHN đã nhận", CITY),
        ("unit: an ninh reports all clear", COMMUNE),
    ],
)
def test_units(typed: str, unit: UUID) -> None:
    line = read(typed)
    assert [part.unit for part in line.parts if isinstance(part, UnitPart)] == [unit]
    assert not line.problems


@pytest.mark.parametrize(
    "typed",
    [
        "tình hình an ninh trật tự ổn định",
        "An ninh trật tự ổn định",
        "cahn",
        "Hạ Nội: bình thường",
        "cháy lớn!!!",
        "đi 80 km/h",
        "hiện tại không có gì",
        "tai nạn giao thông",
        "withdraw at once",
        "kết thúc lúc 16:00",
        "SC chưa rõ",
    ],
)
def test_ordinary_words_stay_text(typed: str) -> None:
    line = read(typed)
    assert (line.parts, line.problems, line.text) == ((), (), typed)


def test_places() -> None:
    point = read("@21.03,105.85 cháy").first(PlacePart)
    assert point is not None
    assert (point.latitude, point.longitude) == (21.03, 105.85)
    assert read("cháy tai ga ha noi").first(PlacePart) == PlacePart(5, 18, "ga ha noi", STATION)
    assert read("smoke at North gate").first(PlacePart) == PlacePart(6, 19, "North gate", GATE)
    written = read("Cháy tại số 5 ngõ 12, có khói").first(PlacePart)
    assert written is not None
    assert (written.text, written.place) == ("số 5 ngõ 12", None)
    ended = read("mật độ tại cổng phía Bắc giảm dần").first(PlacePart)
    assert ended is not None
    assert ended.text == "cổng phía Bắc"
    assert read("Cháy @ga hà nội rồi").text == "Cháy rồi"
    timed = read("cháy tại Huế 5 phút trước")
    assert [(part.start, part.end) for part in timed.parts] == [(9, 12), (13, 25)]


def test_every_reason_has_a_message() -> None:
    assert set(MESSAGES) == set(Reason)


TIMES = ["14:05", "25:99", "5 phút trước", "hôm qua 23:10", "31/02 08:00"]
NAMES = ["Ba Đình", "P.", "phường", "Phường 1", "ga Hà Nội", "đv:", "unit:", "cháy"]
SIGNS = ["tại", "@", "#42", "sc-7", "!!", "!", "!yêu cầu", "/order", "21.03,105.85", "999.5,1.0", ":", ",", "."]
STRANGE = ["a\u0300", "\u0301", "½", "ß", "İ", "한", "\U0001f525", "\n"]
FRAGMENTS = st.sampled_from([*TIMES, *NAMES, *SIGNS, *STRANGE])
LINES = st.one_of(
    st.text(max_size=80),
    st.lists(FRAGMENTS, max_size=8).map(" ".join),
    st.lists(FRAGMENTS, max_size=8).map("".join),
)


@given(LINES)
@example("tại ½")
@example("@\u0301a")
@example('TẠI"0PHUT TRUOC')
def test_any_line_is_read_and_spans_lie_inside_it(typed: str) -> None:
    line = read(typed)
    for span in (*line.parts, *line.problems):
        assert 0 <= span.start < span.end <= len(typed)
    assert read(typed) == line
    spans = sorted((part.start, part.end) for part in line.parts)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


WORDS = st.lists(st.sampled_from(["cháy", "khói", "xe", "nước", "lớn", "và"]), min_size=1).map(" ".join)
DAYS = st.sampled_from(["14:05", "hôm qua 23:10"])


@given(WORDS, st.permutations(["sc-42", "#42", "!yêu cầu", "@ga Hà Nội"]), DAYS)
def test_reading_what_remains_finds_nothing_more(words: str, marks: list[str], time: str) -> None:
    line = read(f"{time} {' '.join(marks[:2])} {words} {' '.join(marks[2:])}")
    assert len(line.parts) == 5
    assert not line.problems
    assert line.text == words
    again = read(line.text)
    assert (again.parts, again.problems, again.text) == ((), (), words)
