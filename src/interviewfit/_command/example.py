"""The command ``example``: a file to start your own from."""

import argparse
import sys


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command: none."""


def run(_: argparse.Namespace) -> int:
    """Print the example, and return the exit status."""
    from interviewfit._command.files import example_text

    sys.stdout.write(example_text())
    return 0
