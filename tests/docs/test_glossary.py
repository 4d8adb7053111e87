"""The interface says what the glossary says."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from checks.finding import ROOT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.M)
TERMS = [(english, vietnamese) for english, vietnamese in ROW.findall((ROOT / "docs/glossary.md").read_text())][1:]
CATALOGUES = sorted((ROOT / "src").rglob("django.po"))


def test_terms_stand_in_order_and_once() -> None:
    words = [english for english, _vietnamese in TERMS]
    assert words == sorted(set(words))
    assert len(words) > 25


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_a_term_alone_is_translated_as_the_glossary_has_it(path: Path) -> None:
    glossary = {english.lower(): vietnamese.lower() for english, vietnamese in TERMS}
    with path.open("rb") as file:
        known = read_po(file, locale="vi")
    alone = {str(message.id).lower(): str(message.string).lower() for message in known if isinstance(message.id, str)}
    used = {term: alone[term] for term in glossary.keys() & alone.keys()}
    assert used == {term: glossary[term] for term in used}
