"""What stands on a terminal of 80 columns and 24 lines, as somebody would see it."""

import errno
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from select import select
from typing import Any, NamedTuple
from unicodedata import east_asian_width

COLUMNS, LINES = 80, 24
_PAINT = re.compile(r"\x1b\[[0-9;]*m")
_OVERWRITTEN = re.compile(r"[^\n]*\r")


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
    shared: bool = False,
    **environment: str,
) -> Screen:
    """Run ``interviewfit`` on a terminal of 80 columns and 24 lines.

    Args:
        words: What follows the name of the program.
        typed: What somebody types; each is sent when nothing more is printed.
        folder: Where it runs.
        shared: Whether it is forked from a process that has imported it, which takes a
            tenth of the time, and nothing can be typed.
        environment: Variables beside those of this process.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COLUMNS", "LINES", "NO_COLOR", "PYTHONUTF8"}
    }
    kept |= {"TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment}
    if shared:
        return _forked(words, folder, kept, ours, theirs)
    with subprocess.Popen(
        [sys.executable, "-m", "interviewfit", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=kept,
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
    return _screen(status, bytes(written))


def _screen(status: int, written: bytes) -> Screen:
    """What was written, as somebody sees it."""
    raw = written.decode("utf-8", "replace").replace("\r\n", "\n")
    # A line that is written over, as by a bar of progress, is seen no more.
    return Screen(status, _OVERWRITTEN.sub("", _PAINT.sub("", raw)), raw)


@cache
def _zygote() -> subprocess.Popen[bytes]:
    """The process that forks, started once for each process of tests."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("zygote.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _forked(
    words: Sequence[str],
    folder: Path | None,
    environment: Mapping[str, str],
    ours: int,
    theirs: int,
) -> Screen:
    """Run a command in a fork, on a terminal of which both ends are open."""
    zygote = _zygote()
    assert zygote.stdin
    assert zygote.stdout
    asked = {
        "words": words,
        "folder": str(folder) if folder else None,
        "environment": dict(environment),
        "terminal": os.ttyname(theirs),
    }
    zygote.stdin.write(json.dumps(asked).encode() + b"\n")
    zygote.stdin.flush()
    written, status = bytearray(), None
    while True:
        # What a command has written is there once it has ended.
        both: list[Any] = [ours, zygote.stdout]
        ready = select(both, [], [], 0.0 if status else 60.0)[0]
        if ours in ready:
            written += os.read(ours, 1 << 16)
        elif status or not ready:
            break
        else:
            status = zygote.stdout.readline()
    os.close(theirs)
    os.close(ours)
    assert status, "it does not end"
    return _screen(int(status), bytes(written))
