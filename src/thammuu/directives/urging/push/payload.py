"""What a browser is sent: the words of one notification and the page that it leads to, in 3,000 bytes at most."""

import orjson
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thammuu.directives.urging.deliveries import Line, Message

MOST = 3000
"""Push services take 4,096 bytes, and the encryption adds some hundred."""
MOST_LINES = 50
LONGEST = 120


def payload_of(message: Message) -> bytes:
    """Return the notification in the message's language; lines for which there is no room are counted."""
    with translation.override(message.language):
        for count in range(min(len(message.lines), MOST_LINES), 0, -1):
            found = _written(message, count)
            if len(found) <= MOST:
                return found
        return _written(message, 0)


def _written(message: Message, count: int) -> bytes:
    pages = {line.assignment for line in message.lines}
    title = ngettext("Urging: {count} assignment ({unit})", "Urging: {count} assignments ({unit})", len(pages))
    lines = [_said(line) for line in message.lines[:count]]
    if more := len(message.lines) - count:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return orjson.dumps(
        {
            "id": message.id,
            "title": title.format(count=len(pages), unit=_short(message.unit)),
            "body": "\n".join(lines),
            "page": f"/assignments/{pages.pop()}/" if len(pages) == 1 else "/",
            "language": message.language,
        }
    )


def _said(line: Line) -> str:
    title = _short(line.title) if line.title else _("an assignment that only its own page shows")
    return f"{title}: {line.why}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
