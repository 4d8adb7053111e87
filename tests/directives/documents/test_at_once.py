"""Documents issued at the same instant, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.directives.documents.desk import Desk
from tests.ground import NOW, build_organisation
from thammuu.directives.documents import actions
from thammuu.directives.documents.models import Document, NumberSeries
from thammuu.journal import fold
from thammuu.kernel.errors import BadInput

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 8


def test_eight_clients_take_every_number_once_though_some_issues_fail(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    desk = Desk(build_organisation(), NOW)
    actions.give_symbol(actor=desk.organisation.admin, now=NOW, unit=desk.organisation.ministry, abbreviation="VPB")
    waiting = [[desk.approved() for _document in range(3)] for _client in range(CLIENTS)]
    together = Barrier(CLIENTS)

    def client(number: int) -> None:
        together.wait()
        try:
            for document in waiting[number]:
                # The number is taken, then the issue fails: it must come to somebody else.
                with pytest.raises(BadInput):
                    _fails(desk, document)
                desk.issue(document)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 3 * CLIENTS + 1))
    assert NumberSeries.objects.get().last == 3 * CLIENTS
    assert list(fold.differences()) == []


def _fails(desk: Desk, document: object) -> None:
    from django.db import transaction

    with transaction.atomic():
        desk.issue(document)  # type: ignore[arg-type]
        raise BadInput("", "không phát hành")
