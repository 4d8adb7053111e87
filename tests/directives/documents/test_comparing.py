import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.directives.documents.desk import Desk
from tests.ground import client_of
from thammuu.directives.documents import actions
from thammuu.directives.documents.comparison import comparison
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.comparing import RunKind

pytestmark = pytest.mark.django_db


def clause(text: str, label: str = "", kind: ClauseKind = ClauseKind.CLAUSE) -> Clause:
    return Clause(kind, text, label)


@translation.override("en")
def test_what_became_of_a_clause_is_told_in_words() -> None:
    old = [clause("Tuần tra ban đêm", "1."), clause("Báo cáo hằng ngày", "2."), clause("Trực ban đủ quân số", "3.")]
    new = [clause("Trực ban đủ quân số", "1."), clause("Tuần tra cả ngày đêm", "2."), clause("Việc khác hẳn", "3.")]
    compared = comparison(old, new)
    told = {
        "".join(run.text for run in one.runs if run.kind != RunKind.DELETED): (str(one.word), " ".join(one.notes))
        for one in compared.clauses
    }
    assert not compared.same
    assert sum(count for _word, count in compared.counts) == len(compared.clauses)
    assert told["Việc khác hẳn"] == ("Added", "")
    assert [str(one.word) for one in compared.clauses if all(run.kind == RunKind.DELETED for run in one.runs)] == [
        "Removed"
    ]
    assert told["Trực ban đủ quân số"] == ("Numbered anew", "Its number was “3.” and is now “1.”.")
    moved, why = told["Tuần tra cả ngày đêm"]
    assert moved == "Moved"
    for words in ("stood at place 1 and stands at place 2.", "words were changed, too", "was “1.” and is now “2.”"):
        assert words in why


@translation.override("en")
def test_a_clause_that_only_got_another_number_says_so() -> None:
    compared = comparison(
        [clause("Tuần tra", "1.")], [clause("Căn cứ", kind=ClauseKind.GROUND), clause("Tuần tra", "2.")]
    )
    added, numbered = compared.clauses
    assert (str(added.word), str(numbered.word)) == ("Added", "Numbered anew")
    assert [(run.kind.value, run.text) for run in numbered.label] == [("deleted", "1."), ("inserted", "2.")]
    assert comparison([clause("a")], [clause("a")]).same


def test_versions_and_the_draft_are_compared_on_a_page(desk: Desk) -> None:
    document = desk.draft()
    organisation = desk.organisation
    staff, stranger = client_of(organisation.viewer), client_of(organisation.hanoi_officer)
    address = f"/documents/{document}/comparison/"
    assert "There is nothing to compare yet" in staff.get(address).content.decode()
    desk.submit(document)
    actions.return_document(actor=organisation.chief, now=desk.now, document=document, reason="Thiếu")
    assert "Both texts are the same." in staff.get(address).content.decode()
    section = desk.sections(document)[1]
    actions.change_section(
        actor=organisation.staff, now=desk.now, section=section.id, version=1, kind=ClauseKind.CLAUSE,
        text="Tăng cường tuần <b>",
    )  # fmt: skip
    with CaptureQueriesContext(connection) as found:
        shown = staff.get(address).content.decode()
    assert "The draft as it stands" in shown
    assert '<del><span class="visually-hidden">[deleted: </span>tra' in shown
    assert '<ins><span class="visually-hidden">[inserted: </span>&lt;b&gt;' in shown
    assert "Báo cáo kết quả" in shown
    assert "Báo cáo kết quả" not in staff.get(f"{address}?old=1&new=draft&only=1").content.decode()
    desk.submit(document)
    assert "Báo cáo kết quả" in staff.get(f"{address}?old=1&new=2").content.decode()
    for query in ("?old=1&new=draft", "?old=1&new=3", "?old=x&new=1"):
        assert staff.get(f"{address}{query}").status_code == 404, query
    assert stranger.get(address).status_code == 404
    for number in range(5):
        actions.return_document(actor=organisation.chief, now=desk.now, document=document, reason="Thiếu")
        actions.add_section(
            actor=organisation.staff, now=desk.now, document=document, kind=ClauseKind.CLAUSE, text=f"Việc {number}"
        )
        desk.submit(document)
    with CaptureQueriesContext(connection) as more:
        staff.get(f"{address}?old=2&new=7")
    assert len(more) == len(found)
