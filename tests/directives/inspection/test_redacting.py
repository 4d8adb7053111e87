from collections.abc import Callable

import pytest

from tests.directives.inspection.visit import Visit
from thammuu.desk.redaction import actions as redaction
from thammuu.desk.redaction.copies import copies_of
from thammuu.directives.inspection.models import Checklist, InspectionSheet
from thammuu.journal.subjects import Subject
from thammuu.org import authority

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_checklists_are_redacted_with_the_sheets_made_from_them(visit: Visit, seal: Callable[[], int]) -> None:
    o = visit.organisation
    checklists = [visit.checklist(name) for name in ("Trực ban", "Kho")]
    inspection = visit.plan(checklists[0])
    sheets = set(InspectionSheet.objects.values_list("id", flat=True))
    assert getattr(copies_of((Subject.CHECKLIST, checklists[0])), "told", ())
    seal()
    for checklist in checklists:
        subjects = [f"checklist:{checklist}", *(f"inspection_sheet:{id}" for id in sheets)]
        proposed = redaction.propose_redaction(
            actor=o.staff, now=visit.now, subjects=subjects[: 1 if checklist == checklists[1] else None],
            reason_class="personal", reason="Không nên có ở đây",
        ).answer  # fmt: skip
        redaction.confirm_redaction(actor=o.chief, now=visit.now, redaction=proposed)
        seal()
        assert redaction.carry_out_redaction(actor=authority.SYSTEM, now=visit.now, redaction=proposed)
    assert set(Checklist.objects.values_list("name", flat=True)) == {""}
    assert all(sheet.items == [] for sheet in InspectionSheet.objects.filter(inspection=inspection))
