"""My work: what waits for each post, and nothing of what others see."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.chain import build_chain, write
from tests.ground import Organisation, client_of
from thammuu.kernel import clock
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db


def incident(organisation: Organisation, title: str, **given: object) -> None:
    now = clock.now()
    watch.open_incident(
        actor=organisation.chief, now=now, at=now, title=title, unit=organisation.hanoi, **given  # type: ignore[arg-type]
    )  # fmt: skip


def test_it_is_the_first_page_after_signing_in(organisation: Organisation) -> None:
    assert Client().get("/").headers["Location"].startswith("/sign-in/")
    signed_in = Client().post("/sign-in/", {"username": "chief", "password": "chief"})
    assert signed_in.headers["Location"] == "/"


def test_what_waits_stands_there(organisation: Organisation) -> None:
    incident(organisation, "Tàu trật bánh")
    write(organisation, clock.now(), "Cần thêm hai xe cứu thương", kind="request")
    text = client_of(organisation.chief).get("/").content.decode()
    assert "Incidents without a decision" in text and "Tàu trật bánh" in text
    assert "Reports and requests without an incident" in text and "Cần thêm hai xe cứu thương" in text


def test_what_is_decided_or_another_units_does_not_wait(organisation: Organisation, now: datetime) -> None:
    build_chain(organisation, now)
    assert "Incidents without a decision" not in client_of(organisation.chief).get("/").content.decode()
    incident(organisation, "Tàu trật bánh")
    other = client_of(organisation.hue_officer).get("/").content.decode()
    assert "Nothing waits for you" in other and "Tàu trật bánh" not in other


def test_statements_do_not_grow_with_rows(organisation: Organisation) -> None:
    client = client_of(organisation.chief)

    def statements() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as taken:
            client.get("/")
        return len(taken)

    incident(organisation, "Cháy nhỏ")
    write(organisation, clock.now(), "Tin đầu")
    few = statements()
    for number in range(20):
        incident(organisation, f"Sự cố {number}")
        write(organisation, clock.now(), f"Tin {number}")
    assert statements() == few


def test_an_assignment_waits_for_the_post_whose_turn_it_is(organisation: Organisation, now: datetime) -> None:
    build_chain(organisation, now)
    waiting = client_of(organisation.chief).get("/").content.decode()
    assert "Dập lửa" in waiting and "Verify the evidence" in waiting
    assert "Assignments that wait for you" not in client_of(organisation.hue_officer).get("/").content.decode()
