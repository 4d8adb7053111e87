"""The journal's pages: for whoever may read it, with all that is recorded."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.chain import build_chain, write
from tests.ground import Organisation, client_of
from thammuu.desk import words
from thammuu.journal.models import Entry
from thammuu.journal.subjects import Relation, Subject

pytestmark = pytest.mark.django_db


def test_the_list_and_its_filters(organisation: Organisation, now: datetime) -> None:
    write(organisation, now, "Mất điện")
    client = client_of(organisation.chief)
    page = client.get("/journal/").content.decode()
    assert "Mất điện" in page and 'value="watch.log_entry_written"' in page
    assert '<optgroup label="Log entry">' in page and ">watch.log" not in page
    assert "Mất điện" in client.get("/journal/", {"kind": "watch.log_entry_written"}).content.decode()
    assert "Mất điện" not in client.get("/journal/", {"kind": "watch.incident_opened"}).content.decode()
    assert "Mất điện" not in client.get("/journal/", {"unit": str(organisation.hue)}).content.decode()
    assert "Mất điện" not in client.get("/journal/", {"until": "2020-01-01"}).content.decode()
    assert client.get("/journal/", {"before": "x", "unit": "y", "since": "z"}).status_code == 200


def test_every_kind_of_subject_and_relation_has_its_word() -> None:
    assert set(words.KINDS) == set(Subject)
    assert set(words.RELATIONS) == set(Relation)


def test_only_those_who_may(organisation: Organisation, now: datetime) -> None:
    entry = Entry.objects.get(subject_id=write(organisation, now, "Mất điện"))
    for reader in (organisation.hanoi_officer, organisation.duty, organisation.viewer):
        assert client_of(reader).get("/journal/").status_code == 403
        assert client_of(reader).get(f"/journal/{entry.id}/").status_code == 403


def test_an_entry_shows_its_columns_and_links(organisation: Organisation, now: datetime) -> None:
    chain = build_chain(organisation, now)
    entry = Entry.objects.get(subject_id=chain.incident, kind="watch.incident_opened")
    page = client_of(organisation.chief).get(f"/journal/{entry.id}/").content.decode()
    assert bytes(entry.body_digest).hex() in page and str(entry.id) in page
    assert "arises from" in page and "Cháy chợ Đồng Xuân" in page
    assert f"/thread/incident/{chain.incident}/" in page


def test_older_pages_follow_without_more_statements(organisation: Organisation, now: datetime) -> None:
    for number in range(60):
        write(organisation, now, f"Tin {number}")
    client = client_of(organisation.chief)
    client.get("/journal/")
    with CaptureQueriesContext(connection) as full:
        first = client.get("/journal/").content.decode()
    with CaptureQueriesContext(connection) as narrowed:
        client.get("/journal/", {"kind": "watch.log_entry_struck"})
    assert len(full) <= len(narrowed) + 1
    assert "Tin 59" in first and ">Tin 5<" not in first
    older = client.get("/journal/", {"before": Entry.objects.order_by("-sequence")[49].sequence}).content.decode()
    assert ">Tin 5<" in older and "Tin 59" not in older
