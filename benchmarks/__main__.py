"""Run one benchmark: `python -m benchmarks search --entries 100000`. Prints one line of JSON; exit code 1 if unmet.

A benchmark is a module of this package with `run(arguments) -> dict`, which returns the figures, the reference measured
in the same run, their ratio, the goal and whether it was met.
"""

import importlib
import json
import pkgutil
import sys

import benchmarks

KEYS = ("name", "figures", "reference", "ratio", "goal", "met")


def main(arguments: list[str]) -> int:
    """Run what the first argument names, with the others."""
    names = sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__) if not found.name.startswith("_"))
    if not arguments or arguments[0] not in names:
        sys.stderr.write(f"Usage: python -m benchmarks {'|'.join(names)} [options]\n")
        return 2
    result = importlib.import_module(f"benchmarks.{arguments[0]}").run(arguments[1:])
    line = {"name": arguments[0], **result}
    sys.stdout.write(json.dumps({key: line[key] for key in KEYS}) + "\n")
    return 0 if line["met"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
