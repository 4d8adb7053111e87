"""Promise 5: every address × every post × own, superior, sibling and subordinate unit × method."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from tests.api.conftest import token_for
from tests.authority.api_cells import API_CELLS
from tests.authority.cells import CELLS
from tests.authority.declaring import EVERYONE, Cell
from tests.directives.documents.desk import Desk
from tests.directives.incoming.counter import Counter
from tests.directives.inspection.visit import Visit
from tests.directives.urging.push.ground import Browser
from tests.ground import Organisation
from tests.watch.orders.giving import addressee_of, give
from thammuu.desk.redaction.actions import propose_redaction
from thammuu.directives import actions as directives
from thammuu.directives.documents import actions as documents
from thammuu.directives.inspection.models import InspectionSheet
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.push import vapid
from thammuu.interop.actions import take_in_file
from thammuu.interop.models import Alert
from thammuu.journal.models import Entry
from thammuu.journal.sealer import seal_pending
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org.account import actions as account
from thammuu.org.account import totp
from thammuu.org.account.current import PROVED
from thammuu.org.account.models import ApiToken, Factor
from thammuu.org.account.oidc.provider import Provider
from thammuu.org.models import Account, Grant
from thammuu.org.planning import Change
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment
from thammuu.watch import actions as watch

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A1</identifier>
<sender>met@example.vn</sender>
<sent>2026-11-20T12:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info>
<category>Met</category><event>Mưa lớn</event><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Likely</certainty><area><areaDesc>Huế</areaDesc></area></info></alert>""".encode()
ALLOWED = (200, 201, 302, 400, 409, 422)
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
    declared = {cell.name for cell in CELLS} | {f"api:{cell.name}" for cell in API_CELLS}
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
    plan = org.draft_plan(
        actor=organisation.admin,
        now=now,
        title="units.csv",
        changes=[Change(1, "00008", date(2026, 1, 1), "commune", "Cửa Nam", parent="01")],
    )
    order = give(organisation, now)
    return (
        _directives(organisation, now)
        | _account(organisation, now)
        | _lent(organisation)
        | {
            "plan": plan,
            "opening": org.open_in_emergency(
                actor=author, now=clock.now(), named="46", hours=1, reason="cháy lan"
            ).answer,
            "hanoi_post": UUID(str(organisation.hanoi_officer.post)),
            "hanoi_grant": Grant.objects.get(post=organisation.hanoi_officer.post).id,
            "unit": organisation.hanoi,
            "file": intake.file.id,
            "alert": Alert.objects.get().id,
            "entry": watch.write_log_entry(text="mất điện", **common).answer,
            "incident": incident,
            "contact": watch.give_contact(actor=author, now=now, text="0912 345 678", incident=incident).answer,
            "closed_incident": closed,
            "order": order.id,
            "addressee": addressee_of(order).id,
            "drawing": drawing.answer,
            "redaction": _redaction(organisation, now),
            "journal_entry": Entry.objects.get(subject_id=incident).id,
        }
    )


def _redaction(organisation: Organisation, now: datetime) -> UUID:
    author = organisation.hanoi_officer
    entry = watch.write_log_entry(actor=author, now=now, at=now, unit=organisation.hanoi, text="bà Hoa gọi").answer
    connection.ensure_connection()
    seal_pending(connection.connection)
    return propose_redaction(
        actor=organisation.staff, now=now, subjects=[f"log_entry:{entry}"], reason_class="personal", reason="có tên"
    ).answer


def _lent(organisation: Organisation) -> dict[str, UUID]:
    """What Hà Nội's officer lends to the commune's, tomorrow: today it changes nobody's rights."""
    officer, post = organisation.hanoi_officer, UUID(str(organisation.hanoi_officer.post))
    receiver, now = UUID(str(organisation.commune_officer.post)), clock.now()
    days: dict[str, Any] = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=2)}
    grant = Grant.objects.get(post=post).id
    lent: dict[str, Any] = {"grant": grant, "post": receiver, "unit": organisation.hanoi, "reason": "Công tác"}
    org.name_substitutes(actor=officer, now=now, post=post, substitutes=[receiver])
    acting = org.announce_substitution(actor=officer, now=now, post=post, substitute=receiver, **days)
    return {
        "delegation": org.delegate_right(actor=officer, now=now, **lent, **days).answer,
        "substitution": acting.answer,
    }


def _account(organisation: Organisation, now: datetime) -> dict[str, UUID]:
    officer, secret = organisation.hanoi_officer, totp.new_secret()
    code = totp.code_at(secret, totp.step_of(now))
    account.add_app(actor=officer, now=now, secret=secret, code=code, name="Máy")
    begun = account.begin_session(actor=officer, now=now, key="khác", device="Firefox, Linux")
    token_for(officer)
    identity = account.link_identity(
        actor=officer, now=now, account=UUID(str(officer.account)), issuer="https://sso.example.vn", subject="1"
    )
    token = ApiToken.objects.get().id
    return {
        "token": token,
        "identity": identity,
        "factor": Factor.objects.get(kind="app").id,
        "session": begun,
        "account": UUID(str(officer.account)),
    }


def _directives(organisation: Organisation, now: datetime) -> dict[str, UUID]:
    orders = [
        directives.Order(lead_unit=organisation.hanoi, title=title, product="báo cáo", term_days=3)
        for title in ("Phân luồng", "Rà soát")
    ]
    decision = directives.take_decision(
        actor=organisation.chief,
        now=now,
        unit=organisation.ministry,
        title="Tăng cường",
        reason="đông người",
        orders=orders,
    )
    first, second = Assignment.objects.filter(decision_id=decision).order_by("id").values_list("id", flat=True)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    directives.acknowledge_assignment(actor=organisation.hanoi_officer, now=now, assignment=second)
    evidence = directives.hand_in_evidence(
        actor=organisation.hanoi_officer,
        now=now,
        assignment=second,
        text="đã xong",
        files=[take_in(SimpleUploadedFile("a.jpg", picture.getvalue()))],
    )
    asked: dict[str, Any] = {"actor": organisation.hanoi_officer, "now": now, "assignment": second}
    deadline = Assignment.objects.get(id=second).deadline + timedelta(days=400)
    visit = Visit(organisation, now)
    checklist = visit.checklist()
    inspection = visit.under_way(checklist, inspected_units=(organisation.hanoi,))
    visit.fill(inspection)
    finding = visit.find(inspection)
    visit.report(inspection)
    desk, counter = Desk(organisation, now), Counter(organisation, now)
    incoming = counter.register()
    counter.pass_on(incoming)
    draft = desk.draft()
    return {
        "guidance": directives.ask_guidance(question="chặn cả xe buýt?", **asked),
        "extension_request": directives.request_extension(deadline=deadline, reason="mưa", **asked),
        "document": draft,
        "template": documents.keep_template(actor=organisation.staff, now=now, document=draft, name="Mẫu"),
        "section": desk.sections(draft)[0].id,
        "issued": desk.issued().id,
        "decision": decision,
        "checklist": checklist,
        "inspection": inspection,
        "sheet": InspectionSheet.objects.get(inspection=inspection, unit=organisation.hanoi).id,
        "finding": finding,
        "incoming": incoming,
        "measure": counter.link(incoming, 1, (Subject.DECISION, decision)),
        "assignment": first,
        "browser": urging_browser(organisation.hanoi_officer, now),
        "policy": urging.draw_up_policy(actor=organisation.chief, now=now, unit=organisation.ministry),
        "evidence": evidence,
        "attachment": Attachment.objects.get().id,
    }


def urging_browser(officer: Actor, now: datetime) -> UUID:
    """A browser that an officer set up while its push service was allowed."""
    with TemporaryDirectory() as home:
        vapid.make_key(Path(home))
        out = Outgoing(push_hosts=("push.example.net",), push_key=Path(home) / vapid.KEY)
        given = Browser("https://push.example.net/a").gives()
        return urging.set_up_browser(actor=officer, now=now, name="Máy trực", given=given, carriers=carriers_of(out))


def _address(cell: Cell, made: dict[str, UUID]) -> str:
    if cell.name == "ui:style-map":
        return reverse(cell.name, args=["incidents"])
    if not cell.made:
        return reverse(cell.name, args=cell.before)
    try:
        return reverse(cell.name, args=[*cell.before, made[cell.made], *cell.after])
    except NoReverseMatch:
        return reverse(cell.name)


def _client(organisation: Organisation, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=getattr(organisation, who).account))
    session = client.session
    session[PROVED] = clock.now().isoformat()
    session.save()
    return client


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_each_post_sees_and_does_exactly_what_is_declared(
    organisation: Organisation, made: dict[str, UUID], who: str, settings: Any
) -> None:
    settings.OIDC_PROVIDERS = (Provider("sso", "SSO", "https://sso.example.vn", "thammuu"),)
    client = _client(organisation, who)
    found = {}
    for cell in CELLS:
        if not cell.public:
            with transaction.atomic():
                status = getattr(client, cell.method)(_address(cell, made), cell.data).status_code
                transaction.set_rollback(True)
            found[f"{cell.method} {cell.name}"] = _verdict(status)
    declared = {f"{cell.method} {cell.name}": _declared(cell, who) for cell in CELLS if not cell.public}
    assert found == declared


def _verdict(status: int) -> str:
    """Return what a status means; a conflict or a faulty form is an answer to someone who may."""
    return {404: "missing", 403: "refused"}.get(status, "allowed" if status in ALLOWED else f"status {status}")


def _declared(cell: Cell, who: str) -> str:
    if who not in cell.sees:
        return "missing"
    return "allowed" if who in cell.does else "refused"


def test_nobody_gets_past_sign_in(made: dict[str, UUID]) -> None:
    for cell in CELLS:
        answer = getattr(Client(), cell.method)(_address(cell, made), cell.data)
        if cell.public:
            # A provider of identities that no settings name does not exist.
            assert answer.status_code in ALLOWED if not cell.before else answer.status_code == 404
        else:
            assert (answer.status_code, answer["Location"][:9]) == (302, "/sign-in/"), cell.name


def test_what_no_cell_declares_is_not_answered(organisation: Organisation, made: dict[str, UUID]) -> None:
    """Every other method is refused as such, before anything is read or written."""
    declared = {(cell.name, cell.method) for cell in CELLS}
    client = _client(organisation, "chief")
    found = {}
    for cell in CELLS:
        for method in ("get", "post", "put", "patch", "delete"):
            if (cell.name, method) not in declared:
                with transaction.atomic():
                    found[f"{method} {cell.name}"] = getattr(client, method)(_address(cell, made)).status_code
                    transaction.set_rollback(True)
    assert {name: status for name, status in found.items() if status != 405} == {}


def test_an_id_that_is_none_of_ours_is_missing(organisation: Organisation) -> None:
    client = _client(organisation, "chief")
    for cell in CELLS:
        if cell.made:
            address = reverse(cell.name, args=[*cell.before, new_id(), *cell.after])
            assert getattr(client, cell.method)(address, cell.data).status_code == 404, cell.name
