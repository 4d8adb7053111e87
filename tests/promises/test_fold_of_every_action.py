"""The fold equals the tables after every action of every package; an action or a fact that is not tried here fails."""

import inspect
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.desk.redaction.ground import KEY
from tests.directives.thread import Thread
from tests.ground import Organisation
from tests.interop.messages import message
from tests.journal.proofs.ground import driver
from tests.paper.files import photo, upload
from thammuu.config import actions as installation
from thammuu.desk.redaction import actions as redaction
from thammuu.desk.redaction.copies import copies_of
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment, Evidence
from thammuu.interop import actions as interop
from thammuu.interop.models import Alert
from thammuu.journal import feed, fold
from thammuu.journal.facts import rebuild, registered
from thammuu.journal.models import Entry
from thammuu.journal.redaction.listing import read_list, write_list
from thammuu.journal.redaction.registry import redactable_subjects
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.account import actions as account
from thammuu.org.account import totp
from thammuu.org.account.models import ApiToken, Factor, SignInIdentity
from thammuu.org.account.rules import FAILURES, SPRAY_NAMES, Kind
from thammuu.org.models import Grant, Holding, UnitPlan
from thammuu.org.planning import Change, digest_of, judge
from thammuu.org.queries import changes_of, ground_for
from thammuu.org.rules import Role
from thammuu.paper import actions as paper
from thammuu.paper.intake import take_in
from thammuu.watch import actions as watch
from thammuu.watch.models import LogEntry

SOURCE = Path(__file__).parents[2] / "src" / "thammuu"
SQUARE = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 21]]]}


def every_action() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every action that a package offers: what takes an actor, in `actions.py` or among what `actions/` hands out."""
    modules = ("*/actions.py", "*/actions/__init__.py", "*/*/actions/__init__.py")
    for path in sorted(found for pattern in modules for found in SOURCE.glob(pattern)):
        parts = path.relative_to(SOURCE).parts
        package = ".".join(parts[: -2 if path.stem == "__init__" else -1])
        module = import_module(f"thammuu.{package}.actions")
        own = getattr(module, "__all__", None) or [
            name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__
        ]
        for name in own:
            value = getattr(module, name)
            if (
                not name.startswith("_")
                and inspect.isfunction(value)
                and "actor" in inspect.signature(value).parameters
            ):
                yield f"{package}.{name}", value


class Replay:
    """Does an action, and compares the fold with the tables after it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.names = {value: name for name, value in every_action()}
        self.tried: set[str] = set()

    def __call__(self, action: Callable[..., Any], **said: Any) -> Any:
        name = self.names[action]
        self.now += timedelta(minutes=1)
        answer = action(now=self.now, **said)
        assert list(fold.differences()) == [], name
        self.tried.add(name)
        return answer


@pytest.mark.django_db
def test_the_fold_equals_the_tables_after_every_action(
    organisation: Organisation, now: datetime, settings: Any, tmp_path: Path, seal: Callable[[], int]
) -> None:
    settings.HOME = tmp_path
    does = Replay(now)
    _organisation(does, organisation)
    _accounts(does, organisation)
    _watch_floor(does, organisation)
    _directives(does, organisation)
    _alerts(does, organisation)
    _installation(does, organisation)
    _redactions(does, organisation, seal)
    assert set(does.names.values()) - does.tried == set(), "actions that are not tried"
    recorded = set(Entry.objects.values_list("kind", flat=True))
    assert {kind for kind, _fact in registered()} - recorded == set(), "facts that no action told"


def _redactions(does: Replay, organisation: Organisation, seal: Callable[[], int]) -> None:
    """One is withdrawn, one refused; then everything that can be redacted is."""
    staff, chief = organisation.staff, organisation.chief

    def propose(subject: str) -> UUID:
        common = {"subjects": [subject], "reason_class": "personal", "reason": "Không nên có ở đây"}
        return does(redaction.propose_redaction, actor=staff, **common).answer

    seal()
    entry = f"log_entry:{LogEntry.objects.first().id}"  # type: ignore[union-attr]
    does(redaction.withdraw_redaction, actor=staff, redaction=propose(entry), reason="nhầm")
    does(redaction.refuse_redaction, actor=chief, redaction=propose(entry), reason="không cần")
    again = propose(entry)
    lost = transaction.savepoint()
    redaction.confirm_redaction(actor=chief, now=does.now, redaction=again)
    seal()
    (told,) = read_list(write_list(driver(), KEY), KEY.verifier).redactions
    transaction.savepoint_rollback(lost)
    does(redaction.reapply_redaction, actor=authority.SYSTEM, told=told)
    seal()
    assert does(redaction.carry_out_redaction, actor=authority.SYSTEM, redaction=again)
    for subject in redactable_subjects():
        ids = fold.tables()[subject].model._default_manager.values_list("pk", flat=True)
        speaking = [id for id in ids if getattr(copies_of((subject, id)), "told", ())]
        assert speaking, subject
        for id in speaking:
            agreed = propose(f"{subject}:{id}")
            does(redaction.confirm_redaction, actor=chief, redaction=agreed)
            seal()
            assert does(redaction.carry_out_redaction, actor=authority.SYSTEM, redaction=agreed)
            for told in feed.of_subjects([id]):
                assert told.body is not None
                rebuild(told.kind, told.version, told.subject_id, told.body).say("vi")


def _installation(does: Replay, organisation: Organisation) -> None:
    told = {
        "entries": 7, "root": "ab" * 32, "attachments": 1, "sound": True, "published": None, "lost": 0,
        "redactions_unknown": False,
    }  # fmt: skip
    common = {"actor": authority.SYSTEM, "units": [organisation.hanoi], "backup": "20260101T000000Z", "told": told}
    does(installation.hold_drill, begun_at=does.now, **common)
    does(installation.open_epoch, signer=None, **common)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('q', 'a', 'failed') RETURNING id"
        )
        (job,) = cursor.fetchone() or (0,)
    does(installation.retry_job, actor=organisation.admin, job=job)


def _organisation(does: Replay, organisation: Organisation) -> None:
    admin, day = organisation.admin, date(2026, 1, 1)
    unit = does(
        org.create_unit, actor=admin, code="00008", level="commune", name="Cửa Nam", parent=organisation.hanoi,
        starts_on=day,
    )  # fmt: skip
    does(
        org.rename_unit, actor=admin, unit=unit, name="Cửa Nam mới", parent=organisation.hue,
        starts_on=date(2026, 6, 1),
    )  # fmt: skip
    _reorganisation(does, admin)
    post = does(org.create_post, actor=admin, unit=unit, title="Trực ban")
    account = does(
        org.create_account, actor=admin, sign_in_name="cuanam", password="cuanam-123", unit=unit, language="vi"
    )  # fmt: skip
    does(org.take_post, actor=admin, account=account, post=post, starts_on=day)
    does(org.grant_role, actor=admin, post=post, role=Role.UNIT_OFFICER, unit=unit, reason="Nhận nhiệm vụ")
    grant, holding = Grant.objects.get(post_id=post), Holding.objects.get(post_id=post)
    does(org.withdraw_role, actor=admin, grant=grant.id, reason="Thôi trực")
    named = {"named": "46", "hours": 2, "reason": "Cháy lan"}
    opening = does(org.open_in_emergency, actor=organisation.hanoi_officer, **named).answer
    does(org.review_opening, actor=organisation.chief, opening=opening, review="Cần thiết")
    does(org.end_opening, actor=organisation.hanoi_officer, opening=opening)
    _lending(does, organisation)
    does(org.leave_post, actor=admin, holding=holding.id, ends_on=date(2026, 12, 1))
    does(
        org.announce_event, actor=organisation.admin, units=[organisation.ministry], code="DH", name="Đại hội",
        starts_on=day, ends_on=day,
    )  # fmt: skip


def _lending(does: Replay, organisation: Organisation) -> None:
    chief, staff, until = organisation.chief, organisation.staff, does.now + timedelta(days=1)
    held = Grant.objects.get(post_id=chief.post)
    lent = {"grant": held.id, "post": staff.post, "unit": organisation.hue, "ends_at": until, "reason": "Công tác"}
    delegation = does(org.delegate_right, actor=chief, **lent).answer
    does(org.end_delegation, actor=chief, delegation=delegation, reason="Đã về")
    does(org.name_substitutes, actor=chief, post=chief.post, substitutes=[staff.post])
    acts = {"post": chief.post, "substitute": staff.post, "ends_at": until}
    substitution = does(org.announce_substitution, actor=organisation.admin, **acts).answer
    does(org.end_substitution, actor=staff, substitution=substitution)


def _accounts(does: Replay, organisation: Organisation) -> None:
    duty, system = organisation.duty, authority.SYSTEM
    tried = [("duty", "")] * FAILURES + [(f"không có {number}", "192.0.2.7") for number in range(SPRAY_NAMES)]
    at = does.now
    for name, address in tried:
        does.now = at
        attempt = does(account.begin_attempt, actor=system, name=name, address=address)
        does(account.fail_attempt, actor=system, attempt=attempt)
    attempt = does(account.begin_attempt, actor=system, name="viewer", address="")
    does(account.withdraw_attempt, actor=system, attempt=attempt)
    first, second, third = (
        does(account.begin_session, actor=duty, key=f"key {number}", device="Firefox, Linux") for number in range(3)
    )
    does(account.note_seen, actor=duty, session=first)
    does(account.end_other_session, actor=duty, session=third)
    secret = totp.new_secret()
    codes = does(account.add_app, actor=duty, secret=secret, name="Máy", code=_code(secret, does.now, 1))
    assert does(account.spend_code, actor=duty, given=_code(secret, does.now, 1))
    assert does(account.spend_code, actor=duty, given=codes[0])
    does(account.add_passkey, actor=duty, credential="khóa", public=b"x", counter=1, name="Khóa")
    assert does(account.spend_passkey, actor=duty, credential="khóa", counter=2)
    does(account.make_codes, actor=duty)
    does(account.remove_factor, actor=duty, factor=Factor.objects.get(kind=Kind.PASSKEY).id)
    does(account.change_password, actor=duty, password="một hai ba bốn", keep=second)
    does(account.end_other_sessions, actor=duty, keep=None)
    does(account.begin_session, actor=duty, key="key 4", device="")
    does(account.sign_out, actor=duty, session=None)
    issuer = "https://sso.example.vn"
    for actor, subject in ((duty, "1"), (organisation.hanoi_officer, "2")):
        does(account.link_identity, actor=actor, account=actor.account, issuer=issuer, subject=subject)
    does(account.unlink_identity, actor=duty, identity=SignInIdentity.objects.get(subject="1").id)
    ends = does.now + timedelta(days=30)
    for actor in (duty, organisation.hanoi_officer):
        does(account.make_token, actor=actor, purpose="Tổng đài", scopes=["log:write"], unit=None, ends_at=ends)
    token = ApiToken.objects.get(account_id=duty.account).id
    does(account.note_use, actor=duty, token=token, uses=3, day=does.now.date())
    does(account.revoke_token, actor=duty, token=token, reason="đổi máy")
    does(
        org.create_unit, actor=organisation.admin, code="00009", level="commune", name="Phú Xuân",
        parent=organisation.hanoi, starts_on=date(2026, 1, 1),
    )  # fmt: skip
    does(
        account.open_accounts, actor=organisation.admin, superior=organisation.hanoi, title="Trực ban",
        role=Role.UNIT_OFFICER,
    )  # fmt: skip
    does(account.reset_account, actor=organisation.admin, account=organisation.hanoi_officer.account, reason="mất máy")


def _code(secret: str, at: datetime, minutes: int) -> str:
    """What an app shows so many minutes later, when the action is done."""
    return totp.code_at(secret, totp.step_of(at + timedelta(minutes=minutes)))


def _reorganisation(does: Replay, admin: Actor) -> None:
    merger, reopening = date(2026, 7, 1), date(2026, 9, 1)
    does(
        org.reorganise, actor=admin,
        changes=[
            Change(1, "02", merger, "province", "Tỉnh mới", parent="B"),
            Change(2, "46", merger, closes=True, successors=("02",)),
        ],
    )  # fmt: skip
    does(org.reorganise, actor=admin, changes=[Change(1, "46", reopening, name="Huế", parent="B")])
    plans = [
        does(org.draft_plan, actor=admin, title=name, changes=[Change(1, "02", reopening, name=name, parent="B")])
        for name in ("Tỉnh hai", "Tỉnh ba")
    ]
    does(org.drop_plan, actor=admin, plan=plans[0])
    rehearsed = judge(changes_of(UnitPlan.objects.get(id=plans[1])), ground_for(admin))
    does(org.confirm_plan, actor=admin, plan=plans[1], seen=digest_of(rehearsed))


def _watch_floor(does: Replay, organisation: Organisation) -> None:
    duty, common = organisation.duty, {"actor": organisation.duty, "at": does.now, "unit": organisation.hanoi}
    incident = does(watch.open_incident, **common, title="Cháy kho").answer
    entry = does(
        watch.write_log_entry, **common, text="Có khói", files=[take_in(upload(photo(), "anh.jpg"))]
    ).answer  # fmt: skip
    does(watch.attach_log_entry, actor=duty, entry=entry, incident=incident)
    does(watch.share_incident, actor=duty, incident=incident, units=[organisation.hue])
    does(watch.strike_log_entry, actor=duty, entry=entry, reason="nhầm")
    does(watch.change_severity, actor=duty, incident=incident, severity="critical")
    does(watch.change_status, actor=duty, incident=incident, status="contained", reason="đã vây")
    does(watch.record_place, actor=duty, incident=incident, place_text="Cổng 1", lat=21.0, lon=105.8)
    contact = does(watch.give_contact, actor=duty, text="0912 345 678", incident=incident).answer
    does(watch.show_contact, actor=duty, contact=contact)
    does(watch.close_incident, actor=duty, incident=incident, outcome="Xong")
    does(watch.redact_due_contacts, actor=authority.SYSTEM, units=[organisation.ministry], days=0)
    does(watch.close_incident, actor=organisation.chief, incident=incident, outcome="Một người bị thương")
    does(watch.reopen_incident, actor=duty, incident=incident, reason="Bùng lại")
    drawing = does(
        watch.make_drawing, actor=duty, name="Sân", kind="site", geometry=SQUARE, unit=organisation.hanoi
    ).answer  # fmt: skip
    does(watch.remove_drawing, actor=duty, drawing=drawing)
    feature = {"type": "Feature", "properties": {"code": "01", "name": "Hà Nội"}, "geometry": SQUARE}
    boundaries = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    does(watch.import_boundaries, actor=organisation.chief, content=boundaries, level="province")
    picture = take_in(upload(photo(), "anh.jpg"))
    does(paper.store_attachment, actor=duty, file=picture, units=[organisation.hanoi])


def _directives(does: Replay, organisation: Organisation) -> None:
    chief, officer = organisation.chief, organisation.hanoi_officer
    thread = Thread(organisation, does.now)
    decision = does(
        directives.take_decision, actor=chief, unit=organisation.ministry, title="Tăng cường", reason="đông người",
        orders=[thread.order(), thread.order(title="Rà soát")],
    )  # fmt: skip
    does(
        directives.issue_assignments, actor=chief, decision=decision,
        orders=[thread.order(lead_unit=organisation.hue, title="Cứu thương")],
    )  # fmt: skip
    first, second = Assignment.objects.filter(decision=decision, lead_unit=organisation.hanoi).order_by("id")
    does(directives.acknowledge_assignment, actor=officer, assignment=first.id)
    does(directives.report_progress, actor=officer, assignment=first.id, percent=40, note="đang làm")
    does(
        directives.extend_deadline, actor=chief, assignment=first.id, deadline=first.deadline + timedelta(days=3),
        reason="mưa",
    )  # fmt: skip
    for text, verdict in (("Chưa đủ", directives.return_evidence), ("Đã đủ", directives.verify_evidence)):
        does(directives.hand_in_evidence, actor=officer, assignment=first.id, text=text)
        evidence = Evidence.objects.get(assignment=first.id, state="submitted")
        reason = {"reason": "thiếu ảnh"} if verdict is directives.return_evidence else {}
        does(verdict, actor=chief, evidence=evidence.id, **reason)
    does(directives.close_assignment, actor=chief, assignment=first.id)
    does(directives.withdraw_assignment, actor=chief, assignment=second.id, reason="không cần nữa")


def _alerts(does: Replay, organisation: Organisation) -> None:
    duty, unit = organisation.duty, organisation.ministry

    def arrives(identifier: str, **said: str) -> Alert:
        content = message(identifier=identifier, **said).encode()
        does(interop.take_in_file, actor=duty, content=content, name="a.cap", source="upload", unit=unit)
        return Alert.objects.get(identifier=identifier)

    sender, sent = "kttv@example.vn", "2026-10-01T07:00:00+07:00"
    does(interop.accept_alert, actor=duty, alert=arrives("A").id)
    does(interop.dismiss_alert, actor=duty, alert=arrives("B").id, reason="đã biết")
    draft = arrives("C")
    does(interop.follow_incident, actor=duty, incident=draft.incident_id, taken_up=True, reason="")
    arrives("D")
    arrives("E", kind="Update", references=f"{sender},D,{sent}", sent="2026-10-01T08:00:00+07:00")
    arrives("F", kind="Cancel", references=f"{sender},A,{sent}", sent="2026-10-01T09:00:00+07:00")
