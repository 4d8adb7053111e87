"""Templates: kept from a document, offered to who drafts for the unit, struck."""

from datetime import datetime

import pytest

from tests.directives.documents.desk import CLAUSES, Desk
from tests.ground import client_of
from thammuu.directives.documents import actions
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.models import Document, DocumentSection, DocumentTemplate
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def now() -> datetime:
    return clock.now()


def test_a_template_is_kept_used_and_struck_in_pages(desk: Desk) -> None:
    source = desk.draft(place="Hà Nội", signer="Chánh Văn phòng", signs_for="BỘ TRƯỞNG", capacity="TL.")
    staff = client_of(desk.organisation.staff)
    assert "No template yet" in staff.get("/documents/templates/").content.decode()
    assert "Keep as a template" in staff.get(f"/documents/{source}/").content.decode()
    kept = staff.post(f"/documents/{source}/template/", {"template-name": "Trực ban"})
    assert kept["Location"] == "/documents/templates/"
    template = DocumentTemplate.objects.get()
    assert [clause["kind"] for clause in template.clauses] == ["ground", "clause", "clause"]
    for address in ("/documents/templates/", "/documents/new/"):
        shown = staff.get(address).content.decode()
        assert f"?template={template.id}" in shown and "Trực ban" in shown
    begin = f"/documents/new/?template={template.id}"
    shown = staff.get(begin)
    assert shown.context["form"].initial["type"] == "CT"
    answer = staff.post(begin, {"type": "CT", "abstract": "Trực ban Tết", "classification": "0"})
    assert answer.status_code == 302
    made = Document.objects.exclude(id=source).get()
    assert (made.abstract, made.place, made.signer, made.capacity) == (
        "Trực ban Tết",
        "Hà Nội",
        "Chánh Văn phòng",
        "TL.",
    )
    assert (made.recipients, made.others, made.state) == ([], "", "draft")
    texts = {one.id: one.text for one in DocumentSection.objects.filter(document=made)}
    assert [texts[id] for id in made.order] == ["Căn cứ Kế hoạch năm", "Tăng cường tuần tra", "Báo cáo kết quả"]
    again = staff.post(f"/documents/{source}/template/", {"template-name": "Trực ban"})
    assert again.status_code == 422
    assert "There is a template of this name and type already." in again.content.decode()
    assert staff.post(f"/documents/templates/{template.id}/striking/")["Location"] == "/documents/templates/"
    assert "No template yet" in staff.get("/documents/templates/").content.decode()
    assert staff.get(begin).status_code == 404
    assert staff.post(f"/documents/{source}/template/", {"template-name": "Trực ban"}).status_code == 302


def test_what_was_issued_can_be_kept_and_what_is_classified_or_without_a_text_cannot(desk: Desk) -> None:
    given = {"actor": desk.organisation.chief, "now": desk.now}
    issued = desk.issued()
    sending = Submission(new_id(), b"3" * 32)
    kept = actions.keep_template(document=issued.id, name="Mẫu", submission=sending, **given)
    assert actions.keep_template(document=issued.id, name="Mẫu", submission=sending, **given) == kept
    secret = actions.draft_document(
        unit=desk.organisation.ministry, description=Description(type="CT", abstract="Mật"), clauses=CLAUSES,
        classification=1, **given,
    )  # fmt: skip
    bare = actions.import_issued(
        unit=desk.organisation.ministry, entries=[actions.Issued("BC", 1, "01/BC-VPB", clock.day_of(desk.now), "Cũ")],
        **given,
    )  # fmt: skip
    for document, name in ((secret, "Mật"), (bare, "Trống"), (issued.id, " "), (issued.id, "Mẫu")):
        with pytest.raises(BadInput) as fault:
            actions.keep_template(document=document, name=name, **given)
        assert fault.value.field == "name"
    assert DocumentTemplate.objects.count() == 1


def test_who_drafts_for_a_unit_below_its_own_is_offered_that_one_s_templates(desk: Desk) -> None:
    organisation = desk.organisation
    document = actions.draft_document(
        actor=organisation.chief, now=desk.now, unit=organisation.hanoi, clauses=CLAUSES,
        description=Description(type="KH", abstract="Kế hoạch"),
    )  # fmt: skip
    kept = actions.keep_template(actor=organisation.chief, now=desk.now, document=document, name="Kế hoạch tỉnh")
    chief = client_of(organisation.chief)
    assert f"?template={kept}" in chief.get("/documents/templates/").content.decode()
    begin = f"/documents/new/?template={kept}"
    assert chief.post(begin, {"type": "KH", "abstract": "Kế hoạch mới", "classification": "0"}).status_code == 302
    assert Document.objects.exclude(id=document).get().unit_id == organisation.hanoi


def test_only_who_drafts_for_the_unit_keeps_uses_and_strikes(desk: Desk) -> None:
    organisation, document = desk.organisation, desk.issued().id
    kept = actions.keep_template(actor=organisation.staff, now=desk.now, document=document, name="Mẫu")
    with pytest.raises(Refused):
        actions.keep_template(actor=organisation.viewer, now=desk.now, document=document, name="Mẫu khác")
    with pytest.raises(Refused):
        actions.strike_template(actor=organisation.viewer, now=desk.now, template=kept)
    with pytest.raises(Missing):
        actions.strike_template(actor=organisation.hanoi_officer, now=desk.now, template=kept)
    assert client_of(organisation.viewer).get("/documents/templates/").status_code == 403
    assert client_of(organisation.hanoi_officer).get(f"/documents/new/?template={kept}").status_code in (403, 404)
