"""Renaming, moving, closing, merging and splitting: what is carried along, and who sees it afterwards."""

import threading
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.ground import NOW, Organisation, build_organisation
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.journal import feed
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refused
from thammuu.org import actions, acts, authority, directory
from thammuu.org.models import Account, UnitSpell, UnitSuccession
from thammuu.org.planning import Change, judge
from thammuu.org.queries import ground_for
from thammuu.org.rehearsing import rehearse
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
MERGED = [
    Change(1, "99", DAY, "province", "Hà Huế", parent="B"),
    Change(2, "01", DAY, closes=True, successors=("99",)),
    Change(3, "46", DAY, closes=True, successors=("99",)),
]


def _again(actor: Actor) -> Actor:
    assert actor.account is not None
    found = authority.actor_of(actor.account)
    assert found is not None
    return found


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_merger_closes_the_units_and_carries_what_stood_below(organisation: Organisation, now: datetime) -> None:
    (merged,) = actions.reorganise(actor=organisation.admin, now=now, changes=MERGED)
    assert UnitSpell.objects.get(unit_id=organisation.commune, ends_on=None).parent_id == merged
    assert not UnitSpell.objects.filter(unit_id=organisation.hue, ends_on=None).exists()
    succession = UnitSuccession.objects.get(unit_id=organisation.hue)
    kinds = [entry.kind for entry in feed.of_subjects([succession.id])]
    assert (succession.successor_id, kinds) == (merged, ["org.unit_succeeded"])
    known = directory.current()
    assert known.unit_label(organisation.hue) == "Huế"
    assert organisation.hue not in [unit.id for unit in known.in_order()]
    assert known.below(merged) == {merged, organisation.hanoi, organisation.hue, organisation.commune}


def test_the_successor_inherits_what_is_open(organisation: Organisation, now: datetime) -> None:
    incident = watch.open_incident(
        actor=organisation.hue_officer, now=now, at=now, unit=organisation.hue, title="Lũ"
    ).answer  # fmt: skip
    directives.take_decision(
        actor=organisation.chief, now=now, unit=organisation.ministry, title="Ứng phó", reason="mưa",
        orders=[directives.Order(lead_unit=organisation.hue, title="Trực", product="báo cáo", term_days=3)],
    )  # fmt: skip
    (merged,) = actions.reorganise(actor=organisation.admin, now=now, changes=MERGED)
    officer = _again(organisation.hanoi_officer)
    assert officer.unit == merged
    assert officer.label == "Trực ban, Hà Huế"
    assert officer.scope.covers(Incident.objects.get(id=incident).units)
    assignment = Assignment.objects.get()
    directives.acknowledge_assignment(actor=officer, now=now, assignment=assignment.id)
    assert not _again(organisation.commune_officer).scope.covers([organisation.hue])


def test_a_merger_to_come_changes_nothing_today(organisation: Organisation, now: datetime) -> None:
    coming = [
        Change(one.line, one.code, date(2999, 1, 1), one.level, one.name, "", one.parent, one.closes, one.successors)
        for one in MERGED
    ]
    actions.reorganise(actor=organisation.admin, now=now, changes=coming)
    assert _again(organisation.hue_officer).unit == organisation.hue
    assert not _again(organisation.hue_officer).scope.covers([organisation.hanoi])
    assert directory.as_of(date(2999, 1, 1)).unit_label(organisation.hue) == "Huế"
    assert "Hà Huế" in [unit.name for unit in directory.as_of(date(2999, 1, 1)).in_order()]
    assert "Hà Huế" not in [unit.name for unit in directory.current().in_order()]


def test_what_was_recorded_before_still_adds_up(organisation: Organisation, now: datetime) -> None:
    """The period's tree gives each province its own; today's gives the successor all of it; the sums are equal."""
    for unit, count in ((organisation.hanoi, 2), (organisation.commune, 3), (organisation.hue, 4)):
        for _turn in range(count):
            watch.open_incident(actor=authority.SYSTEM, now=now, at=now, unit=unit, title="Cháy")
    (merged,) = actions.reorganise(actor=organisation.admin, now=now, changes=MERGED)
    counts = Counter(Incident.objects.values_list("unit_id", flat=True))

    def total(tree: directory.Directory, unit: object) -> int:
        return sum(count for place, count in counts.items() if place in tree.below(unit))  # type: ignore[arg-type]

    then, today = directory.as_of(DAY - timedelta(days=1)), directory.current()
    assert (total(then, organisation.hanoi), total(then, organisation.hue)) == (5, 4)
    assert total(today, merged) == 9
    assert total(then, organisation.ministry) == total(today, organisation.ministry) == 9


@pytest.mark.usefixtures("fold_equals_tables")
def test_districts_are_abolished_and_their_communes_go_to_the_province(
    organisation: Organisation, now: datetime
) -> None:
    admin, start = organisation.admin, date(2026, 1, 1)
    district = actions.create_unit(
        actor=admin, now=now, code="001", level="district", name="Quận", parent=organisation.hanoi, starts_on=start
    )
    actions.rename_unit(
        actor=admin, now=now, unit=organisation.commune, name="Ba Đình", parent=district, starts_on=start
    )
    actions.reorganise(actor=admin, now=now, changes=acts.closing("001", DAY, ["01"]))
    known = directory.current()
    assert known.units[organisation.commune].parent == organisation.hanoi
    assert known.present(district) == (organisation.hanoi,)
    assert directory.as_of(start).units[organisation.commune].parent == district


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_split_unit_leaves_its_work_to_its_parts(organisation: Organisation, now: datetime) -> None:
    parts = [acts.Part("01A", "Hà Nội Đông"), acts.Part("01B", "Hà Nội Tây", ("00004",))]
    plan = acts.splitting("01", DAY, "province", "B", parts, remains=False)
    east, west = actions.reorganise(actor=organisation.admin, now=now, changes=plan)
    known = directory.current()
    assert known.present(organisation.hanoi) == (east, west)
    assert known.units[organisation.commune].parent == west
    assert _again(organisation.hanoi_officer).unit == east
    assert {east, west} <= (_again(organisation.hanoi_officer).scope.units or set())


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_unit_is_closed_and_opened_any_number_of_times(organisation: Organisation, now: datetime) -> None:
    for year in (2030, 2031, 2032):
        closing, opening = date(year, 1, 1), date(year, 6, 1)
        actions.reorganise(actor=organisation.admin, now=now, changes=acts.closing("46", closing, ["01"]))
        plan = acts.naming("46", opening, f"Huế {year}", "", "B")
        actions.reorganise(actor=organisation.admin, now=now, changes=plan)
    assert UnitSpell.objects.filter(unit_id=organisation.hue).count() == 4
    for year in (2030, 2031, 2032):
        assert directory.as_of(date(year, 3, 1)).present(organisation.hue) == (organisation.hanoi,)
        assert directory.as_of(date(year, 7, 1)).units[organisation.hue].stands


def test_closing_what_still_has_units_below_is_refused(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(BadInput, match="00004"):
        actions.reorganise(actor=organisation.admin, now=now, changes=acts.closing("01", DAY, []))


def test_a_move_may_not_make_a_circle_with_one_that_is_to_come(organisation: Organisation, now: datetime) -> None:
    admin = organisation.admin
    later = acts.naming("01", date(2027, 6, 1), "Hà Nội", "", "46")
    actions.reorganise(actor=admin, now=now, changes=later)
    with pytest.raises(BadInput, match="below itself"):
        actions.reorganise(actor=admin, now=now, changes=acts.naming("46", DAY, "Huế", "", "01"))


@pytest.mark.parametrize("who", ["chief", "duty", "hue_officer", "viewer"])
def test_only_administrators_reorganise(organisation: Organisation, now: datetime, who: str) -> None:
    actor = getattr(organisation, who)
    with pytest.raises(BadInput, match="administer"):
        actions.reorganise(actor=actor, now=now, changes=MERGED)
    with pytest.raises(Refused):
        actions.draft_plan(actor=actor, now=now, title="x", changes=MERGED)


def test_a_rehearsal_tells_what_the_plan_means(organisation: Organisation, now: datetime) -> None:
    watch.open_incident(actor=organisation.hue_officer, now=now, at=now, unit=organisation.hue, title="Lũ")
    meaning = rehearse(organisation.admin, judge(MERGED, ground_for(organisation.admin)))
    assert list(meaning.levels) == [("commune", 1, 1), ("ministry", 1, 1), ("province", 2, 1)]
    assert [(line.depth, line.name) for line in meaning.before] == [
        (0, "Văn phòng Bộ"), (1, "Hà Nội"), (2, "Ba Đình"), (1, "Huế"),
    ]  # fmt: skip
    assert [(line.depth, line.name) for line in meaning.after] == [
        (0, "Văn phòng Bộ"), (1, "Hà Huế"), (2, "Ba Đình"),
    ]  # fmt: skip
    carried = {
        estate.name: (estate.heirs, dict(zip(meaning.kinds, estate.open, strict=True))) for estate in meaning.estates
    }
    assert carried["Huế"] == (("Hà Huế",), {"Open incidents": 1, "Open assignments": 0})
    assert {sight.post: (sight.more, sight.less) for sight in meaning.sights} == {
        "Trực ban, Hà Nội": (1, 0),
        "Trực ban, Huế": (2, 0),
    }
    assert meaning.homeless == []
    assert UnitSpell.objects.filter(unit_id=organisation.hue, ends_on=None).exists()


def test_a_rehearsal_names_posts_left_without_a_unit(organisation: Organisation) -> None:
    meaning = rehearse(organisation.admin, judge(acts.closing("00004", DAY, []), ground_for(organisation.admin)))
    assert meaning.homeless == ["Trực ban, Ba Đình"]


def test_an_administrator_merges_two_provinces_on_the_page(organisation: Organisation, client: Client) -> None:
    client.force_login(Account.objects.get(id=organisation.admin.account))
    page = client.get(f"/units/{organisation.hanoi}/")
    assert page.status_code == 200
    form = {"merger-units": ["46"], "merger-starts_on": str(DAY), "merger-name": "Hà Huế", "merger-code": "99"}
    sent = client.post(f"/units/{organisation.hanoi}/merger/", form)
    rehearsal = client.get(sent["Location"])
    assert "Trực ban, Huế" in rehearsal.content.decode()
    client.post(f"{sent['Location']}confirmation/", {"seen": rehearsal.context["seen"]})
    assert directory.current().present(organisation.hue) == directory.current().present(organisation.hanoi)
    assert client.get(f"/units/{organisation.hue}/").status_code == 200


@pytest.mark.parametrize("act", ["naming", "closure", "merger", "split"])
def test_a_faulty_form_comes_back_with_what_was_typed(organisation: Organisation, client: Client, act: str) -> None:
    client.force_login(Account.objects.get(id=organisation.admin.account))
    answer = client.post(f"/units/{organisation.hanoi}/{act}/", {f"{act}-name": "Ðống", f"{act}-starts_on": "soon"})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_mergers_at_once_one_finds_the_other_done(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    organisation = build_organisation()
    told: list[str] = []
    start = threading.Barrier(2)

    def merge(into: str, gone: str) -> None:
        start.wait()
        try:
            actions.reorganise(actor=organisation.admin, now=NOW, changes=acts.closing(gone, DAY, [into]))
            told.append("done")
        except BadInput:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in (("46", "01"), ("01", "46"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "refused"]
    assert UnitSpell.objects.filter(unit__level="province", ends_on=None).count() == 1
