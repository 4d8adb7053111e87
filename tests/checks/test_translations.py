"""A complete catalogue passes; each way of being incomplete is named."""

import gettext
from pathlib import Path

import pytest

from checks.messages import Message, template_messages
from checks.translations import CATALOGUE, check, compile_catalogues, placeholders, update

PYTHON = 'from x import gettext as _, ngettext\n_("Duty log")\nngettext("{n} unit", "{n} units", 2)\n'
TEMPLATE = (
    '{% translate "Open" context "state" %}{{ a|default:_("None") }}'
    "{% blocktranslate trimmed with a=b %}\n  At {{ a }},\n  100%\n{% endblocktranslate %}"
)
TRANSLATED = {
    'msgid "Duty log"': "Nhật ký trực",
    'msgid "Open"': "Đang mở",
    'msgid "None"': "Không có",
    'msgid "At %(a)s, 100%%"': "Tại %(a)s, 100%%",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    package = tmp_path / "src" / "watch"
    (package / "templates" / "watch").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "web.py").write_text(PYTHON)
    (package / "templates" / "watch" / "page.html").write_text(TEMPLATE)
    update(source=tmp_path / "src")
    catalogue = package / CATALOGUE
    text = catalogue.read_text()
    for line, translation in TRANSLATED.items():
        text = text.replace(f'{line}\nmsgstr ""', f'{line}\nmsgstr "{translation}"')
    catalogue.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "{n} đơn vị"'))
    return tmp_path / "src"


def _edit(source: Path, old: str, new: str) -> list[str]:
    path = source / "watch" / CATALOGUE
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))
    return [finding.message for finding in check(source)]


def test_good_catalogue_passes(source: Path) -> None:
    assert check(source) == []


def test_update_keeps_translations_and_is_stable(source: Path) -> None:
    path = source / "watch" / CATALOGUE
    before = path.read_bytes()
    update(source=source)
    assert path.read_bytes() == before


def test_update_drops_what_is_no_longer_used_and_adds_what_is_new(source: Path) -> None:
    (source / "watch" / "web.py").write_text('_("Shift")\n')
    faults = sorted(finding.message for finding in check(source))
    assert faults == [
        "no longer used: 'Duty log'",
        "no longer used: '{n} unit'",
        "not in the catalogue: 'Shift'",
    ]
    update(source=source)
    assert [finding.message for finding in check(source)] == ["not translated: 'Shift'"]


def test_update_offers_a_translation_that_another_package_has(source: Path) -> None:
    (source / "desk").mkdir()
    (source / "desk" / "__init__.py").write_text('_("Duty log")\n')
    update(["desk"], source)
    assert check(source) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Nhật ký trực", "", "not translated: 'Duty log'"),
        ('msgid "Duty log"', '#, fuzzy\nmsgid "Duty log"', "fuzzy: 'Duty log'"),
        ("Tại %(a)s", "Tại %(b)s", "placeholders differ: 'At %(a)s, 100%%'"),
        ("{n} đơn vị", "{m} đơn vị", "placeholders differ: '{n} unit'"),
    ],
)
def test_bad_translation_is_named(source: Path, old: str, new: str, fault: str) -> None:
    assert _edit(source, old, new) == [fault]


def test_one_message_has_one_translation(source: Path) -> None:
    (source / "desk").mkdir()
    (source / "desk" / "__init__.py").write_text('_("Duty log")\n')
    update(["desk"], source)
    faults = _edit(source, "Nhật ký trực", "Sổ trực")
    assert faults == ["translated otherwise in src/desk/locale/vi/LC_MESSAGES/django.po: 'Duty log'"]


def test_compiled_catalogues_answer(source: Path) -> None:
    assert compile_catalogues(source) == 1
    with (source / "watch" / CATALOGUE).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Duty log") == "Nhật ký trực"
    assert compiled.ngettext("{n} unit", "{n} units", 5) == "{n} đơn vị"
    assert compiled.pgettext("state", "Open") == "Đang mở"


def test_templates_are_read_as_django_reads_them() -> None:
    source = (
        "{% blocktrans count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktrans %}"
        '{% trans "50%" %}{% if a == _("b") %}{% endif %}{% trans name %}{# _("no") #}'
    )
    assert list(template_messages(source)) == [
        Message("%(n)s row", "%(n)s rows"),
        Message("50%%"),
        Message("b"),
    ]


def test_placeholders_ignore_doubled_signs() -> None:
    assert placeholders("{a:>3} %(b)s %d %% {{c}}") == ["%(b)s", "%d", "a"]
