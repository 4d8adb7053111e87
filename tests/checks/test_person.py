"""Fields about work pass; a column, fact, relation, form field or script that describes a person is caught."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import models

from checks.person import (
    asked_for,
    check,
    closed_list,
    columns,
    describes_a_person,
    fact_fields,
    form_fields,
)
from thammuu.journal.facts import Fact
from thammuu.journal.subjects import Subject

Write = Callable[[str, str], Path]


class Vehicle(models.Model):
    title = models.TextField()
    unit = models.ForeignKey("org.Unit", models.PROTECT)

    class Meta:
        app_label = "specimens"


class Suspicion(models.Model):
    full_name = models.TextField()
    held_by = models.ForeignKey("org.Account", models.PROTECT)

    class Meta:
        app_label = "specimens"


class CallerNoted(Fact):
    caller_phone: str
    sentence = "Caller noted"
    subject: ClassVar[Subject] = Subject.INCIDENT


@pytest.mark.parametrize("name", ["title", "place_text", "casualties", "post_label", "surface", "imagery", "phased"])
def test_good_names_describe_no_person(name: str) -> None:
    assert not describes_a_person(name)


@pytest.mark.parametrize("name", ["suspect", "dateOfBirth", "victim_count_names", "so_dien_thoai", "licensePlate"])
def test_bad_names_describe_a_person(name: str) -> None:
    assert describes_a_person(name)


def test_good_product_holds_no_file_on_anyone() -> None:
    assert check() == []


def test_good_columns_pass() -> None:
    assert list(columns([Vehicle])) == []


def test_bad_columns_and_relations_are_caught() -> None:
    assert [finding.message.split()[0] for finding in columns([Suspicion])] == ["the", "held_by"]


def test_bad_facts_are_caught() -> None:
    assert [finding.path for finding in fact_fields([CallerNoted])] == ["CallerNoted"]


def test_bad_subjects_are_caught_on_either_side() -> None:
    assert list(closed_list("Subject", {"unit"}, {"unit"})) == []
    assert len(list(closed_list("Subject", {"unit", "person"}, {"unit", "post"}))) == 2


def test_bad_pages_scripts_and_forms_are_caught(write: Write) -> None:
    root = write("src/thammuu/watch/templates/a.html", '<input name="title">\n<input name="victim_name">')
    write("src/thammuu/ui/a.ts", "interface Row {\n  title: string\n  birthDate: string\n}")
    write("src/thammuu/watch/forms.py", "class F(forms.Form):\n    title = x\n    passport = x\n")
    assert [finding.line for finding in asked_for(root)] == [2]
    assert [finding.line for finding in form_fields(root)] == [3]


def test_good_forms_pass(write: Write) -> None:
    assert list(form_fields(write("src/thammuu/ui/rows.py", "class Item(NamedTuple):\n    phone: bool\n"))) == []
