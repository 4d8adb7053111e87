"""A real file system of its own, small enough to be filled: a tmpfs in a mount namespace that ends with its process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WAYS = (
    ("unshare", "--mount"),  # as root
    ("unshare", "--user", "--map-current-user", "--keep-caps", "--mount"),
)


def way_to_mount(folder: Path) -> tuple[str, ...] | None:
    """Return the command prefix under which this machine lets us mount a tmpfs, None if it never does."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return None
    for way in WAYS:
        tried = [*way, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
        if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
            return way
    return None


def run_on_small_disk(
    way: tuple[str, ...], folder: Path, mebibytes: int, command: list[str]
) -> subprocess.CompletedProcess[str]:
    """Run the command while `folder` is a file system of that size."""
    mount = f'mount -t tmpfs -o size={mebibytes}m,mode=0755 tmpfs "$0" && exec "$@"'
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "THAMMUU_"))}
    root = Path(__file__).resolve().parents[2]
    environment = {**kept, "PYTHONPATH": f"{root / 'src'}:{root}", "THAMMUU_LANGUAGE": "en"}
    whole = [*way, "sh", "-c", mount, str(folder), *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, check=False)
