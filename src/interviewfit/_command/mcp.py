"""The command ``mcp``: the answers as tools for an agent."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command: none."""


def run(_: argparse.Namespace) -> int:
    """Serve the tools until standard input ends, and return the exit status.

    Raises:
        MissingPackageError: If the extra ``agent`` is not installed.
    """
    from interviewfit.extra.agent import serve

    serve()
    return 0
