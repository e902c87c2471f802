"""
The command line under watch: run as ``python tests/watched.py`` with a search to read.

Python reports what a program does to the world outside (PEP 578), so one sees it done,
by us or by what we use. Reading is allowed. Each thing done stands on standard error.
"""

import sys

import numpy as np

from interviewfit.__main__ import main

FAMILIES = {
    "ctypes",
    "ftplib",
    "http",
    "pickle",
    "shutil",
    "smtplib",
    "socket",
    "sqlite3",
    "subprocess",
    "urllib",
    "webbrowser",
}
EVENTS = {
    "os.chmod",
    "os.exec",
    "os.fork",
    "os.mkdir",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.spawn",
    "os.system",
}
seen: list[str] = []


def watch(event: str, given: tuple[object, ...]) -> None:
    flags = given[2] if event == "open" else 0
    writes = isinstance(flags, int) and flags & 0b11
    if writes or event in EVENTS or event.partition(".")[0] in FAMILIES:
        seen.append(event)


if __name__ == "__main__":
    # NumPy opens its own libraries when it is imported, before the watch begins.
    assert np.__version__
    sys.addaudithook(watch)
    statuses = [
        main([]),
        main(["example"]),
        main(["plan", "-", "--json", "--budget", "9"]),
        main(["assess", "nowhere.json"]),
    ]
    sys.stderr.write(f"{statuses} {seen}\n")
