"""What every page shows around its content. Upper packages provide what this one cannot know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.actor import REAL
from thammuu.ui import navigation

THEMES: dict[str, Promise] = {"light": _("Light"), "dim": _("Dim"), "night": _("Night map")}
THEME_COOKIE = "thammuu_theme"
Name = Literal[
    "centre", "world", "stream_position", "account_url", "messages_url", "sign_out_url", "idle_minutes", "warning"
]
Provider = Callable[[HttpRequest], str]
_PROVIDERS: dict[str, Provider] = {}


@dataclass(frozen=True, slots=True)
class World:
    """The stripe of a world that is not the real one."""

    kind: Literal["exercise", "test"]
    name: str


def provide(name: Name, provider: Provider) -> None:
    """Let an upper package answer, for each page: `centre` (the command centre's name), `world` ("real",
    "exercise:<name>", "test:<name>"; default: the actor's), `stream_position` ("<epoch>.<position>" as read at the
    start of the page; "" for a page without live parts) `account_url` (the page
    of one's own account), `messages_url` (where one says which browsers receive messages), `sign_out_url` (where the
    sign-out button posts) `idle_minutes` (after how long without a key or a touch the page is covered; "" for never)
    and `warning` (what concerns every page just now; "" if nothing does)."""
    _PROVIDERS[name] = provider


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind `ui/base.html`."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "actor": getattr(request, "actor", None),
        "centre": _provided("centre", request) or _("Command information centre"),
        "world": SimpleLazyObject(lambda: world_of(request)),
        "stream_position": SimpleLazyObject(lambda: _provided("stream_position", request)),
        "account_url": _provided("account_url", request),
        "messages_url": _provided("messages_url", request),
        "sign_out_url": _provided("sign_out_url", request),
        "idle_minutes": _provided("idle_minutes", request),
        "warning": SimpleLazyObject(lambda: _provided("warning", request)),
        "nav": SimpleLazyObject(lambda: navigation.items(request)),
        "theme": theme_of(request),
        "themes": THEMES.items(),
        "language": language,
        "languages": settings.LANGUAGES,
        "notes": SimpleLazyObject(lambda: list(get_messages(request))),
    }


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme: `light`, `dim` or `night`."""
    chosen = request.COOKIES.get(THEME_COOKIE, "light")
    return chosen if chosen in THEMES else "light"


def world_of(request: HttpRequest) -> World | None:
    """Return the exercise or test the page shows; None for the real world."""
    actor = getattr(request, "actor", None)
    value = _provided("world", request) or (actor.scope.world if actor else REAL)
    if value == REAL:
        return None
    kind, _colon, name = value.partition(":")
    return World("test" if kind == "test" else "exercise", name)


def _provided(name: Name, request: HttpRequest) -> str:
    provider = _PROVIDERS.get(name)
    return provider(request) if provider else ""
