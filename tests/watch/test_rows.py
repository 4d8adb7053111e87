"""Rows of the board and the log as HTML."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.ground import Organisation
from thammuu.kernel.ids import new_id
from thammuu.watch.queries import BoardRow, LogRow
from thammuu.watch.rows import RowWriter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # 03:00 on the 25th in Vietnam


@pytest.fixture
def incident(organisation: Organisation) -> BoardRow:
    return BoardRow(new_id(), 7, "Cháy <kho>", "critical", "in_progress", "", organisation.hanoi, "Ngõ & 12", NOW, 0)


def test_typed_words_are_escaped_wherever_they_stand(incident: BoardRow) -> None:
    html = RowWriter(NOW).incident(replace(incident, title='"><script>x</script>'))
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "Ngõ &amp; 12" in html


@pytest.mark.parametrize(
    "change",
    [{"title": "Khác"}, {"severity": "normal"}, {"status": "contained"}, {"mark": "exercise"}, {"place_text": "Khác"},
     {"opened_at": NOW - timedelta(minutes=9)}, {"number": 8}],
)  # fmt: skip
def test_a_row_that_says_something_else_is_written_anew(incident: BoardRow, change: dict[str, object]) -> None:
    writer = RowWriter(NOW)
    assert writer.incident(incident) == writer.incident(replace(incident))
    assert writer.incident(replace(incident, **change)) != writer.incident(incident)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "minutes, words", [(0.9, "now"), (1, "1 min"), (-0.9, "now"), (-1, "in 1 min"), (119, "119 min")]
)
def test_the_age_is_of_its_own_minute(incident: BoardRow, minutes: float, words: str) -> None:
    writer = RowWriter(NOW)
    writer.incident(replace(incident, opened_at=NOW - timedelta(minutes=-0.5)))
    html = writer.incident(replace(incident, opened_at=NOW - timedelta(minutes=minutes)))
    assert f">{words}</time>" in html


def test_a_closed_incident_alarms_nobody(incident: BoardRow) -> None:
    html = RowWriter(NOW).incident(replace(incident, status="closed"))
    assert 'class=""' in html
    assert "status critical" not in html


def test_days_before_today_have_headings_above_their_entries(organisation: Organisation) -> None:
    at = [NOW, NOW - timedelta(hours=4), NOW - timedelta(hours=5), NOW - timedelta(hours=30)]
    rows = [entry(organisation, moment) for moment in at]
    html = RowWriter(NOW).entries(rows)
    assert re.findall(r'class="day"[^>]*>([^<]+)<', html) == ["24/11/2026", "23/11/2026"]
    places = re.findall(r'data-sort="([^"]+)"', html)
    assert places == sorted(places, reverse=True)
    assert len(places) == 6


def entry(organisation: Organisation, moment: datetime) -> LogRow:
    milliseconds = int(moment.timestamp() * 1000)
    id = type(new_id())(int=(milliseconds << 80) | (7 << 76) | (2 << 62))
    return LogRow(id, "note", "Có khói", "", organisation.hanoi, None, moment, moment, None, None, "", [], None, None,
                  None, None)  # fmt: skip
