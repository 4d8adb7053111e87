"""200 documents issued by 8 clients at once, each on a connection of its own: numbers 1 to 200 exactly.

One in ten of the issues is undone after it took its number, and tried again. The reference is the same number of bare
increments of one locked row by as many clients, in the same run.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from thammuu.kernel.actor import Actor

DOCUMENTS, CLIENTS, UNDONE = 200, 8, 10


def issue() -> tuple[dict[str, Any], float, bool]:
    """Issue the documents; return the figures, the seconds of the reference, and whether the numbers are right."""
    from thammuu.directives.documents.models import Document, NumberSeries
    from thammuu.journal import fold

    staff, waiting = _approved()
    seconds = _at_once([lambda share=share: _issue(staff, share) for share in waiting])  # type: ignore[misc]  # the default binds the share of this turn
    numbers = sorted(Document.objects.values_list("number", flat=True))
    wanted = list(range(1, DOCUMENTS + 1))
    sound = numbers == wanted and NumberSeries.objects.get().last == DOCUMENTS and not list(fold.differences())
    figures = {
        "documents": DOCUMENTS,
        "clients": CLIENTS,
        "undone": CLIENTS * len(range(0, DOCUMENTS // CLIENTS, UNDONE)),
        "numbers": f"{numbers[0]}-{numbers[-1]}" if numbers == wanted else numbers,
        "seconds": round(seconds, 2),
        "per_second": round(DOCUMENTS / seconds, 1),
    }
    return figures, round(_at_once([_increments] * CLIENTS), 2), sound


def _approved() -> tuple["Actor", list[list[UUID]]]:
    """Return an officer, and for each client its share of approved documents."""
    from thammuu.directives.documents import actions
    from thammuu.directives.documents.actions import Description
    from thammuu.kernel import clock
    from thammuu.org import actions as org
    from thammuu.org import authority
    from thammuu.org.rules import Role
    from thammuu.paper.clauses import Clause, ClauseKind

    now, start, system = clock.now(), date(2025, 7, 1), authority.SYSTEM
    unit = org.create_unit(
        actor=system, now=now, code="B", level="ministry", name="Văn phòng Bộ", parent=None, starts_on=start
    )
    found = []
    for name, role in (("staff", Role.STAFF_OFFICER), ("chief", Role.CHIEF), ("admin", Role.ADMINISTRATOR)):
        post = org.create_post(actor=system, now=now, unit=unit, title=name)
        account = org.create_account(actor=system, now=now, sign_in_name=name, password="x", unit=unit)
        org.take_post(actor=system, now=now, account=account, post=post, starts_on=start)
        org.grant_role(actor=system, now=now, post=post, role=role, unit=unit, reason="đo")
        actor = authority.actor_of(account)
        assert actor is not None
        found.append(actor)
    staff, chief, admin = found
    actions.give_symbol(actor=admin, now=now, unit=unit, abbreviation="VPB")
    clauses = [Clause(ClauseKind.CLAUSE, f"Việc {number}") for number in range(20)]
    documents = []
    for number in range(DOCUMENTS):
        description = Description(type="CT", abstract=f"Văn bản {number}")
        id = actions.draft_document(actor=staff, now=now, unit=unit, description=description, clauses=clauses)
        actions.submit_document(actor=staff, now=now, document=id)
        actions.agree_to_document(actor=chief, now=now, document=id)
        actions.approve_document(actor=chief, now=now, document=id, reason="đo")
        documents.append(id)
    return staff, [documents[client::CLIENTS] for client in range(CLIENTS)]


def _issue(staff: "Actor", documents: Sequence[UUID]) -> None:
    from django.db import transaction

    from thammuu.directives.documents import actions
    from thammuu.kernel import clock

    for number, document in enumerate(documents):
        if number % UNDONE == 0:
            with transaction.atomic():
                actions.issue_document(actor=staff, now=clock.now(), document=document)
                transaction.set_rollback(True)
        actions.issue_document(actor=staff, now=clock.now(), document=document)


def _increments() -> None:
    from django.db import connection

    for _number in range(DOCUMENTS // CLIENTS):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directives_numberseries SET last = last + 1")


def _at_once(clients: Sequence[Callable[[], None]]) -> float:
    """Let the clients begin together; return the seconds until the last has ended."""
    from django.db import connection

    together = Barrier(len(clients) + 1)

    def client(work: Callable[[], None]) -> None:
        connection.ensure_connection()
        together.wait()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(client, work) for work in clients]
        together.wait()
        began = time.perf_counter()
        for one in running:
            one.result()
    return time.perf_counter() - began
