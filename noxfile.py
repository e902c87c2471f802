# /// script
# dependencies = ["nox"]
# ///
"""What takes longer than a change should wait.

``nox`` tests every Python and the lowest stated dependencies; ``nox --list`` shows what
else there is.
"""

import re
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "venv"

PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def test(session: nox.Session) -> None:
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    # What is needed at run time only: old test tools would test themselves.
    needed = [one.replace(">=", "==") for one in PROJECT["dependencies"]]
    session.install("-e", ".[test]", *needed)
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(python="3.11", default=False)
def lowest_extras(session: nox.Session) -> None:
    extras = PROJECT["optional-dependencies"]
    names = ("html", "xlsx", "files", "polars", "plot", "progress")
    needed = {one.replace(">=", "==") for name in names for one in extras[name]}
    needed.add("pandas==2.2.3")  # the first that is built against NumPy 2
    session.install("-e", ".[test,test-frames]", *sorted(needed))
    session.run("python", "-m", "pytest", "-q", "tests/frames")
    # Matplotlib 3.10.0 uses what pyparsing has renamed since.
    quiet = ("-W", "ignore::DeprecationWarning")
    session.run("python", "-m", "pytest", "-q", *quiet, "tests/test_plots.py")
    session.run("python", "-m", "pytest", "-q", "tests/postings", "tests/logs")


@nox.session(default=False)
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


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    session.install("-e", ".[test,test-frames,dask]", "coverage>=7.10")
    session.run("coverage", "erase")
    for where in ((), ("tests/frames", "tests/faults")):
        session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs, *where)
        session.run("coverage", "combine", "-q", "--append")
    session.run("coverage", "report")


@nox.session(default=False)
def wheel(session: nox.Session) -> None:
    session.install("build")
    folder = Path(session.create_tmp())
    session.run("python", "-m", "build", "--outdir", str(folder), ".", silent=True)
    (built,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    _check_contents(session, built, source)
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    # An environment in which nothing of this folder is installed, and the tests of
    # the sdist, which find the package only where the wheel put it.
    session.install(f"{built}[test]")
    session.chdir(folder / source.name.removesuffix(".tar.gz"))
    session.run(
        "python",
        "-c",
        "import interviewfit; assert 'site-packages' in interviewfit.__file__",
    )
    options = ("-q", "-n", "auto", "--dist", "worksteal")
    paths = ("tests", "docs", "README.md", "--pyargs", "interviewfit")
    session.run("python", "-m", "pytest", *options, *session.posargs, *paths)


def _check_contents(session: nox.Session, built: Path, source: Path) -> None:
    """The wheel has the package and what describes it; the sdist nothing not in git."""
    kept = subprocess.run(
        ["git", "ls-files"], capture_output=True, check=True, text=True
    ).stdout.splitlines()
    package = {one.removeprefix("src/") for one in kept if one.startswith("src/")}
    with zipfile.ZipFile(built) as archive:
        names = set(archive.namelist())
    about = {re.sub(r"^[^/]*\.dist-info/", "", one) for one in names - package}
    described = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
    if package - names or about != described:
        session.error(f"wheel: {sorted(package - names)} {sorted(about ^ described)}")
    if not {"interviewfit/py.typed", "interviewfit/data/example.json"} <= names:
        session.error("wheel: no types or no example")
    with tarfile.open(source) as archive:
        files = {one.name.partition("/")[2] for one in archive if one.isfile()}
    if files - set(kept) != {"PKG-INFO"}:
        session.error(f"sdist: {sorted(files - set(kept))}")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def frames(session: nox.Session) -> None:
    session.install("-e", ".[test,test-frames]")
    where = ("tests/frames", "docs/howto/data-frames.md")
    session.run("python", "-m", "pytest", "-q", *where, *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def agent(session: nox.Session) -> None:
    session.install("-e", ".[test,test-agent]")
    session.run("python", "-m", "pytest", "-q", "tests/agent", *session.posargs)


@nox.session(python="3.11", default=False)
def faults(session: nox.Session) -> None:
    session.install("-e", ".[test,test-frames,dask]")
    session.run("python", "-m", "pytest", "-q", "tests/faults", *session.posargs)


@nox.session(python="3.11", default=False)
def spark(session: nox.Session) -> None:
    # It needs Java, and an old enough pandas beside it.
    session.install("-e", ".[test,files]", "pyspark", "pandas<3")
    session.run("python", "-m", "pytest", "-q", "tests/spark", *session.posargs)


@nox.session(python="3.11", default=False)
def notebooks(session: nox.Session) -> None:
    session.install("-e", ".[test,test-notebook]")
    session.run("python", "-m", "pytest", "-q", "tests/notebook")
    for path in sorted(Path("docs/notebooks").glob("*.py")):
        session.run("python", str(path))


@nox.session(python="3.11", default=False)
def page(session: nox.Session) -> None:
    # It needs a Chromium, node's npm, and a folder of Pyodide's release:
    # `nox -s page -- --runtime pyodide`.
    session.install("-e", ".[notebook,test,browser]")
    if session.posargs[:1] != ["--runtime"] or len(session.posargs) < 2:
        session.error("say where Pyodide is: nox -s page -- --runtime FOLDER")
    runtime, *more = session.posargs[1:]
    folder = session.create_tmp()
    session.run(
        *("npm", "install", "--silent", "--prefix", folder, "axe-core@4"), external=True
    )
    axe = Path(folder) / "node_modules" / "axe-core" / "axe.min.js"
    places = {
        "PAGE_RUNTIME": str(Path(runtime).absolute()),
        "AXE_CORE": str(axe.absolute()),
    }
    tests = ("tests/browser/test_page.py", "tests/browser/test_explore.py")
    session.run("python", "-m", "pytest", "-q", "-n", "0", *tests, *more, env=places)


@nox.session(python="3.11", default=False)
def notebook_pages(session: nox.Session) -> None:
    # The notebooks in a browser. It needs a Chromium, and a folder with the release of
    # Pyodide that marimo asks for and the wheels that it loads there:
    # `nox -s notebook_pages -- --runtime FOLDER`.
    session.install("-e", ".[notebook,test,browser]")
    if session.posargs[:1] != ["--runtime"] or len(session.posargs) < 2:
        session.error("say where Pyodide is: nox -s notebook_pages -- --runtime FOLDER")
    places = {"NOTEBOOK_RUNTIME": str(Path(session.posargs[1]).absolute())}
    test = "tests/browser/test_notebook_pages.py"
    session.run("python", "-m", "pytest", "-q", "-n", "0", test, env=places)


@nox.session(python="3.11", default=False)
def browser(session: nox.Session) -> None:
    # It needs a Chromium: `nox -s browser -- --chromium /usr/bin/chromium`.
    session.install("-e", ".[notebook,test,browser]")
    test = "tests/browser/test_explore.py"
    session.run("python", "-m", "pytest", "-q", "-n", "0", test)
    session.run("python", "-m", "benchmarks.notebook", *session.posargs)


if __name__ == "__main__":
    nox.main()
