"""The command ``mcp``: the answers as tools for an agent."""

import argparse
import sys
from importlib.util import find_spec

from interviewfit._command.screen import say

_WAITING = (
    "Waiting for an agent, which starts this command and speaks to it on standard "
    "input. To end it, press Ctrl-D."
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command: none."""


def run(_: argparse.Namespace) -> int:
    """Serve the tools until standard input ends, and return the exit status.

    Raises:
        MissingPackageError: If the extra ``agent`` is not installed.
    """
    from interviewfit.extra.agent import serve

    # Where the package is missing, that is said, and nobody waits.
    if find_spec("mcp") and sys.stdin is not None and sys.stdin.isatty():
        say(_WAITING)
    serve()
    return 0
