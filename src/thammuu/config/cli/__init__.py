"""The `thammuu` command."""

import sys

from thammuu.config.cli.output import CANNOT_START, refuse
from thammuu.config.supervisor.refusals import CannotStart


def main() -> None:
    """Run the command; a refused start is one sentence and exit code 3."""
    from thammuu.config.cli.app import app

    try:
        app()
    except CannotStart as refused:
        refuse(str(refused))
        sys.exit(CANNOT_START)
    except KeyboardInterrupt:
        sys.exit(130)
