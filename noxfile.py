"""
What takes longer than a change should wait.

``nox`` tests every Python and the lowest stated dependencies; ``nox --list`` has the rest.
"""

import tomllib
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["test", "lowest"]

PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]


@nox.session(python=["3.11", "3.12", "3.13"])
def test(session: nox.Session) -> None:
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    # What is needed at run time only: old test tools would test themselves.
    needed = [one.replace(">=", "==") for one in PROJECT["dependencies"]]
    session.install("-e", ".[test]", *needed)
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session
def shuffled(session: nox.Session) -> None:
    session.install("-e", ".[test]")
    # Seeds are stated, so that a run that fails can be had again.
    for seed in session.posargs or ("1", "2", "3"):
        session.run(
            "python",
            "-m",
            "pytest",
            "-q",
            "--random-order-bucket=global",
            f"--random-order-seed={seed}",
        )


@nox.session
def coverage(session: nox.Session) -> None:
    session.install("-e", ".[test]", "coverage>=7.10")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")
