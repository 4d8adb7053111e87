"""What stands inside the texts of documents is found by its words, by whoever may read it."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from tests.directives.documents.desk import Desk
from tests.directives.incoming.counter import Counter
from tests.ground import Organisation, client_of
from thammuu.directives.documents import actions
from thammuu.directives.documents.inside import found_in, sections_with
from thammuu.directives.documents.models import Document, DocumentSection, DocumentVersion
from thammuu.directives.documents.queries import DocumentFilters, documents
from thammuu.directives.incoming.models import IncomingText
from thammuu.directives.incoming.queries import Asked, incoming
from thammuu.directives.inside import Where, found_inside
from thammuu.directives.kept_words import MOST_BYTES, holding, words_of
from thammuu.journal.redaction.registry import redactable_as
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.paper.clauses import ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
WORDS = "Bố trí xuồng cứu hộ tại bến Đục, Mỹ Đức"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def desk(organisation: Organisation, now: datetime) -> Desk:
    return Desk(organisation, now)


@pytest.fixture
def counter(organisation: Organisation, now: datetime, settings: Any, tmp_path: Path) -> Counter:
    settings.HOME = tmp_path
    return Counter(organisation, now)


def drafted(desk: Desk) -> UUID:
    document = desk.draft()
    actions.add_section(
        actor=desk.organisation.staff, now=desk.now, document=document, kind=ClauseKind.CLAUSE, text=WORDS
    )
    return document


def found(actor: Actor, words: str) -> set[UUID]:
    return set(documents(actor, DocumentFilters(words=words)).values_list("id", flat=True))


@pytest.mark.parametrize("typed", ["xuồng cứu hộ", "XUONG cuu ho", "đục bố trí", "bến Đục,", "tăng cường tuần tra"])
def test_a_section_is_found_with_and_without_marks_and_told(desk: Desk, typed: str) -> None:
    document = drafted(desk)
    staff = desk.organisation.staff
    assert found(staff, typed) == {document}
    assert found_in(staff, [document], typed)
    shown = client_of(staff).get("/documents/", {"q": typed}).content.decode()
    assert f"/documents/{document}/#section-" in shown and "In the text:" in shown


def test_the_words_stand_in_one_section_and_signs_are_none(desk: Desk) -> None:
    drafted(desk)
    for typed in ("xuồng báo cáo", "xuong cuu hoa", "' & |", "—"):
        assert not found_in(desk.organisation.staff, Document.objects.values_list("id", flat=True), typed)
    assert not found(desk.organisation.staff, "xuồng báo cáo")


def test_a_changed_section_is_found_by_its_new_words_and_a_struck_one_not_at_all(desk: Desk) -> None:
    document, staff = drafted(desk), desk.organisation.staff
    section = desk.sections(document)[-1]
    given = {"actor": staff, "now": desk.now, "section": section.id}
    actions.change_section(version=1, kind=ClauseKind.CLAUSE, text="Chuẩn bị áo phao", **given)
    assert (found(staff, "xuồng"), found(staff, "ao phao")) == (set(), {document})
    actions.strike_section(version=2, **given)
    assert found(staff, "ao phao") == set()


def test_whom_it_is_issued_to_finds_it_then_and_nobody_else(desk: Desk) -> None:
    document, organisation = drafted(desk), desk.organisation
    desk.submit(document)
    assert found(organisation.hanoi_officer, "xuồng") == set()
    desk.agree(document)
    desk.approve(document)
    desk.issue(document)
    assert found(organisation.hanoi_officer, "xuồng") == {document}
    assert found(organisation.hue_officer, "xuồng") == set()
    kept = DocumentVersion.objects.get()
    DocumentVersion.objects.update(clauses=[])
    assert not sections_with(organisation.hanoi_officer, "xuồng").exists()
    kept.save()


def test_an_incoming_text_is_found_by_its_units(counter: Counter) -> None:
    organisation, document = counter.organisation, counter.register()
    asked = Asked(counter.today.year, words="tuan tra ven song")

    def of(actor: Actor) -> set[UUID]:
        return set(incoming(actor, asked, counter.today).values_list("id", flat=True))

    assert of(organisation.staff) == {document}
    assert of(organisation.hanoi_officer) == set()
    counter.pass_on(document)
    assert of(organisation.hanoi_officer) == {document}
    [one] = found_inside(organisation.hanoi_officer, Where("ven sông"))
    assert (one.id, one.text) == (document, "Tuần tra ven sông")
    assert one.anchor == f"clause-{counter.clause(document, 3)}"


def test_the_general_search_tells_the_clause_and_keeps_its_filters(desk: Desk, counter: Counter) -> None:
    document, incoming_one = drafted(desk), counter.register()
    client = client_of(desk.organisation.staff)

    def shown(**query: object) -> str:
        return client.get("/search/", query).content.decode()

    page = shown(q="xuong cuu ho")
    assert "In the texts of documents" in page and f'href="/documents/{document}/#section-' in page
    assert "<mark>xuồng</mark>" in page and "Fewer words" not in page
    assert f"/documents/incoming/{incoming_one}/#clause-" in shown(q="ven sông")
    for narrowed in ({"kind": "incident"}, {"until": "2020-01-01"}, {"unit": desk.organisation.hue}):
        assert "#section-" not in shown(q="xuồng", **narrowed)
    assert "Fewer words" in shown(q="không có chữ này")


def test_the_indexes_answer(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for model, index in ((DocumentSection, "directives_section_words"), (IncomingText, "directives_incoming_words")):
        assert index in holding(model.objects.all(), "xuồng cứu hộ").explain()


def test_a_text_of_nothing_but_different_words_is_cut_and_kept(desk: Desk) -> None:
    text = " ".join(f"từ{number:x}" for number in range(90_000))
    assert len(words_of(text).encode()) == MOST_BYTES
    document = drafted(desk)
    DocumentSection.objects.filter(document=document).update(search_text=words_of(text))
    assert words_of("Đường đường 12/CĐ") == "duong 12 cd"


def test_the_texts_that_were_kept_before_are_found(desk: Desk, counter: Counter) -> None:
    document = drafted(desk)
    counter.register()
    before = [
        list(model.objects.order_by("id").values_list("search_text")) for model in (DocumentSection, IncomingText)
    ]
    for model in (DocumentSection, IncomingText):
        model.objects.update(search_text="")
    assert not found(desk.organisation.staff, "xuồng")
    remember: Callable[..., None] = import_module("thammuu.directives.migrations.0020_words_of_texts").remember
    remember(apps, None)
    after = [list(model.objects.order_by("id").values_list("search_text")) for model in (DocumentSection, IncomingText)]
    assert after == before
    assert found(desk.organisation.staff, "xuồng") == {document}


@pytest.mark.parametrize("kind", [Subject.DOCUMENT_SECTION, Subject.INCOMING_TEXT])
def test_what_is_redacted_is_found_no_more(kind: Subject) -> None:
    told = redactable_as(kind)
    assert told is not None and told.blanks()["search_text"] == ""
