"""The fold equals the tables after every action of every package; an action or a fact that is not tried here fails.

Each room has its actions in a file of `acts`.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ground import Organisation
from tests.promises.acts import (
    accounts,
    alerts,
    directives,
    documents,
    incoming,
    inspections,
    installation,
    orders,
    redactions,
    signing,
    units,
    urging,
    watch_floor,
)
from tests.promises.acts.replay import Replay
from thammuu.journal import fold
from thammuu.journal.facts import registered
from thammuu.journal.models import Entry
from thammuu.org.models import Unit


@pytest.mark.django_db
def test_the_fold_equals_the_tables_after_every_action(
    organisation: Organisation, now: datetime, settings: Any, tmp_path: Path, seal: Callable[[], int]
) -> None:
    settings.HOME = tmp_path
    does = Replay(now)
    units.act(does, organisation)
    accounts.act(does, organisation)
    watch_floor.act(does, organisation)
    orders.act(does, organisation)
    directives.act(does, organisation)
    documents.act(does, organisation)
    inspections.act(does, organisation)
    incoming.act(does, organisation)
    signing.act(does, organisation, settings, tmp_path)
    urging.act(does, organisation)
    alerts.act(does, organisation)
    installation.act(does, organisation)
    redactions.act(does, organisation, seal)
    assert list(fold.differences()) == []
    assert set(does.names.values()) - does.tried == set(), "actions that are not tried"
    recorded = set(Entry.objects.values_list("kind", flat=True))
    assert {kind for kind, _fact in registered()} - recorded == set(), "facts that no action told"


@pytest.mark.django_db
def test_an_action_that_writes_what_no_fact_tells_is_found(organisation: Organisation, now: datetime) -> None:
    does = Replay(now)

    def rename(now: datetime) -> None:
        Unit.objects.filter(id=organisation.hue).update(code="renamed")

    does.names[rename] = "rename"
    with pytest.raises(AssertionError, match="rename"):
        does(rename)
