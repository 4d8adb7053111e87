"""Turning HTTPS on in `thammuu.toml`, line by line, so that an operator's own remarks stay."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from thammuu.config.installation import FILE
from thammuu.config.supervisor.credentials import write_private

TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def write_transport(home: Path, hosts: Sequence[str]) -> bool:
    """Set `hosts` and `tls`; False, and nothing written, where the file would not say exactly that."""
    file = home / FILE
    text = file.read_text(encoding="utf-8")
    wanted = {**tomllib.loads(text), "hosts": list(hosts), "tls": "local"}
    for name in ("hosts", "tls"):
        text = _set(text, name, json.dumps(wanted[name], ensure_ascii=False))
    try:
        fits = tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        fits = False
    if fits:
        write_private(file, text)
    return fits


def _set(text: str, name: str, value: str) -> str:
    line = f"{name} = {value}"
    changed, times = re.subn(rf"^{name}\s*=.*$", lambda _match: line, text, count=1, flags=re.MULTILINE)
    if times:
        return changed
    table = TABLE.search(text)
    place = table.start() if table else len(text)
    return f"{text[:place].rstrip()}\n{line}\n{text[place:]}"
