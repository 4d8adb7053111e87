"""An issued document as edXML: what is written is read again, and what cannot be written is refused."""

from datetime import datetime

import pytest

from tests.directives.documents.desk import Desk
from tests.ground import Organisation, client_of
from thammuu.directives.documents.rules import Effect
from thammuu.interop.edxml import Document, read
from thammuu.interop.edxml import message as m
from thammuu.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(organisation: Organisation, now: datetime) -> Desk:
    return Desk(organisation, now)


def test_an_issued_document_is_handed_out_with_its_pdf(desk: Desk) -> None:
    organisation = desk.organisation
    earlier = desk.issued()
    row = desk.issued(
        place="Hà Nội", others="Báo Nhân Dân", signer="Bộ trưởng", alters=earlier.id, effect=Effect.REPLACES
    )
    answer = client_of(organisation.staff).get(f"/documents/{row.id}/edxml/")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''02-CT-VPB.edxml"
    found = read(answer.content).message
    assert isinstance(found, Document)
    assert (found.code, found.subject) == (m.Code("02", "CT-VPB"), row.abstract)
    assert found.promulgation == m.Promulgation(clock.day_of(desk.now), "Hà Nội")
    assert [organ.name for organ in found.receivers] == ["Hà Nội"]
    assert found.type == m.DocumentType(2, name="Chỉ thị")
    assert (found.places, found.signer) == (("Báo Nhân Dân",), m.Signer(position="Bộ trưởng"))
    assert found.purpose.business == m.Business.REPLACE
    assert found.purpose.document.endswith(",01/CT-VPB")
    [pdf] = found.attachments
    assert (pdf.name, pdf.content[:5]) == ("02-CT-VPB.pdf", b"%PDF-")
    assert "/edxml/" in client_of(organisation.staff).get(f"/documents/{row.id}/").content.decode()


def test_what_cannot_be_handed_over_says_why(desk: Desk) -> None:
    organisation = desk.organisation
    staff = client_of(organisation.staff)
    for document, why in ((desk.draft(), "issued"), (desk.issued(recipients=()).id, "addressed to no unit")):
        answer = staff.get(f"/documents/{document}/edxml/")
        assert (answer.status_code, why in answer.content.decode()) == (409, True)
    hidden = desk.issued(recipients=())
    later = desk.issued(alters=hidden.id, effect=Effect.REVOKES)
    answer = client_of(organisation.hanoi_officer).get(f"/documents/{later.id}/edxml/")
    assert (answer.status_code, "may not see" in answer.content.decode()) == (409, True)
    assert client_of(organisation.hue_officer).get(f"/documents/{later.id}/edxml/").status_code == 404
