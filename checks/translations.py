"""Vietnamese catalogues are complete: `python -m checks.translations [--update [package] | --compile]`.

English is the language of the message ids, so it is complete by construction. Each package that names
a message keeps its Vietnamese in `locale/vi/LC_MESSAGES/django.po`: sorted, without line numbers, so that
two people rarely touch the same line. A plain run fails on a missing, empty, fuzzy or obsolete translation,
on placeholders that differ, and on one message translated in two ways.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Translation
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from checks.finding import ROOT, Finding
from checks.messages import Message, messages_in

SOURCE = ROOT / "src" / "thammuu"
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}|%\(\w+\)[a-z]|%[sd]")


def packages(source: Path) -> list[Path]:
    return sorted(path.parent for path in source.glob("*/__init__.py"))


def wanted(package: Path) -> set[Message]:
    """The messages that the package's Python files and templates name."""
    files = [*package.rglob("*.py"), *(path for path in package.glob("templates/**/*") if path.is_file())]
    found = {message for path in files for message in messages_in(path)}
    pluralised = {(message.id, message.context) for message in found if message.plural}
    return {message for message in found if message.plural or (message.id, message.context) not in pluralised}


def catalogue(package: Path) -> Catalog:
    path = package / CATALOGUE
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def check(source: Path = SOURCE) -> list[Finding]:
    findings: list[Finding] = []
    meanings: dict[tuple[str, str], tuple[str, str]] = {}
    for package in packages(source):
        path = (package / CATALOGUE).relative_to(source.parent).as_posix()
        known = catalogue(package)
        messages = wanted(package)
        for message in sorted(messages):
            translation = known.get(message.id, message.context or None)
            for fault in _faults(message, translation):
                findings.append(Finding(path, 0, f"{fault}: {message.id!r}"))
            if translation is None:
                continue
            text = "".join(_forms(translation))
            first_path, first = meanings.setdefault((message.id, message.context), (path, text))
            if text and first and text != first:
                findings.append(Finding(path, 0, f"translated otherwise in {first_path}: {message.id!r}"))
        for obsolete in sorted(_keys(known) - {(m.id, m.context) for m in messages}):
            findings.append(Finding(path, 0, f"no longer used: {obsolete[0]!r}"))
    return findings


def _keys(known: Catalog) -> set[tuple[str, str]]:
    return {(_first(message), message.context or "") for message in known if message.id}


def _first(message: Translation) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def _forms(translation: Translation) -> tuple[str, ...]:
    text = translation.string
    return tuple(text) if isinstance(text, (tuple, list)) else (text or "",)


def _faults(message: Message, translation: Translation | None) -> Iterator[str]:
    if translation is None:
        yield "not in the catalogue"
        return
    if translation.fuzzy:
        yield "fuzzy"
    if isinstance(translation.id, (tuple, list)) != bool(message.plural):
        yield "plural in one place only"
    for text in _forms(translation):
        if not text:
            yield "not translated"
        elif placeholders(text) != placeholders(message.plural or message.id):
            yield "placeholders differ"


def placeholders(text: str) -> list[str]:
    """What the caller fills in, `{name}` or `%(name)s`, sorted; a doubled brace or per cent is none."""
    plain = text.replace("%%", "").replace("{{", "").replace("}}", "")
    return sorted({match[1] or match[0] for match in _PLACEHOLDER.finditer(plain)})


def update(names: Iterable[str] = (), source: Path = SOURCE) -> None:
    """Bring the catalogues up to what the source names; translations made anywhere are kept and offered."""
    every = {package.name: catalogue(package) for package in packages(source)}
    for package in packages(source):
        if names and package.name not in names:
            continue
        fresh = Catalog(locale="vi")
        for message in sorted(wanted(package)):
            ids = (message.id, message.plural) if message.plural else message.id
            old = _known(message, every[package.name], every.values())
            text = _fitting(message, _forms(old) if old else ())
            flags = {flag for flag in old.flags if flag == "fuzzy"} if old else set()
            fresh.add(ids, text, context=message.context or None, flags=flags)
        path = package / CATALOGUE
        if len(fresh):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(fresh))
        elif path.exists():
            path.unlink()


def _known(message: Message, own: Catalog, every: Iterable[Catalog]) -> Translation | None:
    for known in (own, *every):
        found = known.get(message.id, message.context or None)
        if found is not None and any(_forms(found)):
            return found
    return None


def _fitting(message: Message, forms: tuple[str, ...]) -> str | tuple[str, ...]:
    first = forms[0] if forms else ""
    return (first,) if message.plural else first


def _written(fresh: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, fresh, width=0, sort_output=True, no_location=True, omit_header=True)
    return _HEADER.encode() + body.getvalue().strip() + b"\n"


def compile_catalogues(source: Path = SOURCE) -> int:
    """Write each `.mo` beside its `.po`; returns how many were written."""
    written = 0
    for path in sorted(source.glob(f"*/{CATALOGUE}")):
        with path.open("rb") as file:
            known = read_po(file, locale="vi", abort_invalid=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, known)
        written += 1
    return written


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--update"]:
        update(arguments[1:])
        return 0
    if arguments == ["--compile"]:
        print(f"{compile_catalogues()} catalogues compiled")
        return 0
    findings = check()
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
