"""
The test suite on every Python that the package supports: run ``nox``.
"""

import nox

nox.options.default_venv_backend = "venv"
# Those of whole clusters take minutes: `nox -s faults spark`.
nox.options.sessions = ["test", "frames"]


@nox.session(python=["3.11", "3.12", "3.13"])
def test(session: nox.Session) -> None:
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13"])
def frames(session: nox.Session) -> None:
    session.install("-e", ".[test,test-frames]")
    where = ("tests/frames", "docs/howto/data-frames.md")
    session.run("python", "-m", "pytest", "-q", *where, *session.posargs)


@nox.session(python="3.11")
def faults(session: nox.Session) -> None:
    session.install("-e", ".[test,test-frames,dask]")
    session.run("python", "-m", "pytest", "-q", "tests/faults", *session.posargs)


@nox.session(python="3.11")
def spark(session: nox.Session) -> None:
    # It needs Java, and an old enough pandas beside it.
    session.install("-e", ".[test,files]", "pyspark", "pandas<3")
    session.run("python", "-m", "pytest", "-q", "tests/spark", *session.posargs)
