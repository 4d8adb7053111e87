"""Facts: what their bodies hold, how plain values become, and that a journal read back gives the same facts."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated
from uuid import UUID, uuid5

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from pydantic import BaseModel, ValidationError

from thammuu.journal import facts
from thammuu.journal.facts import CONTEXT, Fact, Link, UnknownFact, canonical, fact, plain, rebuild
from thammuu.journal.subjects import Relation, Subject

ID = UUID("01900000-0000-7000-8000-000000000001")
OTHER = uuid5(ID, "other")


class Told(Fact):
    """A fact of this test's own, not registered."""

    fact_kind, fact_version, subject = "test.told", 1, Subject.POST
    title: str
    count: int = 0
    why: Annotated[str, CONTEXT] = ""
    sentence = "{title} ({count}): {why}"


class Size(BaseModel):
    """A value inside a fact."""

    width: int


def test_a_body_divides_what_is_set_from_what_is_told() -> None:
    link = Link(Relation.CONCERNS, Subject.UNIT, OTHER)
    told = Told(subject_id=ID, title="Trực ban", count=3, why="ca đêm", links=(link,))
    assert told.body() == {
        "sets": {"title": "Trực ban", "count": 3},
        "context": {"why": "ca đêm"},
        "links": [["concerns", "unit", str(OTHER)]],
    }
    assert told.say("vi") == "Trực ban (3): ca đêm"


def test_what_a_fact_says_is_never_a_format_of_its_own() -> None:
    told = Told(subject_id=ID, title="{why} {0.__class__} %s {{", why="{title}")
    assert told.say("vi") == "{why} {0.__class__} %s {{ (0): {title}"


def test_a_fact_refuses_what_it_does_not_know_and_never_changes() -> None:
    with pytest.raises(ValidationError):
        Told(subject_id=ID, title="x", colour="red")  # type: ignore[call-arg]
    told = Told(subject_id=ID, title="x")
    with pytest.raises(ValidationError):
        told.title = "y"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        told.links = ()  # type: ignore[misc]


def test_a_fact_is_registered_once_and_built_anew_from_its_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_registry", {})
    made = fact("test.told", subject=Subject.UNIT, version=2)(Told)
    assert (made.fact_kind, made.fact_version, made.subject) == ("test.told", 2, Subject.UNIT)
    assert facts.registered() == {("test.told", 2): Told}
    with pytest.raises(ValueError, match=r"test\.told version 2 is registered twice"):
        fact("test.told", subject=Subject.UNIT, version=2)(Told)
    told = Told(subject_id=ID, title="x", why="y", links=(Link(Relation.CONCERNS, Subject.UNIT, OTHER),))
    assert rebuild("test.told", 2, ID, told.body()) == told
    with pytest.raises(UnknownFact, match=r"test\.told version 1"):
        rebuild("test.told", 1, ID, told.body())


def test_a_fact_is_of_version_one_unless_it_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_registry", {})
    fact("test.told", subject=Subject.POST)(Told)
    assert list(facts.registered()) == [("test.told", 1)]


def test_what_was_recorded_in_an_earlier_version_is_read_as_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_registry", {})
    monkeypatch.setattr(facts, "_renewals", {})
    fact("test.told", subject=Subject.POST, version=3)(Told)
    facts.renews("test.told", 1)(lambda sets: {"title": sets["name"]})
    facts.renews("test.told", 2)(lambda sets: {**sets, "count": len(sets["title"])})
    facts.renews("test.other", 3)(lambda _sets: {})
    first = {"sets": {"name": "Huế"}, "context": {"why": "y"}, "links": []}
    second = {"sets": {"title": "Hà Nội"}, "context": {}, "links": []}
    assert rebuild("test.told", 1, ID, first) == Told(subject_id=ID, title="Huế", count=3, why="y")
    assert rebuild("test.told", 2, ID, second) == Told(subject_id=ID, title="Hà Nội", count=6)
    assert first["sets"] == {"name": "Huế"}
    assert facts.renewed("test.told", 3, {"count": 7}) == (3, {"count": 7})


def test_an_outline_tells_of_no_case() -> None:
    assert Told.outline() == "… (…): …"


@pytest.mark.parametrize(
    ("value", "as_json"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (1.5, 1.5),
        ("Huế", "Huế"),
        (Subject.UNIT, "unit"),
        (ID, str(ID)),
        (datetime(2026, 11, 20, 21, 5, 0, 17, tzinfo=timezone(timedelta(hours=7))), "2026-11-20T14:05:00.000017Z"),
        (datetime(2026, 11, 20, 14, 5, tzinfo=UTC), "2026-11-20T14:05:00Z"),
        (date(2026, 11, 20), "2026-11-20"),
        ({"unit": ID, 2: (1, None)}, {"unit": str(ID), "2": [1, None]}),
        (Size(width=3), {"width": 3}),
        ({"b", "a"}, ["a", "b"]),
        (frozenset({OTHER, ID}), sorted([str(ID), str(OTHER)])),
        ([ID, "x"], [str(ID), "x"]),
        ((1, 2), [1, 2]),
        (b"\x00\xff", "00ff"),
        (memoryview(b"\x01"), "01"),
    ],
)
def test_values_become_plain(value: object, as_json: object) -> None:
    found = plain(value)
    assert found == as_json
    assert type(found) is type(as_json)


def test_a_lazy_text_becomes_the_text() -> None:
    with override("en"):
        assert plain(_("Units")) == "Units"


def test_the_canonical_text_is_one() -> None:
    assert canonical({"b": {"z": 1, "a": [2]}, "a": "Huế"}) == '{"a":"Huế","b":{"a":[2],"z":1}}'


def test_an_outline_has_a_gap_wherever_it_tells_of_one_case() -> None:
    assert Told.outline() == "… (…): …"


def test_what_renews_the_fields_of_a_version_is_found_and_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_renewals", {})

    def named(sets: facts.Sets) -> facts.Sets:
        return {"title": sets["name"]}

    def counted(sets: facts.Sets) -> facts.Sets:
        return {**sets, "count": 0}

    assert facts.renews("test.told", 1)(named) is named
    assert facts.renews("test.told", 2)(counted) is counted
    assert facts.renewed("test.told", 1, {"name": "x"}) == (3, {"title": "x", "count": 0})
    assert facts.renewed("test.told", 3, {"title": "x"}) == (3, {"title": "x"})
    assert facts.renewed("test.other", 1, {"name": "x"}) == (1, {"name": "x"})
