"""Ground for every test: a real PostgreSQL, a small organisation, and the check that the fold equals the tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import AppConfig, apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from pytest_django import DjangoDbBlocker

from thammuu.journal import fold, sealer, waking
from thammuu.kernel import clock
from thammuu.kernel.actor import HIGHEST, Actor
from thammuu.org import actions, authority
from thammuu.org.account.current import PROVED
from thammuu.org.models import Account
from thammuu.org.rules import UP_TO_EVERY_LEVEL, Role

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


def client_of(actor: Actor) -> Client:
    """Return the browser of an officer who has signed in."""
    client = Client()
    client.force_login(Account.objects.get(id=str(actor.account)))
    return client


def proved(actor: Actor, age: timedelta = timedelta()) -> Client:
    """Return the browser of an officer who proved so long ago who he is, as approvals ask for."""
    client = client_of(actor)
    session = client.session
    session[PROVED] = (clock.now() - age).isoformat()
    session.save()
    return client


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put back what migrations put there after each flush, so that tests need no order; close what listens."""
    with django_db_blocker.unblock():
        # Content types and permissions come back by themselves.
        models = [model for model in apps.get_models() if model._meta.app_label not in {"auth", "contenttypes"}]
        migrated = [row for model in models for row in model._default_manager.all()]

    def put_back(sender: AppConfig, **_said: object) -> None:
        for row in migrated:
            if row._meta.app_label == sender.label:
                type(row)._default_manager.bulk_create([row], ignore_conflicts=True)

    post_migrate.connect(put_back)
    yield
    post_migrate.disconnect(put_back)
    waking.close()


@pytest.fixture(autouse=True)
def _forget_what_is_held(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read each test's actors anew, and once: how slow the machine is has no part in how often they are read."""
    monkeypatch.setattr(authority, "KEEP_SECONDS", 3600.0)
    authority.forget()
    yield
    authority.forget()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def fold_equals_tables(db: None) -> Iterator[None]:
    """After the test, every row of every registered table is what the facts tell."""
    yield
    assert list(fold.differences()) == []


@pytest.fixture
def seal(db: None) -> Callable[[], int]:
    """Seal what was recorded so far, on the test's own connection."""

    def run() -> int:
        connection.ensure_connection()
        return sealer.seal_pending(connection.connection)

    return run


@dataclass(frozen=True)
class Organisation:
    """A ministry with two provinces, one of which has a commune; an officer in each post. Passwords equal names."""

    ministry: UUID
    hanoi: UUID
    hue: UUID
    commune: UUID
    chief: Actor
    staff: Actor
    duty: Actor
    admin: Actor
    hanoi_officer: Actor
    hue_officer: Actor
    commune_officer: Actor
    viewer: Actor


def build_organisation() -> Organisation:
    started = date(2025, 7, 1)
    system = authority.SYSTEM

    def unit(code: str, level: str, name: str, parent: UUID | None) -> UUID:
        return actions.create_unit(
            actor=system, now=NOW, code=code, level=level, name=name, parent=parent, starts_on=started
        )

    ministry = unit("B", "ministry", "Văn phòng Bộ", None)
    hanoi = unit("01", "province", "Hà Nội", ministry)
    hue = unit("46", "province", "Huế", ministry)
    commune = unit("00004", "commune", "Ba Đình", hanoi)

    def officer(name: str, title: str, home: UUID, role: Role) -> UUID:
        post = actions.create_post(actor=system, now=NOW, unit=home, title=title)
        account = actions.create_account(
            actor=system, now=NOW, sign_in_name=name, password=name, unit=home, language="en"
        )
        actions.take_post(actor=system, now=NOW, account=account, post=post, starts_on=started)
        actions.grant_role(
            actor=system, now=NOW, post=post, role=role, unit=home, starts_at=clock.start_of(started),
            reason="Bổ nhiệm", classification=HIGHEST if role in UP_TO_EVERY_LEVEL else 0,
        )  # fmt: skip
        return account

    accounts = {
        "chief": officer("chief", "Chánh Văn phòng", ministry, Role.CHIEF),
        "staff": officer("staff", "Cán bộ tham mưu", ministry, Role.STAFF_OFFICER),
        "duty": officer("duty", "Trực ban", ministry, Role.DUTY_OFFICER),
        "admin": officer("admin", "Quản trị", ministry, Role.ADMINISTRATOR),
        "hanoi_officer": officer("hanoi", "Trực ban", hanoi, Role.UNIT_OFFICER),
        "hue_officer": officer("hue", "Trực ban", hue, Role.UNIT_OFFICER),
        "commune_officer": officer("commune", "Trực ban", commune, Role.UNIT_OFFICER),
        "viewer": officer("viewer", "Theo dõi", ministry, Role.VIEWER),
    }
    # Only now: each grant makes whatever was read of the units stale.
    actors = {name: _actor(account) for name, account in accounts.items()}
    return Organisation(ministry=ministry, hanoi=hanoi, hue=hue, commune=commune, **actors)


def _actor(account: UUID) -> Actor:
    actor = authority.actor_of(account)
    assert actor is not None
    return actor


@pytest.fixture
def organisation(db: None, settings: object) -> Organisation:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    return build_organisation()
