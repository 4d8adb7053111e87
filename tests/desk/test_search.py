"""Search: what finds what, in which order, and for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.chain import build_chain, write
from tests.directives.documents.desk import Desk
from tests.ground import Organisation, client_of
from thammuu.desk import indexing
from thammuu.desk.lexemes import marked, wanted
from thammuu.desk.models import SearchEntry
from thammuu.desk.searching import Asked, search
from thammuu.directives.documents import actions as documents
from thammuu.journal import feed
from thammuu.kernel.actor import Actor
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(seal: Callable[[], int]) -> Callable[[], None]:
    """Let the index take in what was recorded."""

    def run() -> None:
        seal()
        indexing.index(feed.after(0, 10_000))

    return run


def texts(actor: Actor, typed: str, **asked: object) -> list[str]:
    return [hit.text for hit in search(actor, Asked(typed, **asked))]  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["hòa bình", "hoà bình", "HOÀ BÌNH", "hoa binh", "bình hòa"])
def test_with_and_without_diacritics(
    organisation: Organisation, now: datetime, follow: Callable[[], None], typed: str
) -> None:
    write(organisation, now, "Ùn tắc tại cầu Hoà Bình")
    follow()
    assert texts(organisation.chief, typed) == ["Ùn tắc tại cầu Hoà Bình"]


def test_diacritics_as_typed_come_first(organisation: Organisation, now: datetime, follow: Callable[[], None]) -> None:
    for text in ("Cháy chợ", "Chạy chợ", "Chay cho"):
        write(organisation, now, text)
    follow()
    assert texts(organisation.chief, "cháy") == ["Cháy chợ", "Chay cho", "Chạy chợ"]
    assert texts(organisation.chief, "chay") == ["Chay cho", "Chạy chợ", "Cháy chợ"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"sân vận động"', True),
        ('"san van dong"', True),
        ("động sân", True),
        ('"động sân"', False),
        ('"sân vận động mới"', False),
        ('"sân vận" động', True),
        ("sâ", False),
        ('""', False),
        ("%", False),
        ("' & #0 |", False),
    ],
)
def test_phrases(
    organisation: Organisation, now: datetime, follow: Callable[[], None], typed: str, found: bool
) -> None:
    write(organisation, now, "Khán giả vào sân vận động Mỹ Đình; vận động mới")
    follow()
    assert bool(texts(organisation.chief, typed)) is found


def test_everything_that_is_written_is_found(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    build_chain(organisation, now)
    follow()
    for typed in ("Đồng Xuân", "huy động", "lửa lan", "dập lửa", "khống chế", "tắt hẳn"):
        assert texts(organisation.chief, typed), typed


def test_only_what_may_be_seen(organisation: Organisation, now: datetime, follow: Callable[[], None]) -> None:
    write(organisation, now, "Mất điện diện rộng")
    follow()
    assert texts(organisation.hanoi_officer, "mất điện")
    for reader in (organisation.hue_officer, organisation.commune_officer):
        assert texts(reader, "mất điện") == []
    elsewhere = replace(organisation.chief, scope=replace(organisation.chief.scope, world="exercise:a"))
    assert texts(elsewhere, "mất điện") == []


def test_who_comes_to_see_a_subject_finds_what_was_said_before(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    incident = watch.open_incident(
        actor=organisation.chief, now=now, at=now, title="Vỡ đê", unit=organisation.hanoi
    ).answer
    follow()
    assert texts(organisation.hue_officer, "vỡ đê") == []
    watch.share_incident(actor=organisation.chief, now=now, incident=incident, units=[organisation.hue])
    follow()
    assert texts(organisation.hue_officer, "vỡ đê")


def test_whom_a_document_is_issued_to_finds_it_and_not_how_it_came_about(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    desk = Desk(organisation, now)
    document = desk.draft(abstract="Phòng chống cháy rừng")
    desk.submit(document)
    documents.return_document(actor=organisation.chief, now=now, document=document, reason="Thiếu kinh phí")
    for step in (desk.submit, desk.agree, desk.approve, desk.issue):
        step(document)
    follow()
    assert texts(organisation.hanoi_officer, "cháy rừng") == ["1 · 01/CT-VPB · Phòng chống cháy rừng"]
    assert texts(organisation.hanoi_officer, "kinh phí") == []
    assert texts(organisation.chief, "kinh phí") == ["Thiếu kinh phí"]


def test_filters(organisation: Organisation, now: datetime, follow: Callable[[], None]) -> None:
    write(organisation, now, "Cháy rừng ở Huế", unit=organisation.hue)
    write(organisation, now + timedelta(days=2), "Cháy rừng ở Hà Nội")
    follow()
    chief, later = organisation.chief, now + timedelta(days=1)
    assert texts(chief, "cháy rừng", unit=organisation.hue) == ["Cháy rừng ở Huế"]
    assert texts(chief, "cháy rừng", since=later) == ["Cháy rừng ở Hà Nội"]
    assert texts(chief, "cháy rừng", until=later) == ["Cháy rừng ở Huế"]
    assert texts(chief, "cháy rừng", since=later + timedelta(days=9)) == []
    assert texts(chief, "cháy rừng", kind="incident") == []
    assert len(texts(chief, "cháy rừng", kind="log_entry")) == 2


def test_what_lies_in_an_older_chunk_is_found(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    """The journal is asked chunk by chunk: entries in different chunks come in one order, newest first."""
    follow()
    start = feed.head().position
    write(organisation, now, "Sạt lở đèo")
    follow()
    first = SearchEntry.objects.get(position=start + 1)
    for shift in (40_000, 70_000, 200_000):
        row = indexing.search_row(
            position=start + shift,
            entry=first.entry,
            kind=first.kind,
            subject=(first.subject_kind, first.subject),
            world=first.world,
            units=first.units,
            at=first.at,
            text=f"{first.text} {shift}",
        )
        with connection.cursor() as cursor:
            cursor.execute(indexing.INSERT, row)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_sealed SELECT %s, gen_random_uuid(), now()",
            [start + 200_000],
        )
    assert texts(organisation.chief, "sat lo") == [
        "Sạt lở đèo 200000",
        "Sạt lở đèo 70000",
        "Sạt lở đèo 40000",
        "Sạt lở đèo",
    ]


def test_the_page_marks_hits_and_what_was_struck(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    entry = write(organisation, now, "Cháy <b>kho</b> xăng")
    watch.strike_log_entry(actor=organisation.chief, now=now, entry=entry, reason="Nhầm địa bàn")
    follow()
    client = client_of(organisation.chief)
    page = client.get("/search/", {"q": "kho"}).content.decode()
    assert "<mark>kho</mark>" in page and "&lt;b&gt;" in page and "Struck" in page
    assert "Nothing found" in client.get("/search/", {"q": "không có gì"}).content.decode()
    assert "What are you looking for?" in client.get("/search/").content.decode()
    odd = client.get("/search/", {"q": "kho", "unit": "x", "since": "2026-99-99", "kind": "account"})
    assert odd.status_code == 200


def test_the_page_tells_a_subject_once_by_what_was_written_first(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    build_chain(organisation, now)
    entry = write(organisation, now, "Cháy xe bồn chở xăng")
    watch.strike_log_entry(actor=organisation.chief, now=now, entry=entry, reason="Không phải xe bồn")
    follow()
    page = client_of(organisation.chief).get("/search/", {"q": "bồn"}).content.decode()
    assert page.count(f'<a href="/watch/log/{entry}/">') == 1
    assert "Cháy xe <mark>bồn</mark> chở xăng" in page
    assert "and 1 more entry about it" in page


def test_the_palette_is_given_objects_once(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    build_chain(organisation, now)
    follow()
    results = client_of(organisation.chief).get("/search/suggest/", {"q": "cháy chợ"}).json()["results"]
    titles = {each["title"] for each in results}
    assert "Cháy chợ Đồng Xuân" in titles and any(title.startswith("#") for title in titles)
    assert len({each["url"] for each in results}) == len(results)
    assert client_of(organisation.hue_officer).get("/search/suggest/", {"q": "cháy chợ"}).json() == {"results": []}


def test_statements_do_not_grow_with_hits(
    organisation: Organisation, now: datetime, follow: Callable[[], None]
) -> None:
    client = client_of(organisation.chief)

    def statements() -> int:
        follow()
        client.get("/search/", {"q": "ngap"})
        with CaptureQueriesContext(connection) as taken:
            client.get("/search/", {"q": "ngap"})
        return len(taken)

    write(organisation, now, "Ngập phố")
    few = statements()
    for number in range(20):
        write(organisation, now, f"Ngập phố {number}")
    assert statements() == few


def test_the_follower_is_idempotent(organisation: Organisation, now: datetime, follow: Callable[[], None]) -> None:
    write(organisation, now, "Ngập phố")
    follow()
    before = list(SearchEntry.objects.values_list("position", "units", "text"))
    follow()
    assert list(SearchEntry.objects.values_list("position", "units", "text")) == before


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_keeps_the_text(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in marked(text, wanted(typed))) == text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_query(typed: str) -> None:
    asked = wanted(typed)
    if asked.groups:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsquery, %s::tsquery", [asked.query(exact=True), asked.query(exact=False)])
