"""The command ``stackaudit``, also as ``python -m stackaudit``."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from stackaudit import __version__

HELP = ("-h", "--help", "help")
VERSION = ("-V", "--version", "version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code.

    0 done · 1 findings at or above ``--fail-on`` · 2 usage or environment · 3 the inventory is
    invalid · 4 a check or the program failed · 130 interrupted.

    The two commands people and package managers run most are answered before anything is imported.
    """
    if arguments is None:
        # One short run makes no garbage worth collecting, and collecting costs a quarter of it.
        gc.disable()
        # Looking for plug-ins of pydantic costs as much as `--help` does, and none is wanted here.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if len(given) == 1 and given[0] in VERSION:
            print(f"stackaudit {__version__}")
            return 0
        if not given or (len(given) == 1 and given[0] in HELP):
            from stackaudit.cli.usage import overview

            print(overview())
            return 0
        from stackaudit.cli.app import run

        return run(given)
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (`| head`) went away: no fault of anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
