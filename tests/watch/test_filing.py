"""A typed line becomes an entry: what it names is found, what does not exist files nothing, sent twice is once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.recording import SubmissionConflict
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.watch import actions
from thammuu.watch.filing import Typed, file_line
from thammuu.watch.models import Incident, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_a_line_names_its_time_unit_kind_and_incident(organisation: Organisation, now: datetime) -> None:
    opened = actions.open_incident(
        actor=organisation.duty, now=now, at=now, title="Cháy kho", unit=organisation.hanoi
    ).answer
    number = Incident.objects.get(id=opened).number
    line = f"5 phút trước Công an tỉnh Huế: đã cử 2 xe #{number} !yêu cầu"
    recorded = file_line(actor=organisation.duty, now=now, typed=Typed(line))
    row = LogEntry.objects.get(id=recorded.answer)
    assert (row.text, row.kind, row.unit_id) == ("đã cử 2 xe", "request", organisation.hue)
    assert (row.happened_at, row.incident_id) == (now - timedelta(minutes=5), opened)
    assert {organisation.hue, organisation.ministry, organisation.hanoi} <= set(row.units)
    [entry] = feed.of_subjects([row.id])
    assert (entry.kind, entry.say("en")) == ("watch.log_entry_written", "đã cử 2 xe")


def test_a_place_in_the_sentence_is_kept_with_it(organisation: Organisation, now: datetime) -> None:
    answer = file_line(actor=organisation.duty, now=now, typed=Typed("Cháy tại số 5 ngõ 12, có khói")).answer
    row = LogEntry.objects.get(id=answer)
    assert (row.text, row.place_text) == ("Cháy tại số 5 ngõ 12, có khói", "số 5 ngõ 12")


@pytest.mark.parametrize(
    "line", ["cháy @Chợ Âm Phủ", "cháy #99", "đv:PC99 cháy", "25:10 cháy", "cháy ở Ðống Đa", "14:05"]
)
def test_what_does_not_exist_files_nothing(organisation: Organisation, now: datetime, line: str) -> None:
    with pytest.raises(BadInput):
        file_line(actor=organisation.duty, now=now, typed=Typed(line))
    assert not LogEntry.objects.exists()


def test_a_line_sent_twice_is_stored_once(organisation: Organisation, now: datetime) -> None:
    typed = Typed("14 người đã rời khu vực", submission=new_id())
    first = file_line(actor=organisation.duty, now=now, typed=typed)
    again = file_line(actor=organisation.duty, now=now, typed=typed)
    assert (again.replayed, again.answer) == (True, first.answer)
    assert LogEntry.objects.count() == 1
    with pytest.raises(SubmissionConflict):
        file_line(actor=organisation.duty, now=now, typed=replace(typed, text="khác"))
