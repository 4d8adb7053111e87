"""The restraint: nothing describes a person outside the two tables that may.

Looks at the columns of every model, at the fields of every fact, at what forms and pages ask for and at what
scripts carry. The closed lists of subjects and relations must equal the ones reviewed here, so that adding one
means changing this file too.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, Model

from checks.finding import ROOT, Finding
from checks.sources import files, python, words
from thammuu.journal.facts import Fact, registered
from thammuu.journal.subjects import Relation, Subject

MAY_DESCRIBE = frozenset(("org.Account", "watch.ReporterContact"))
"""The accounts of officers, and the contact of whoever reported an incident."""

MAY_NAME_AN_ACCOUNT: Mapping[str, str] = {
    "org.Holding": "who held a post is a dated fact",
    "org.Factor": "a second factor opens one account",
    "org.SignInSession": "its officer must find and end it",
    "org.EmergencyOpening": "only the officer who opened reads by it, and answers for it",
    "org.SignInIdentity": "the provider's word for it opens this account",
    "org.ApiToken": "whoever holds it acts for this account's post, and its officer must find and revoke it",
    "directives.UrgingBrowser": "its officer sees and takes off his own, and what that account may see is sent to it",
    "journal.Entry": "who wrote an entry is part of it",
    "journal.Submission": "a submission's number is unique per account",
}

REVIEWED_SUBJECTS = words(
    "unit unit_spell unit_succession post holding account factor session sign_in_identity api_token address_block "
    "grant delegation substitution emergency_opening "
    "event site drawing boundary log_entry incident incident_change reporter_contact "
    "order order_addressee order_link "
    "decision assignment "
    "assignment_change guidance extension_request "
    "document document_section document_version document_change document_comment document_signature document_type "
    "document_template "
    "number_series unit_symbol "
    "inspection inspection_change inspection_sheet finding finding_statement checklist "
    "incoming_document incoming_text clause_measure "
    "progress evidence urging_policy urging urging_address urging_browser urging_delivery "
    "attachment alert notice inbound_file redaction installation"
)
REVIEWED_RELATIONS = words(
    "arises_from concerns evidence_for assigned_to supported_by watched_by references supersedes attached_to "
    "answered_by"
)

_WORDS = words(
    "person people citizen suspect offender victim witness complainant informant patient caller reporter visitor "
    "surname nickname alias birthday birthdate birthplace dob age gender sex ethnicity religion nationality passport "
    "cccd cmnd phone telephone mobile email fingerprint face biometric iris dna plate hometown spouse relative"
)
_PHRASES = words(
    "full_name first_name last_name given_name family_name middle_name date_of_birth year_of_birth place_of_birth "
    "identity_number identity_card id_number id_card license_plate number_plate home_address marital_status "
    "criminal_record social_account ho_ten ngay_sinh que_quan so_dien_thoai bien_so"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ASKING = words("forms.Form forms.ModelForm Form ModelForm Schema BaseModel")
_INPUT = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([\w-]+)\"", re.I)
_PROPERTY = re.compile(r"(?<![\w\"'`.-])([a-z][A-Za-z0-9_]*)\??:\s")


def describes_a_person(name: str) -> bool:
    """Say whether a field's name, snake_case or camelCase, is one that describes a person."""
    snake = _CAMEL.sub("_", name).replace("-", "_").lower()
    words = snake.split("_")
    return not _WORDS.isdisjoint(words) or any(f"_{phrase}_" in f"_{snake}_" for phrase in _PHRASES)


def check(root: Path = ROOT) -> list[Finding]:
    models = [model for model in apps.get_models() if model.__module__.startswith("thammuu.")]
    return [
        *columns(models),
        *fact_fields(registered().values()),
        *closed_list("Subject", {str(subject) for subject in Subject}, REVIEWED_SUBJECTS),
        *closed_list("Relation", {str(relation) for relation in Relation}, REVIEWED_RELATIONS),
        *asked_for(root),
        *form_fields(root),
    ]


def columns(models: Iterable[type[Model]]) -> Iterator[Finding]:
    for model in models:
        label = model._meta.label
        if label in MAY_DESCRIBE:
            continue
        for field in model._meta.concrete_fields:
            if describes_a_person(field.name):
                yield Finding(label, 0, f"the column {field.name} describes a person")
            target = field.related_model if isinstance(field, ForeignKey) else None
            if target is None or isinstance(target, str) or label in MAY_NAME_AN_ACCOUNT:
                continue
            if target._meta.label in MAY_DESCRIBE:
                yield Finding(label, 0, f"{field.name} leads to a person ({target._meta.label})")


def fact_fields(facts: Iterable[type[Fact]]) -> Iterator[Finding]:
    for fact in facts:
        for name in fact.model_fields:
            if describes_a_person(name) and fact.subject is not Subject.ACCOUNT:
                yield Finding(fact.__qualname__, 0, f"the field {name} describes a person")


def closed_list(name: str, found: Iterable[str], reviewed: Iterable[str]) -> Iterator[Finding]:
    where = "src/thammuu/journal/subjects.py"
    for value in sorted(set(found) ^ set(reviewed)):
        yield Finding(where, 0, f"{name}: “{value}” is not in both the code and the reviewed list")


def asked_for(root: Path) -> Iterator[Finding]:
    """What pages ask for by name, and what scripts carry as properties."""
    for path in files(root, ".html", ".ts", under="src"):
        pattern = _INPUT if path.suffix == ".html" else _PROPERTY
        source = path.read_text(encoding="utf-8")
        for match in pattern.finditer(source):
            if describes_a_person(match[1]):
                line = source.count("\n", 0, match.start()) + 1
                yield Finding(path.relative_to(root).as_posix(), line, f"“{match[1]}” describes a person")


def form_fields(root: Path) -> Iterator[Finding]:
    """The fields of Django forms and of interface schemas, read from the source."""
    for name, tree in python(root):
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or _ASKING.isdisjoint(map(ast.unparse, node.bases)):
                continue
            for statement in node.body:
                targets: list[ast.expr] = []
                if isinstance(statement, ast.AnnAssign):
                    targets = [statement.target]
                elif isinstance(statement, ast.Assign):
                    targets = statement.targets
                for target in targets:
                    if isinstance(target, ast.Name) and target.id.islower() and describes_a_person(target.id):
                        yield Finding(name, statement.lineno, f"{node.name}.{target.id} describes a person")
