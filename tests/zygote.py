"""A process that has imported the package, and forks for each command it is given.

``screens.on_terminal(..., shared=True)`` asks it, because a new Python takes most of
its time to import. Requests and statuses are lines of JSON.
"""

import importlib
import io
import json
import os
import pkgutil
import sys
from contextlib import suppress
from typing import Any, NoReturn


def stream(number: int, mode: str, errors: str) -> io.TextIOWrapper:
    """A standard stream as Python opens it on a terminal."""
    raw = open(number, f"{mode}b", closefd=False)  # noqa: SIM115  # until the end
    return io.TextIOWrapper(raw, "utf-8", errors, line_buffering=mode == "w")


def child(asked: dict[str, Any]) -> NoReturn:
    """Run one command as ``python -m interviewfit`` would."""
    status: object = 1
    try:
        os.setsid()
        terminal = os.open(asked["terminal"], os.O_RDWR)
        for number in range(3):
            os.dup2(terminal, number)
        os.close(terminal)
        sys.stdin = stream(0, "r", "strict")
        sys.stdout = stream(1, "w", "strict")
        sys.stderr = stream(2, "w", "backslashreplace")
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"] or ".")
        command = importlib.import_module("interviewfit.__main__")
        sys.argv = [str(command.__file__), *asked["words"]]
        sys.orig_argv = [sys.executable, "-m", "interviewfit", *asked["words"]]
        try:
            status = command.main()
        except SystemExit as ended:
            status = ended.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status if isinstance(status, int) else 1)


def serve() -> None:
    """Answer each request by the status of its command."""
    package = importlib.import_module("interviewfit")
    for found in pkgutil.walk_packages(package.__path__, "interviewfit."):
        if ".extra" not in found.name:
            importlib.import_module(found.name)
    with suppress(ImportError):
        for name in ("console", "table", "panel", "text", "box", "markup"):
            importlib.import_module(f"rich.{name}")
    for line in sys.stdin:
        number = os.fork()
        if not number:
            child(json.loads(line))
        _, ended = os.waitpid(number, 0)
        sys.stdout.write(f"{json.dumps(os.waitstatus_to_exitcode(ended))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
