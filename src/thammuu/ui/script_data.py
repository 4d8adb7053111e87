"""What the scripts of a page need: words in the page's language, the icons' address, the palette's pages."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thammuu.ui import assets
from thammuu.ui.navigation import Item

WORDS: dict[str, str | Promise] = {
    "now": _("now"),
    "minutes": _("{n} min"),
    "hours": _("{n} h"),
    "day": _("{n} day"),
    "days": _("{n} days"),
    "in": _("in {span}"),
    "hours_minutes": _("{h} h {m} min"),
    "days_hours": _("{d} d {h} h"),
    "clock_ahead": _("This device’s clock is {span} ahead; times are those of the server."),
    "clock_behind": _("This device’s clock is {span} behind; times are those of the server."),
    "live": _("Live"),
    "late": _("Late by {n} s"),
    "offline": _("Offline"),
    "connecting": _("Connecting"),
    "signed_out": _("Signed out"),
    "new": _("{n} new"),
    "close": _("Close"),
    "not_reached": _("The server did not answer. What you typed stays here; send it again."),
    "dismiss": _("Dismiss"),
    "palette": _("Find or do…"),
    "palette_none": _("Nothing found. Try other words."),
    "pages": _("Pages"),
    "actions": _("Actions"),
    "recent": _("Recently opened"),
    "objects": _("Found"),
    "shortcuts": _("Keyboard shortcuts"),
    "shortcuts_single": _("Single-key shortcuts"),
    "shortcuts_general": _("Everywhere"),
    "shortcut_palette": _("Find or do"),
    "shortcut_sheet": _("This sheet"),
    "shortcut_search": _("To the search or command field"),
    "shortcut_rows": _("Next or previous row"),
    "shortcut_new": _("Show the new rows"),
    "then": _("then"),
    "draft_restored": _("Your draft of {time} is restored."),
    "draft_discard": _("Discard the draft"),
    "outbox": _("{n} not yet sent"),
    "outbox_hint": _("Kept on this device; sent by itself once the server answers."),
    "outbox_refused": _("Not taken: {reason}"),
    "outbox_waiting": _("waits to be sent"),
    "outbox_discard": _("Discard"),
    "outbox_edit": _("Edit"),
    "session_over": _("You are signed out. Nothing typed is lost: sign in in a new tab, then continue here."),
    "sign_in": _("Sign in"),
    "stale": _("This page is out of date. Reload it when you are ready; what you typed is kept."),
    "reload": _("Reload"),
    "file_too_big": _("{name} is {size} MB; at most {limit} MB can be taken."),
    "file_kind": _("{name} is not a kind of file that can be taken."),
    "file_choose": _("Choose a file"),
    "files_choose": _("Choose files"),
    "file_remove": _("Remove {name}"),
    "map_sea": _("Biển Đông"),
    "map_hoang_sa": _("Hoàng Sa archipelago"),
    "map_truong_sa": _("Trường Sa archipelago"),
    "map_zoom_in": _("Zoom in"),
    "map_zoom_out": _("Zoom out"),
    "map_points": _("{n} in this place"),
    "map_failed": _("The map cannot be drawn on this device. The table below shows the same."),
    "map_draw_point": _("Point"),
    "map_draw_line": _("Line"),
    "map_draw_area": _("Area"),
    "map_draw_undo": _("Undo the last point"),
    "map_draw_clear": _("Start again"),
    "map_draw_hint": _("Click or press Enter to set a point at the cross; arrow keys move the map."),
    "map_label": _("Map. Its table holds the same."),
}


def script_data(nav: Iterable[Item]) -> dict[str, object]:
    """Return the content of the page's JSON block."""
    return {
        "now": timezone.now().isoformat(),
        "zone": timezone.get_current_timezone_name(),
        "sprite": assets.script_url("sprite"),
        "words": {key: str(word) for key, word in WORDS.items()},
        "nav": [
            {"label": str(item.label), "url": item.url, "icon": item.icon, "keys": item.keys, "page": item.rail}
            for item in nav
        ],
    }
