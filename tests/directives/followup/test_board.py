"""The board: each figure leads to as many rows, what stood at a cut-off, who sees what, and files."""

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text
from python_calamine import CalamineWorkbook

from tests.directives.documents.desk import Desk
from tests.directives.inspection.visit import Visit
from tests.directives.thread import Thread
from tests.ground import Organisation, client_of
from thammuu.desk.thread import thread_of
from thammuu.directives import actions, queries
from thammuu.directives.documents.models import Document
from thammuu.directives.filters import AssignmentFilters, in_age
from thammuu.directives.followup.board import board
from thammuu.directives.followup.counting import counted
from thammuu.directives.followup.rules import STATES, Age, Among, Figures, added, age_of, figures
from thammuu.directives.inspection import actions as inspections
from thammuu.directives.models import Assignment
from thammuu.directives.rules import Tally, Urgency
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org

pytestmark = [pytest.mark.django_db]
EVERY = AssignmentFilters()


def _text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def busy(thread: Thread) -> Thread:
    """Three assignments in three units, one of them acknowledged and one urgent; one withdrawn; a decision alone."""
    organisation = thread.organisation
    actions.issue_assignments(
        actor=organisation.chief,
        now=thread.now,
        decision=thread.decision,
        orders=[
            thread.order(lead_unit=organisation.hue, title="=1+1"),
            thread.order(lead_unit=organisation.commune, term_days=400, urgency=Urgency.URGENT),
            thread.order(title="Thừa"),
        ],
    )
    surplus = Assignment.objects.get(title="Thừa").id
    actions.withdraw_assignment(actor=organisation.chief, now=thread.now, assignment=surplus, reason="Thừa")
    thread.acknowledge()
    actions.take_decision(
        actor=organisation.chief, now=thread.now, unit=organisation.ministry, title="Chưa giao", reason="Chờ"
    )
    return thread


def _tally(actor: Actor, now: datetime, filters: AssignmentFilters = EVERY) -> Tally:
    return board(actor, filters, now).tally


def test_every_figure_leads_to_as_many_rows_and_each_reader_counts_what_it_sees(
    busy: Thread, organisation: Organisation
) -> None:
    late = clock.now()
    for reader, total in ((organisation.chief, 3), (organisation.hue_officer, 1)):
        client = client_of(reader)
        shown = board(reader, EVERY, late)
        assert shown.tally.total == total
        for query in ("", f"?under={organisation.hanoi}", "?urgency=urgent", f"?decision={busy.decision}"):
            page = _text(client.get(f"/follow-up/{query}"))
            found = re.findall(r'<a(?: class="figure")? href="(/assignments/\?[^"]+)"[^>]*>(?:<strong>)?(\d+)<', page)
            for url, count in set(found):
                rows = _text(client.get(url.replace("&amp;", "&"))).count('<li id="assignment-')
                assert rows == int(count), url


def test_sources_without_an_assignment_lead_to_their_rows(busy: Thread, organisation: Organisation) -> None:
    client = client_of(organisation.chief)
    found = board(organisation.chief, EVERY, busy.now).sources
    assert (found.decisions, found.decisions_untasked, found.documents, found.documents_untasked) == (2, 1, 0, 0)
    followed = re.search(r'href="(/follow-up/[^"]+)"', _text(client.get(f"/decisions/{busy.decision}/")))
    assert followed is not None
    assert f"decision={busy.decision}" in followed[1]
    listed = _text(client.get("/decisions/?untasked=1"))
    assert "Chưa giao" in listed
    assert "Phân luồng từ xa" not in listed
    assert client.get("/documents/?untasked=1&since=2026-01-01").status_code == 200


def test_figures_freeze_at_a_cut_off(busy: Thread, organisation: Organisation) -> None:
    """What the board said, it says again when it is asked later: past extension, evidence, return and reopening."""
    chief, said = organisation.chief, []

    def note(at: datetime) -> None:
        said.append((at, _tally(chief, at), _figures(chief, EVERY, at)))

    note(busy.later(minutes=1))
    actions.extend_deadline(
        actor=chief, now=busy.later(minutes=2), assignment=busy.assignment,
        deadline=busy.row().deadline + timedelta(days=9), reason="Bão",
    )  # fmt: skip
    note(busy.later(days=8))
    evidence = busy.hand_in(busy.later(days=9))
    note(busy.later(days=9, minutes=1))
    actions.return_evidence(actor=chief, now=busy.later(days=10), evidence=evidence, reason="Thiếu ảnh")
    note(busy.later(days=20))
    busy.hand_in(busy.later(days=21))
    busy.verify(busy.later(days=22))
    note(busy.later(days=22, minutes=1))
    actions.reopen_assignment(actor=chief, now=busy.later(days=23), assignment=busy.assignment, reason="Chưa xong")
    note(busy.later(days=24))
    for at, tally, parts in said:
        frozen = replace(EVERY, at=at)
        assert _tally(chief, busy.later(days=90), frozen) == tally
        assert _figures(chief, frozen, at) == parts
        assert queries.tally(chief, frozen, busy.later(days=90)) == tally
        rows = queries.as_then(queries.assignments(chief, replace(frozen, among=Among.OPEN), at), at)
        assert len(rows) == tally.open
    assert len({tally for _at, tally, _parts in said}) > 3
    before = replace(EVERY, at=busy.now - timedelta(days=1))
    assert _tally(chief, busy.now, before) == Tally()


def test_ages_are_those_of_the_rules(busy: Thread, organisation: Organisation) -> None:
    deadline = busy.row().deadline
    for days in (0, 1, 3, 4, 7, 15, 16, 30, 31):
        now = deadline + timedelta(days=days, seconds=1)
        wanted = age_of(now - deadline)
        found = [age for age in Age if Assignment.objects.filter(in_age(age, now), id=busy.assignment).exists()]
        assert found == ([wanted] if wanted else [])
        counts = [figure.count for _label, figure in board(organisation.chief, EVERY, now).ages]
        assert counts == [2 if age == wanted else 0 for age in Age]


def test_the_board_asks_as_many_queries_whatever_there_is(busy: Thread, organisation: Organisation) -> None:
    client = client_of(organisation.chief)
    few = [_queries(client), _queries(client, "?at=2026-11-25T08:00")]
    for number in range(4):
        unit = org.create_unit(
            actor=organisation.admin, now=busy.now, code=f"0003{number}", level="commune", name=f"Xã {number}",
            parent=organisation.hue, starts_on=date(2026, 1, 1),
        )  # fmt: skip
        decision = actions.take_decision(
            actor=organisation.chief, now=busy.now, unit=organisation.ministry, title=f"Lệnh {number}", reason="Bão",
            orders=[busy.order(lead_unit=unit), busy.order(), busy.order(lead_unit=organisation.commune)],
        )  # fmt: skip
        actions.issue_assignments(
            actor=organisation.chief, now=busy.now, decision=busy.decision, orders=[busy.order(lead_unit=unit)]
        )
        document = Desk(organisation, busy.now).issued().id
        Document.objects.filter(id=document).update(arises_from_kind=Subject.DECISION, arises_from=decision)
    shown = board(organisation.chief, EVERY, busy.now)
    assert (len(shown.decisions), shown.sources.documents, shown.tally.total) == (5, 4, 19)
    assert [_queries(client), _queries(client, "?at=2026-11-25T08:00")] == few


def test_the_files_hold_the_figures_and_no_formula(busy: Thread, organisation: Organisation) -> None:
    client = client_of(organisation.chief)
    units = _sheets(client, "/follow-up/follow-up.xlsx?at=2020-01-01T00:00")["Units"]
    assert len(units) == 1
    whole = _sheets(client, "/follow-up/follow-up.xlsx")
    assert {row[0] for row in whole["Units"][1:]} == {"Hà Nội", "Huế"}
    assert sum(int(row[1]) for row in whole["Units"][1:]) == 3
    rows = _sheets(client, "/assignments/assignments.xlsx")["Assignments"]
    assert "=1+1" in [row[0] for row in rows]
    assert len(_sheets(client, "/assignments/assignments.xlsx?urgency=urgent")["Assignments"]) == 2


def test_the_board_on_paper_says_as_of_when_and_narrowed_to_what(busy: Thread, organisation: Organisation) -> None:
    client = client_of(organisation.chief)
    asked = "?urgency=urgent&at=2026-11-25T08:00"
    assert client.get("/follow-up/follow-up.odt").status_code == 404
    pdf = client.get(f"/follow-up/follow-up.pdf{asked}")
    file = client.get(f"/follow-up/follow-up.docx{asked}")
    word = docx.Document(io.BytesIO(file.content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    on_paper = " ".join(extract_text(io.BytesIO(pdf.content)).split())
    assert any("As of 25 Nov 2026 08:00 · Printed: " in line for line in lines)
    assert "As of 25 Nov 2026 08:00 · Printed: " in on_paper
    assert "Urgent" in lines
    assert "Urgent" in on_paper
    assert ["Assignments", "1"] in rows
    assert {row[0] for row in rows} >= {"Hà Nội", "Phân luồng từ xa"}
    assert "Phân luồng từ xa" in on_paper


def test_a_file_bears_the_highest_level_of_what_it_counts_for_whom_it_is_made(
    busy: Thread, organisation: Organisation
) -> None:
    def head(actor: Actor) -> str:
        return str(_sheets(client_of(actor), "/follow-up/follow-up.xlsx")["Follow-up"][1][0])

    before = head(organisation.chief)
    actions.take_decision(
        actor=organisation.chief, now=busy.now, unit=organisation.ministry, title="Kín", reason="Kín",
        orders=[busy.order()], classification=2,
    )  # fmt: skip
    assert head(organisation.chief) == "Classification: Limited" and head(organisation.hanoi_officer) == before
    rows = _sheets(client_of(organisation.chief), "/assignments/assignments.xlsx")["Assignments"]
    assert rows[0][-1] == "Classification" and {row[-1] for row in rows[1:]} == {"Normal", "Limited"}
    paper = client_of(organisation.chief).get("/follow-up/follow-up.pdf")
    assert "Classification: Limited" in " ".join(extract_text(io.BytesIO(paper.content)).split())


def test_what_is_no_filter_is_left_out(busy: Thread, organisation: Organisation) -> None:
    client = client_of(organisation.chief)
    given = "?since=x&until=0001-01-01&at=9999-99-99&under=1&document=1&urgency=very&among=none&overdue=2&evidence=some"
    for path in ("/follow-up/", "/assignments/", "/decisions/", "/documents/"):
        assert client.get(path + given).status_code == 200
    assert "No assignment matches" in _text(client.get("/follow-up/?until=2020-01-01"))


def _figures(actor: Actor, filters: AssignmentFilters, now: datetime) -> Figures:
    found = counted(actor, filters, now)
    whole = added(found.by_unit.values())
    assert added(found.by_decision.values())[:STATES] == whole[:STATES]
    return figures(whole)


def _sheets(client: Client, address: str) -> dict[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address).content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}  # type: ignore[misc]


def _queries(client: Client, narrowed: str = "") -> int:
    address = f"/follow-up/{narrowed}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_conclusion_without_findings_asks_for_no_assignment(thread: Thread, organisation: Organisation) -> None:
    visit = Visit(organisation, thread.now)

    def untasked(reader: Actor) -> int:
        return board(reader, EVERY, visit.now).sources.decisions_untasked

    sound, struck = visit.under_way(), visit.under_way()
    finding = visit.find(struck)
    for inspection in (sound, struck):
        visit.report(inspection)
    inspections.strike_finding(actor=organisation.staff, now=visit.now, finding=finding, reason="Đọc nhầm")
    for inspection in (sound, struck):
        visit.conclude(inspection)
    gaps = thread_of(organisation.chief, Subject.INSPECTION, sound, visit.now).found
    assert (untasked(organisation.chief), gaps) == (0, [])
    inspection, finding = visit.reported()
    visit.conclude(inspection)
    # Huế was visited as well, but nothing was found there.
    assert [untasked(who) for who in (organisation.chief, organisation.hanoi_officer, organisation.hue_officer)] == [
        1, 1, 0,
    ]  # fmt: skip
    visit.assign(finding)
    assert untasked(organisation.chief) == 0
