"""Completion of the command line in a shell; needs ``interviewfit[completion]``."""

import argparse

from interviewfit.errors import MissingPackageError


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell how a line could go on, and end; nothing if no shell asks.

    Args:
        parser: Of the whole command line.

    Raises:
        MissingPackageError: If argcomplete is not installed.
    """
    try:
        import argcomplete
    except ImportError:
        raise MissingPackageError("argcomplete", "completion") from None
    argcomplete.autocomplete(parser)
