"""The registry of pages and actions: the rail, the phone's bottom bar, the palette and the shortcuts sheet read it.

A package registers its pages in its `apps.ready()`:

    navigation.register("watch", _("Watch floor"), "watch:board", icon="radio-tower", order=20, keys="g w")
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Text = str | Promise
Shown = Callable[[HttpRequest], bool]
Count = Callable[[HttpRequest], int]


def signed_in(request: HttpRequest) -> bool:
    """Say whether an account has signed in: the default for a page's being shown."""
    return getattr(request, "actor", None) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A page (in the rail and the palette) or an action (in the palette only).

    `view` is a URL name; `keys` a shortcut of one key ("n") or two in a row ("g w"); `phone` puts
    it in the bottom bar, which has room for four; `shown` decides by request; `count` gives the number that waits.
    """

    name: str
    label: Text
    view: str
    icon: str
    order: int
    keys: str
    phone: bool
    rail: bool
    shown: Shown
    count: Count | None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as it stands on one page."""

    name: str
    label: Text
    url: str
    icon: str
    keys: str
    phone: bool
    rail: bool
    current: bool
    count: int


_ENTRIES: dict[str, Entry] = {}


def register(
    name: str,
    label: Text,
    view: str,
    *,
    icon: str,
    order: int,
    keys: str = "",
    phone: bool = False,
    shown: Shown = signed_in,
    count: Count | None = None,
) -> None:
    """Put a page into the rail and the palette. Registering a name again replaces it."""
    _ENTRIES[name] = Entry(name, label, view, icon, order, keys, phone, True, shown, count)


def register_action(
    name: str, label: Text, view: str, *, icon: str, order: int, keys: str = "", shown: Shown = signed_in
) -> None:
    """Put an action (the page of its form) into the palette and the shortcuts sheet."""
    _ENTRIES[name] = Entry(name, label, view, icon, order, keys, False, False, shown, None)


def items(request: HttpRequest) -> list[Item]:
    """Return what this request may see, in order. An entry whose address is not served is left out."""
    found: list[Item] = []
    for entry in sorted(_ENTRIES.values(), key=lambda each: (each.order, each.name)):
        try:
            url = reverse(entry.view)
        except NoReverseMatch:
            continue
        if entry.shown(request):
            found.append(_item(entry, url, request))
    _mark_current(found, request.path)
    return found


def _item(entry: Entry, url: str, request: HttpRequest) -> Item:
    count = entry.count(request) if entry.count else 0
    return Item(entry.name, entry.label, url, entry.icon, entry.keys, entry.phone, entry.rail, False, count)


def _mark_current(found: list[Item], path: str) -> None:
    """Mark the page whose address is the longest start of the request's path."""
    rail = [item for item in found if item.rail and _leads_to(item.url, path)]
    if rail:
        best = max(rail, key=lambda item: len(item.url))
        found[found.index(best)] = replace(best, current=True)


def _leads_to(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
