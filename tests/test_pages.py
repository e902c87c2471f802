"""What a newcomer types, page by page, in an empty folder.

Python examples run as doctests; here are the lines for a shell and the files to save.
Installing is for CI, which does it as the README says.
"""

import re
import shlex
from pathlib import Path

import pytest

import interviewfit
from child import python
from interviewfit import Sign, StageKind
from interviewfit._process.signs import sign_table
from interviewfit._reading.lenient_json import MAX_CHARACTERS
from interviewfit._reading.text import MAX_DEPTH
from interviewfit.logs._formats import MAX_COLUMNS, MAX_ROWS

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tutorial.md", "docs/howto/your-own-file.md")
RUNS = ".venv/bin/interviewfit"


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """What follows the language of a block, and its text."""
    found = re.findall(
        rf"^```{language}(.*)\n((?:.*\n)*?)```$", read(page), re.MULTILINE
    )
    return [(name.strip(), text) for name, text in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_does_what_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in blocks(page, "json"):
        if name:
            Path(name).write_text(text, encoding="utf-8")
    lines = [line for _, text in blocks(page, "sh") for line in text.splitlines()]
    # The last part of a line, where installing comes before it.
    commands = [line[line.find(RUNS) :] for line in lines if RUNS in line]
    assert commands
    for command in commands:
        line, _, target = command.removeprefix(RUNS).partition(">")
        done = python("-m", "interviewfit", *shlex.split(line))

        assert (done.status, done.err) == (0, b""), command
        assert done.out
        if target:
            Path(target.strip()).write_bytes(done.out)


@pytest.mark.parametrize("words", [Sign, StageKind])
def test_the_names_to_choose_from_are_all_there(words: type[Sign | StageKind]) -> None:
    pages = read("docs/howto/your-own-file.md") + sign_table()
    said = set(re.findall(r"`(\w+)`", pages))

    assert {one.value for one in words} <= said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_and_image_it_leads_to_is_there(page: str) -> None:
    """Sphinx checks the docs; the README is read elsewhere."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", read(page))

    assert links
    for link in links:
        assert (ROOT / page).parent.joinpath(link).exists(), link


def test_what_is_said_of_the_bound_of_a_plan_is_in_its_table() -> None:
    """By how much it lies above what the plan for two processes is worth."""
    rows = re.findall(
        r"^\| \w+ \+ \w+ \| (\d) \| [\d.]+ \| ([\d.]+) \| ([\d.]+) \|$",
        read("docs/benchmarks.md"),
        re.MULTILINE,
    )
    above: dict[str, list[int]] = {"0": [], "3": []}
    for done, worth, bound in rows:
        above[done].append(round(100.0 * (float(bound) / float(worth) - 1.0)))
    page = " ".join(read("docs/explanation/plan.md").split())

    assert len(rows) == 10
    assert f"lies {min(above['3'])} to {max(above['3'])} % above" in page
    assert f"and {min(above['0'])} to {max(above['0'])} % to a beginner" in page


def test_the_bounds_that_pages_state_are_those_in_force() -> None:
    log, postings = (
        " ".join(read(f"docs/howto/{page}.md").split())
        for page in ("learn-from-your-log", "postings")
    )
    most = f"up to {MAX_CHARACTERS / 1e6:.0f} million characters are read"

    assert (
        f"Files above {MAX_CHARACTERS / 1e6:.0f} million characters, "
        f"{MAX_ROWS:,} lines or {MAX_COLUMNS:,} columns are refused"
    ) in log
    assert f"{most}, nested up to {MAX_DEPTH} levels deep" in postings


ADDRESSES = {
    "http://127.0.0.1:{port}": "the notebook on this machine, when it is measured",
    "http://127.0.0.1:{server.server_port}": "the page on this machine, likewise",
    "http://schema.org/": "the name of a vocabulary that postings are written in",
    "https://a.b/c": "made up, in a test",
    "https://jobs.example/1": "made up, in an example",
    "https://json-schema.org/draft/2020-12/schema": "the name of a dialect",
    "https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/": "Python for browsers",
    "https://schema.org/": "the name of a vocabulary that postings are written in",
}
"""Every address in pages and modules, and what for. None of them is a page to go to."""


def test_no_page_leads_out_of_the_project() -> None:
    """
    Sources are named in words, so no link can rot; names that look like links are here.
    """
    files = [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / name for name in ("CHANGELOG.md", "noxfile.py", "pyproject.toml")),
        *(one for one in (ROOT / "docs").rglob("*.md") if "_" not in one.parts[-2]),
        *(ROOT / "docs").rglob("*.py"),
        *(ROOT / "benchmarks").glob("*.py"),
        *Path(interviewfit.__file__).parent.rglob("*.py"),
        *(ROOT / "tests" / "data").glob("*.md"),
    ]
    seen = {
        address: path.name
        for path in files
        for address in re.findall(
            r"https?://[^\s\"'`)>\\]+", path.read_text(encoding="utf-8")
        )
    }

    assert len(files) > 150
    assert {one: path for one, path in seen.items() if one not in ADDRESSES} == {}
    assert seen.keys() == ADDRESSES.keys()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda one: one.stem
)
def test_every_figure_is_described_in_one_line(path: Path) -> None:
    """What stands on a second line would be shown below the figure."""
    figures = re.findall(
        r"^```\{figure\} \S+\n((?:.*\n)*?)```$", path.read_text("utf-8"), re.MULTILINE
    )

    for text in figures:
        assert re.fullmatch(r":alt: .{40,}\n(\n(.+\n)+)?", text), text
