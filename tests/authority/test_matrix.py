"""Promise 5: every address × every post × own, superior, sibling and subordinate unit × method."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.authority.cells import CELLS, EVERYONE, Cell
from tests.ground import Organisation
from thammuu.interop.actions import take_in_file
from thammuu.interop.models import Alert
from thammuu.kernel.ids import new_id
from thammuu.org.models import Account
from thammuu.watch import actions as watch

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A1</identifier>
<sender>met@example.vn</sender>
<sent>2026-11-20T12:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info>
<category>Met</category><event>Mưa lớn</event><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Likely</certainty><area><areaDesc>Huế</areaDesc></area></info></alert>""".encode()
pytestmark = pytest.mark.django_db


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            below = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, below)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_declared() -> None:
    served = set(_names(get_resolver()))
    declared = {cell.name for cell in CELLS}
    assert served - declared == set(), "addresses without a declared cell"
    assert declared - served == set(), "cells without an address"


@pytest.fixture
def made(organisation: Organisation, now: datetime) -> dict[str, UUID]:
    """One object of each kind, of Hà Nội."""
    author = organisation.hanoi_officer
    common: dict[str, Any] = {"actor": author, "now": now, "at": now, "unit": organisation.hanoi}
    incident = watch.open_incident(title="Cháy chợ", **common).answer
    closed = watch.open_incident(title="Tắc đường", **common).answer
    watch.close_incident(actor=organisation.duty, now=now, incident=closed, outcome="xong")
    drawing = watch.make_drawing(
        actor=organisation.chief,
        now=now,
        name="Sân",
        kind="site",
        geometry={"type": "Point", "coordinates": [105.8, 21.0]},
        unit=organisation.hanoi,
    )
    intake = take_in_file(
        actor=organisation.duty, now=now, content=ALERT, name="a.cap", source="upload", unit=organisation.ministry
    )
    return {
        "file": intake.file.id,
        "alert": Alert.objects.get().id,
        "entry": watch.write_log_entry(text="mất điện", **common).answer,
        "incident": incident,
        "closed_incident": closed,
        "drawing": drawing.answer,
    }


def _address(cell: Cell, made: dict[str, UUID]) -> str:
    if cell.name == "ui:style-map":
        return reverse(cell.name, args=["incidents"])
    if not cell.made:
        return reverse(cell.name)
    try:
        return reverse(cell.name, args=[made[cell.made]])
    except NoReverseMatch:
        return reverse(cell.name)


def _client(organisation: Organisation, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=getattr(organisation, who).account))
    return client


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.method}-{cell.name}")
def test_each_post_sees_and_does_exactly_what_is_declared(
    organisation: Organisation, made: dict[str, UUID], cell: Cell
) -> None:
    address = _address(cell, made)
    answer = getattr(Client(), cell.method)(address, cell.data)
    if cell.public:
        assert answer.status_code in (200, 302, 400)
        return
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
    for who in sorted(EVERYONE):
        client = _client(organisation, who)
        with transaction.atomic():
            status = getattr(client, cell.method)(address, cell.data).status_code
            transaction.set_rollback(True)
        if who not in cell.sees:
            assert status == 404, who
        elif who not in cell.does:
            assert status == 403, who
        else:
            assert status in (200, 201, 302, 400, 422), (who, status)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.made], ids=lambda cell: f"{cell.method}-{cell.name}")
def test_an_id_that_is_none_of_ours_is_missing(organisation: Organisation, cell: Cell) -> None:
    address = reverse(cell.name, args=[new_id()])
    assert getattr(_client(organisation, "chief"), cell.method)(address, cell.data).status_code == 404
