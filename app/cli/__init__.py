"""The command line: the same use cases as the windows, for coordinators, scripts and tests.

One file for each group of verbs; ``parser`` knows their options, ``terminal`` where words go and answers come from.
"""

from app.cli.entry import main

__all__ = ["main"]
