"""``python -m app``: without arguments the window opens; with a verb the command line runs."""

from __future__ import annotations

import sys

from app.bootstrap import run


def main() -> int:
    """The entry point of the program."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
