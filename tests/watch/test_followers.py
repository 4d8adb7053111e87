from collections.abc import Callable
from datetime import datetime

import pytest

from tests.ground import Organisation
from thammuu.directives import actions as directives
from thammuu.journal import followers
from thammuu.journal.subjects import Subject
from thammuu.watch import actions
from thammuu.watch.models import Incident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_the_units_of_an_assignment_see_the_incident_behind_it(
    organisation: Organisation, now: datetime, seal: Callable[[], int]
) -> None:
    incident = actions.open_incident(
        actor=organisation.duty, now=now, at=now, title="Ngập", unit=organisation.hue
    ).answer
    order = directives.Order(lead_unit=organisation.hanoi, title="Điều xuồng", product="báo cáo", term_days=1)
    directives.take_decision(
        actor=organisation.chief,
        now=now,
        unit=organisation.ministry,
        title="Tăng cường",
        reason="nước lên",
        arises_from=(Subject.INCIDENT, incident),
        orders=(order,),
    )
    assert organisation.hanoi not in Incident.objects.get(id=incident).units
    seal()
    followers.step()
    assert organisation.hanoi in Incident.objects.get(id=incident).units
    # Following again changes nothing.
    seal()
    followers.step()
    assert len(Incident.objects.get(id=incident).units) == len(set(Incident.objects.get(id=incident).units))
