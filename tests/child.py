"""Python started anew, for what one process cannot show."""

import os
import subprocess
import sys
from typing import NamedTuple


class Finished(NamedTuple):
    """How it ended, and all it said."""

    status: int
    out: bytes
    err: bytes


def python(*arguments: str, text: str = "", **environment: str) -> Finished:
    """Run ``python`` with some arguments, *text* on its standard input."""
    done = subprocess.run(
        [sys.executable, *arguments],
        input=text.encode(),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)
