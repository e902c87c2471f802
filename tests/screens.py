"""What stands on a terminal of 80 columns and 24 lines, as somebody would see it."""

import errno
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from select import select
from typing import NamedTuple
from unicodedata import east_asian_width

COLUMNS, LINES = 80, 24
_PAINT = re.compile(r"\x1b\[[0-9;]*m")


class Screen(NamedTuple):
    """What was written on a terminal, without its colours, and how it ended."""

    status: int
    text: str
    raw: str

    @property
    def lines(self) -> list[str]:
        """The lines, without the spaces at their ends."""
        return [line.rstrip() for line in self.text.splitlines()]

    def widest(self) -> int:
        """Columns of the longest line."""
        return max(
            (
                sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line)
                for line in self.lines
            ),
            default=0,
        )


def on_terminal(
    *words: str,
    typed: Sequence[str] = (),
    folder: Path | None = None,
    **environment: str,
) -> Screen:
    """Run ``interviewfit`` on a terminal of 80 columns and 24 lines.

    Args:
        words: What follows the name of the program.
        typed: What somebody types; each is sent when nothing more is printed.
        folder: Where it runs.
        environment: Variables beside those of this process.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COLUMNS", "LINES", "NO_COLOR", "PYTHONUTF8"}
    }
    with subprocess.Popen(
        [sys.executable, "-m", "interviewfit", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**kept, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
        start_new_session=True,
    ) as run:
        os.close(theirs)
        written, waiting = bytearray(), list(typed)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if select([ours], [], [], 0.05)[0]:
                try:
                    piece = os.read(ours, 1 << 16)
                except OSError as error:  # Linux says so at the end of a terminal.
                    if error.errno != errno.EIO:
                        raise
                    break
                if not piece:
                    break
                written += piece
            elif waiting and written.rstrip(b" ").endswith(b">"):
                os.write(ours, waiting.pop(0).encode())
                written += b"\n"
        status = run.wait()
    os.close(ours)
    raw = written.decode("utf-8", "replace").replace("\r\n", "\n")
    return Screen(status, _PAINT.sub("", raw), raw)
