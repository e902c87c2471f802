"""Builds the page that runs the wheel in a browser: ``python docs/page/build_page.py``.

The result is a folder of files for any web server; nothing runs on the server. Pyodide,
which is Python for browsers, comes from its content network, or with ``--runtime`` from
a folder of its release, which is copied beside the page so that it works offline.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYODIDE = "0.27.7"
"""The release of Pyodide that the page is tested with: Python 3.12, NumPy 2.0.2."""

NETWORK = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
PAGE_FILES = ("index.html", "page.css", "page.js", "worker.js", "answers.py")
RUNTIME_FILES = (
    "pyodide.js",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
PURE = ("attrs", "cattrs", "typing_extensions")
"""What interviewfit needs besides NumPy, which comes with Pyodide."""

NOTEBOOKS = ("weightings", "search", "replay")
"""The notebooks that become pages."""

SOURCES = Path(__file__).parents[1] / "notebooks"
_CELL, _END = "@app.cell\n", '\n\nif __name__ == "__main__":'
_INSTALLING = """
@app.cell
async def _(mo):
    import json

    import pyodide_js
    from pyodide.http import pyfetch

    folder = f"{mo.notebook_location()}".rstrip("/") + "/.."
    config = json.loads(await (await pyfetch(f"{folder}/config.json")).string())
    wheels = [f"{folder}/wheels/{name}" for name in config["wheels"]]
    await pyodide_js.loadPackage(["matplotlib", *wheels])
    is_installed = True
    return (is_installed,)
"""


def build(out: Path, wheel: Path | None = None, runtime: Path | None = None) -> None:
    """Write the page into a folder.

    Args:
        out: The folder; what the page needs in it is written anew.
        wheel: A wheel of interviewfit; None to build one from this checkout.
        runtime: A folder with the files of Pyodide and its wheel of NumPy; None for the
            content network.

    Raises:
        SystemExit: If the runtime is of another version, or a file of it is missing or
            not the one that its lock file names.
    """
    out.mkdir(parents=True, exist_ok=True)
    wheels = out / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir()
    if wheel is None:
        _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    else:
        shutil.copy(wheel, wheels)
    only_pure = ("--only-binary=:all:", "--platform=any", "--python-version=3.12")
    _pip("download", "--no-deps", *only_pure, "--dest", str(wheels), *PURE)
    for name in PAGE_FILES:
        shutil.copy(HERE / name, out)
    place = NETWORK
    if runtime is not None:
        copy_runtime(runtime, out / "pyodide")
        place = "pyodide/"
    names = sorted(path.name for path in wheels.glob("*.whl"))
    config = json.dumps({"runtime": place, "wheels": names}, indent=1)
    (out / "config.json").write_text(config + "\n", encoding="utf-8")


def copy_runtime(source: Path, target: Path) -> None:
    """Copy the files of Pyodide that the page needs, after a look at them.

    Args:
        source, target: The folders.

    Raises:
        SystemExit: If the version is another one, or a file is missing or changed.
    """
    try:
        lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
        numpy = lock["packages"]["numpy"]
        if lock["info"]["version"] != PYODIDE:
            message = f"{source}: Pyodide {lock['info']['version']}, not {PYODIDE}"
            raise SystemExit(message)
        digest = hashlib.sha256((source / numpy["file_name"]).read_bytes()).hexdigest()
        if digest != numpy["sha256"]:
            message = f"{source / numpy['file_name']}: not the file of Pyodide's lock"
            raise SystemExit(message)
        target.mkdir(parents=True, exist_ok=True)
        for name in (*RUNTIME_FILES, numpy["file_name"]):
            shutil.copy(source / name, target)
    except OSError as error:
        message = f"{error.filename}: {(error.strerror or str(error)).lower()}"
        raise SystemExit(message) from None


def for_browser(source: str) -> str:
    """A notebook that fetches the library before any cell imports it.

    Args:
        source: The notebook as it stands in the folder.

    """
    line = "    from interviewfit"
    cells = [
        cell.replace(line, f"    assert is_installed\n{line}", 1)
        for cell in source.split(_CELL)
    ]
    body, end, rest = _CELL.join(cells).partition(_END)
    return f"{body}\n{_INSTALLING}{end}{rest}"


def export_notebooks(folder: Path) -> None:
    """Write a page for each notebook, in a folder of its name.

    Args:
        folder: Of the page whose wheels they take.

    Raises:
        SystemExit: If marimo is missing or fails.
    """
    with tempfile.TemporaryDirectory() as place:
        for name in NOTEBOOKS:
            path, out = Path(place) / f"{name}.py", folder / name
            text = (SOURCES / f"{name}.py").read_text(encoding="utf-8")
            path.write_text(for_browser(text), encoding="utf-8")
            shutil.rmtree(out, ignore_errors=True)
            words = ("export", "html-wasm", str(path), "-o", str(out), "--mode", "run")
            done = subprocess.run(  # noqa: S603  # this Python
                [sys.executable, "-m", "marimo", *words],
                capture_output=True,
                check=False,
                text=True,
            )
            if done.returncode:
                hint = "It needs marimo: pip install 'interviewfit[notebook]'."
                raise SystemExit(f"{done.stderr.strip()}\n{hint}")


def _pip(*words: str) -> None:
    """Run pip, quietly; it says what is wrong if it fails."""
    subprocess.run([sys.executable, "-m", "pip", "-q", *words], check=True)  # noqa: S603  # this Python


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, and build.

    Args:
        arguments: By default those of the shell.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    default = ROOT / "docs" / "_build" / "page"
    add("--out", type=Path, default=default, metavar="FOLDER", help="where to write")
    add("--wheel", type=Path, metavar="FILE", help="a wheel, not that of this checkout")
    text = f"files of Pyodide {PYODIDE} with its NumPy, for a page that works offline"
    add("--runtime", type=Path, metavar="FOLDER", help=text)
    text = "the notebooks as well, in folders beside the page; needs marimo"
    add("--notebooks", action="store_true", help=text)
    options = parser.parse_args(arguments)
    build(options.out, options.wheel, options.runtime)
    if options.notebooks:
        export_notebooks(options.out)
    sys.stdout.write(
        f"Written: {options.out}\n"
        f"See it with: {sys.executable} -m http.server --directory {options.out}\n"
    )


if __name__ == "__main__":
    main()
