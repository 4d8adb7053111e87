"""Plays the demo's night through the product's own actions, each at its own minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from uuid import UUID

from thammuu.config.demo.documents import draft_report, issue_telegram
from thammuu.config.demo.incoming import receive_telegram
from thammuu.config.demo.inspection import inspect_watches
from thammuu.config.demo.night import EVENT, HOURS, INCIDENTS, LINES, SITES, Line, Opened
from thammuu.config.demo.orders import order_boats
from thammuu.config.demo.organisation import Organisation
from thammuu.directives.actions.deciding import take_decision
from thammuu.directives.actions.executing import acknowledge_assignment, hand_in_evidence, report_progress
from thammuu.directives.actions.issuing import Order
from thammuu.directives.actions.verifying import close_assignment, verify_evidence
from thammuu.directives.models import Assignment
from thammuu.directives.urging.actions import draw_up_policy
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.org import authority
from thammuu.org.actions import announce_event
from thammuu.watch.actions import (
    change_severity,
    change_status,
    close_incident,
    make_drawing,
    open_incident,
)
from thammuu.watch.filing import Typed, file_line


def play(organisation: Organisation, now: datetime) -> None:
    """Let the night happen in the hours before `now`."""
    Night(organisation, now - timedelta(hours=HOURS)).play()


class Night:
    """The night as it is played: who is who, and when minute 0 was."""

    def __init__(self, organisation: Organisation, start: datetime) -> None:
        self.units = organisation.units
        self.accounts = {name: sign_in.account for name, sign_in in organisation.sign_ins.items()}
        self.start = start
        self.opened: dict[str, UUID] = {}
        self.sites = {site.name: site for site in SITES}

    def play(self) -> None:
        """Play everything in the order of its minutes."""
        self._prepare()
        steps: list[tuple[int, Callable[[], object]]] = [(line.minute, partial(self.file, line)) for line in LINES]
        for told in INCIDENTS:
            steps.append((told.minute, partial(self.open, told)))
            if told.closed:
                steps.append((told.closed, partial(self._close, told)))
        steps.extend(Flood(self).steps())
        for _minute, step in sorted(steps, key=itemgetter(0)):
            step()

    def at(self, minute: int) -> datetime:
        """Return the instant of a minute of the night."""
        return self.start + timedelta(minutes=minute)

    def actor(self, name: str) -> Actor:
        """Return the officer who signs in with this name."""
        actor = authority.actor_of(self.accounts[name])
        if actor is None:
            raise LookupError(name)
        return actor

    def _prepare(self) -> None:
        day = self.start.date()
        code, name = EVENT
        announce_event(
            actor=authority.SYSTEM,
            now=self.start,
            code=code,
            name=name,
            units=list(self.units.values()),
            starts_on=day,
            ends_on=day + timedelta(days=9),
        )
        for site in SITES:
            make_drawing(
                actor=authority.SYSTEM,
                now=self.start,
                name=site.name,
                kind="site",
                geometry={"type": "Point", "coordinates": [site.lon, site.lat]},
                unit=self.units["B"],
            )

    def file(self, line: Line) -> UUID:
        """File a line of the log; return the entry."""
        at = self.at(line.minute)
        return file_line(actor=self.actor(line.who), now=at, typed=Typed(text=line.text)).answer

    def open(self, told: Opened, log_entry: UUID | None = None) -> UUID:
        """Open an incident, perhaps out of a log entry; return it."""
        at, actor, site = self.at(told.minute), self.actor(told.who), self.sites.get(told.site)
        id = open_incident(
            actor=actor,
            now=at,
            at=at,
            title=told.title,
            unit=self.units[told.unit],
            kind=told.kind,
            severity=told.severity,
            place_text=told.site,
            lat=site.lat if site else None,
            lon=site.lon if site else None,
            log_entry=log_entry,
            units=[self.units["TTCH"]],
        ).answer
        if told.status != "reported":
            change_status(actor=self.actor("truc.ban"), now=at, incident=id, status=told.status)
        self.opened[told.title] = id
        return id

    def _close(self, told: Opened) -> None:
        close_incident(
            actor=self.actor("truc.ban"),
            now=self.at(told.closed),
            incident=self.opened[told.title],
            outcome=told.outcome,
        )


class Flood:
    """The thread that is carried to its end: report, incident, decision, two assignments, evidence, closing."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.report = self.incident = self.decision = self.rescue = self.medical = self.evidence = night.units["B"]
        self.telegram = self.decision

    def steps(self) -> list[tuple[int, Callable[[], object]]]:
        """Return what happens, by minute."""
        return [
            (318, self._reported),
            (320, self._opened),
            (326, self._judged),
            (328, self._ordered),
            (331, self._decided),
            (335, self._acknowledged),
            (341, self._documented),
            (372, self._reported_progress),
            (380, self._reported_back),
            (384, self._inspected),
            (428, self._handed_in),
            (447, self._verified),
            (462, self._closed),
        ]

    def _reported(self) -> None:
        text = "Báo cáo: nước ngập 60 cm quanh Quảng trường Ngọ Môn, 400 khán giả còn ở lại"
        self.report = self.night.file(Line(318, "hue", text))

    def _opened(self) -> None:
        title = "Ngập sâu quanh Quảng trường Ngọ Môn, khán giả chưa rời được"
        told = Opened(320, "hue", "46", "natural_hazard", "serious", title, "Quảng trường Ngọ Môn")
        self.incident = self.night.open(told, self.report)

    def _judged(self) -> None:
        change_severity(
            actor=self.night.actor("truc.ban"),
            now=self.night.at(326),
            incident=self.incident,
            severity="critical",
            reason="Nước lên nhanh, có người già và trẻ em",
        )

    def _ordered(self) -> None:
        order_boats(self.night, self.incident, 328)

    def _decided(self) -> None:
        night, units = self.night, self.night.units
        rescue = Order(
            lead_unit=units["46"],
            supporting_units=(units["44"],),
            title="Đưa toàn bộ khán giả ra khỏi khu vực ngập",
            product="Báo cáo kết quả kèm ảnh hiện trường",
            deadline=night.at(440),
        )
        medical = Order(
            lead_unit=units["48"],
            title="Cử 02 tổ y tế dự bị sang Huế",
            product="Báo cáo quân số và giờ đến",
            term_days=1,
        )
        self.decision = take_decision(
            actor=night.actor("chi.huy"),
            now=night.at(331),
            unit=units["B"],
            title="Huy động lực lượng đưa khán giả ra khỏi vùng ngập tại Huế",
            reason="Nước còn lên đến nửa đêm; lực lượng tại chỗ không đủ xuồng cho 400 người",
            arises_from=(Subject.INCIDENT, self.incident),
            orders=(rescue, medical),
        )
        change_status(actor=night.actor("truc.ban"), now=night.at(331), incident=self.incident, status="in_progress")
        # Off, so that it can be tried on this night before anybody is urged.
        draw_up_policy(actor=night.actor("chi.huy"), now=night.at(331), unit=units["B"])
        issued = {row.lead_unit_id: row.id for row in Assignment.objects.filter(decision_id=self.decision)}
        self.rescue, self.medical = issued[units["46"]], issued[units["48"]]

    def _acknowledged(self) -> None:
        for name, assignment in (("hue", self.rescue), ("danang", self.medical)):
            acknowledge_assignment(actor=self.night.actor(name), now=self.night.at(335), assignment=assignment)

    def _documented(self) -> None:
        self.telegram = issue_telegram(self.night, self.decision, 341)
        receive_telegram(self.night, self.decision, 342)

    def _reported_back(self) -> None:
        draft_report(self.night, self.telegram, 380)

    def _inspected(self) -> None:
        inspect_watches(self.night, self.decision, 384)

    def _reported_progress(self) -> None:
        report_progress(
            actor=self.night.actor("hue"),
            now=self.night.at(372),
            assignment=self.rescue,
            percent=45,
            note="Đã đưa 190 người ra bằng 05 xuồng",
            obstacle="Thiếu áo phao trẻ em",
        )

    def _handed_in(self) -> None:
        self.evidence = hand_in_evidence(
            actor=self.night.actor("hue"),
            now=self.night.at(428),
            assignment=self.rescue,
            text="Đã đưa 412 người ra an toàn; điểm tập kết và số lượt xuồng ghi trong nhật ký",
        )

    def _verified(self) -> None:
        staff, at = self.night.actor("tham.muu"), self.night.at(447)
        verify_evidence(actor=staff, now=at, evidence=self.evidence)
        close_assignment(actor=staff, now=at, assignment=self.rescue)

    def _closed(self) -> None:
        close_incident(
            actor=self.night.actor("truc.ban"),
            now=self.night.at(462),
            incident=self.incident,
            outcome="412 người đã ra khỏi vùng ngập, không có thương vong",
        )
