"""Translatable messages: where the source names them.

Python is read by Babel. Django templates are read with Django's own lexer, so that what is collected is what
Django looks up at run time (`%` doubled, `{{ name }}` as `%(name)s`, whitespace as `trimmed` makes it).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.template.base import Lexer, Token, TokenType
from django.utils.text import unescape_string_literal
from django.utils.translation import trim_whitespace

_PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
KEYWORDS: dict[str, object] = {
    **dict.fromkeys(_PLAIN, None),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_UNDERSCORE = re.compile(rf"(?<!\w)_\({_LITERAL}\)")
_LEADING_LITERAL = re.compile(_LITERAL)
_BLOCK_TAGS = ("blocktranslate", "blocktrans")
_TAGS = ("translate", "trans")


@dataclass(frozen=True, order=True)
class Message:
    """A message as gettext looks it up; `plural` and `context` are empty when there is none."""

    id: str
    plural: str = ""
    context: str = ""


def messages_in(path: Path) -> Iterator[Message]:
    """Every message named in one Python file or template."""
    if path.suffix == ".py":
        return python_messages(path)
    return template_messages(path.read_text(encoding="utf-8"))


def python_messages(path: Path) -> Iterator[Message]:
    with path.open("rb") as source:
        for _line, found, _comments, context in extract("python", source, keywords=KEYWORDS):  # type: ignore[arg-type]
            ids = found if isinstance(found, tuple) else (found,)
            if ids[0]:
                yield Message(ids[0], ids[1] if len(ids) > 1 else "", context or "")


def template_messages(source: str) -> Iterator[Message]:
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        yield from (Message(_literal(text)) for text in _UNDERSCORE.findall(token.contents))
        if token.token_type is TokenType.VAR:
            continue
        bits = token.split_contents()
        if bits[0] in _TAGS:
            yield from _translate_tag(bits)
        elif bits[0] in _BLOCK_TAGS:
            yield _block(bits, tokens)


def _translate_tag(bits: list[str]) -> Iterator[Message]:
    literal = _LEADING_LITERAL.match(bits[1])
    if literal:
        yield Message(_literal(literal[0]), context=_context(bits))


def _block(bits: list[str], tokens: Iterator[Token]) -> Message:
    forms: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            forms[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            forms[-1].append(f"%({token.contents})s")
        elif token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            forms.append([])
        elif token.token_type is TokenType.BLOCK:
            break
    texts = ["".join(form) for form in forms]
    if "trimmed" in bits:
        texts = [trim_whitespace(text) for text in texts]
    return Message(texts[0], texts[1] if len(texts) > 1 else "", _context(bits))


def _context(bits: list[str]) -> str:
    if "context" not in bits:
        return ""
    return unescape_string_literal(bits[bits.index("context") + 1])


def _literal(text: str) -> str:
    return unescape_string_literal(text).replace("%", "%%")
