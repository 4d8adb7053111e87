"""What arrived, file by file, with what became of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext

from thammuu.interop import words
from thammuu.interop.cap.faults import SENTENCES
from thammuu.interop.models import InboundFile
from thammuu.interop.rules import Verdict
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org.policies import visible_to

PER_PAGE = 50


@dataclass(frozen=True)
class Finding:
    """What became of one alert in a file; the faults and warnings as (sentence, path, line)."""

    verdict: str
    tone: str
    alert: str | None
    name: str
    sender: str
    line: int
    faults: list[tuple[str, str, int]]
    warnings: list[tuple[str, str, int]]


@dataclass(frozen=True)
class FileRow:
    """A file with its verdict and what became of each alert in it."""

    id: UUID
    name: str
    source: str
    received_at: datetime
    size: int
    verdict: str
    tone: str
    told: str
    unit: UUID
    findings: list[Finding]

    @property
    def url(self) -> str:
        """The file's page."""
        return f"/alerts/files/{self.id}/"

    @property
    def first_fault(self) -> tuple[str, str, int] | None:
        """The first fault in the file: (sentence, path, line)."""
        return next((fault for finding in self.findings for fault in finding.faults), None)


VERDICT_TONES = {Verdict.TAKEN: "normal", Verdict.DUPLICATE: "standby", Verdict.PARTLY: "caution",
                 Verdict.REFUSED: "serious"}  # fmt: skip


def file_list(actor: Actor, number: str | int, *, aside: bool) -> tuple[Page[Any], list[FileRow]]:
    """Return a page of the files that arrived, or only of those kept aside, the newest first."""
    files = InboundFile.objects.filter(visible_to(actor)).defer("content").order_by("-received_at", "-id")
    if aside:
        files = files.filter(verdict__in=(Verdict.REFUSED, Verdict.PARTLY))
    page = Paginator(files, PER_PAGE).get_page(number)
    return page, [file_row(file) for file in page.object_list]


def files_named(actor: Actor, ids: Collection[UUID]) -> list[FileRow]:
    """Return the files of those ids that the actor may see, in the order given."""
    found = {file.id: file for file in InboundFile.objects.filter(visible_to(actor), id__in=ids).defer("content")}
    return [file_row(found[id]) for id in ids if id in found]


def visible_file(actor: Actor, file: UUID) -> InboundFile:
    """Return the file, whole. Raises `Missing` where the actor may not see it."""
    row = InboundFile.objects.filter(visible_to(actor), id=file).first()
    if row is None:
        raise Missing(_("This file does not exist, or not for you."))
    return row


def file_row(file: InboundFile) -> FileRow:
    """Return a file as shown, in the language in force."""
    told = ngettext("%(count)d alert taken in", "%(count)d alerts taken in", file.taken) % {"count": file.taken}
    if file.refused:
        told += ", " + ngettext("%(count)d refused", "%(count)d refused", file.refused) % {"count": file.refused}
    return FileRow(
        id=file.id, name=file.name, source=str(words.SOURCES.get(file.source, file.source)),
        received_at=file.received_at, size=file.size, verdict=str(words.VERDICTS[file.verdict]),
        tone=VERDICT_TONES[Verdict(file.verdict)], told=told, unit=file.unit_id,
        findings=[_finding(item) for item in file.results],
    )  # fmt: skip


def _finding(result: Mapping[str, Any]) -> Finding:
    return Finding(
        verdict=str(words.VERDICTS[result["verdict"]]), tone=VERDICT_TONES[Verdict(result["verdict"])],
        alert=result["alert"], name=result["identifier"] or _("the file itself"), sender=result["sender"],
        line=result["line"], faults=told_faults(result["faults"]), warnings=told_faults(result["warnings"]),
    )  # fmt: skip


def told_faults(faults: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Return stored faults as (sentence, path, line), in the language in force."""
    return [
        (translate(SENTENCES[item["code"]]).format(**item["details"]), item["path"], item["line"]) for item in faults
    ]
