"""The command ``example``: a file to start your own from."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command: none."""


def run(options: argparse.Namespace) -> int:
    """Print the example, and return the exit status."""
    from interviewfit._command.files import example_text
    from interviewfit._command.hints import typed
    from interviewfit._command.screen import write_data

    write_data(example_text(), f"{typed(options, 'example')} > my.json")
    return 0
