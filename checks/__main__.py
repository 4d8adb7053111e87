"""Runs the checks: `python -m checks [name …]`. Exit code 1 if any finds a fault."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

import django

from checks.finding import CHECKS, ROOT, Finding


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(CHECKS))
    if unknown:
        print(f"no such check: {', '.join(unknown)}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
    django.setup()
    faults = 0
    for name in names or CHECKS:
        check: Callable[[], list[Finding]] = import_module(f"checks.{name}").check
        findings = check()
        faults += len(findings)
        print(f"{name}: {f'{len(findings)} faults' if findings else 'sound'}")
        for finding in findings:
            print(f"  {finding}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
