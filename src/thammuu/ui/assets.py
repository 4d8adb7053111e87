"""Addresses of the built front end: Vite's manifest names the hashed files."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.templatetags.static import static

HOME = Path(__file__).parent
DIST = HOME / "static" / "ui" / "dist"
FONTS = (
    "be-vietnam-pro-vietnamese-400-normal.woff2",
    "be-vietnam-pro-latin-400-normal.woff2",
    "figtree-latin-400-normal.woff2",
)
ENTRIES = {"app": "src/app.ts", "sprite": "sprite.svg"}
WORKER = "src/push-worker.ts"


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """Return Vite's manifest; empty where the front end has not been built."""
    try:
        entries: dict[str, dict[str, Any]] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return entries


@cache
def script_url(entry: str) -> str:
    """Return the address of an entry's script (or of the sprite)."""
    return _address(manifest().get(ENTRIES[entry], {}).get("file", f"{entry}.js"))


@cache
def worker_script() -> bytes:
    """Return the script that receives what is pushed; empty where the front end has not been built."""
    file = manifest().get(WORKER, {}).get("file")
    return (DIST / file).read_bytes() if file else b""


@cache
def style_urls(entry: str) -> tuple[str, ...]:
    """Return the addresses of an entry's style sheets."""
    return tuple(_address(name) for name in manifest().get(ENTRIES[entry], {}).get("css", ()))


@cache
def font_urls() -> tuple[str, ...]:
    """Return the font files that every page needs first."""
    files = {Path(name).name: item["file"] for name, item in manifest().items()}
    return tuple(_address(files[name]) for name in FONTS if name in files)


@cache
def icon_names() -> frozenset[str]:
    """Return the icons of the sprite, as listed in `icons.json`."""
    return frozenset(json.loads((HOME / "icons.json").read_text("utf-8")))


def check_front_end(app_configs: object, **_: object) -> list[CheckMessage]:
    """Warn where the front end has not been built: pages would come without their styles."""
    if manifest():
        return []
    return [
        Warning(
            "The front end has not been built.",
            hint="Run `npm ci && npm run build` in src/thammuu/ui/frontend.",
            id="ui.W001",
        )
    ]


def _address(name: str) -> str:
    return static(f"ui/dist/{name}")
