"""What `check` says of seals and roots."""

from pathlib import Path
from typing import Any

import pytest

from tests.ground import Organisation
from tests.paper.certificates import DAY, Authority, lay_down
from thammuu.config.seals import seal_findings
from thammuu.org import directory

pytestmark = pytest.mark.django_db


def test_each_seal_says_what_is_wrong_with_it(organisation: Organisation, settings: Any, tmp_path: Path) -> None:
    settings.SIGNING, settings.TRUST_ROOTS = tmp_path / "signing", tmp_path / "roots"
    assert list(seal_findings()) == []
    known, root = directory.current().units, Authority.made()
    ministry, hanoi = known[organisation.ministry].code, known[organisation.hanoi].code
    hue, commune = known[organisation.hue].code, known[organisation.commune].code
    lay_down(settings.SIGNING, ministry, root.seal())
    lay_down(settings.SIGNING, hanoi, root.seal(), mode=0o644)
    lay_down(settings.SIGNING, hue, root.seal(until=-DAY))
    lay_down(settings.SIGNING, commune, root.seal(until=10 * DAY))
    lay_down(settings.SIGNING, "nobody", root.seal())
    found = {one.says: (one.ok, one.advised) for one in seal_findings()}
    assert len(found) == 6 and sum(ok for ok, _advised in found.values()) == 1
    assert sum(advised for _ok, advised in found.values()) == 3, "the fit one, the one that ends soon, and no root yet"
    root.trusted_in(settings.TRUST_ROOTS)
    assert list(seal_findings())[-1].ok
    (settings.TRUST_ROOTS / "broken.pem").write_text("-----BEGIN CERTIFICATE-----")
    assert "broken.pem" in list(seal_findings())[-1].says
