"""The page in a browser: how soon its table answers to a move of a field.

Run as ``python -m benchmarks.page --runtime FOLDER``, with the extra browser, a
Chromium (``--chromium`` says where) and a folder of Pyodide's release. The page is
built from this checkout and served to a headless browser, which opens searches of one
to fifty processes, those of the example again and again, and moves a slider by key. The
page's own clock takes the time from each move to the frame in which the table has been
written anew: with a look at each answer, and with a move every seven tenths of a
second, while reasons and letter of the move before are still being worked out.

``--kinds`` moves every kind of field instead, each from a page at rest, and does so
again where hours are limited, where a date presses, and where passes tell of the fit.
Words after it choose those that begin with them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from playwright.sync_api import Page, sync_playwright

from interviewfit._command.files import example_text

PAGE = Path(__file__).parents[1] / "docs" / "page"
MOVES = 8
SIZES = (1, 3, 5, 10, 20, 50)
# Milliseconds between two moves, as of somebody who looks at each answer, and of
# somebody who does not wait for the reasons.
PACES = {"looking": 2500.0, "going on": 700.0}
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
WATCH = """
() => {
  window.times = [];
  const count = () => document.getElementById("plan").dataset.tables;
  const watch = (event) => {
    if (event.target.type !== "range") return;
    const [start, before] = [performance.now(), count()];
    const look = () => {
      if (count() === before) requestAnimationFrame(look);
      else window.times.push(performance.now() - start);
    };
    look();
  };
  document.addEventListener("input", watch, true);
}
"""
# Kinds of moves: the fields that are moved in turn, and what each is set to. A box is
# ticked, or else the tick is taken away; a button is pressed.
KINDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "what you believe": (".belief input[type=range]", ("-4", "1", "9", "15")),
    "how sure you are": (".belief select", ("3", "8", "15", "5")),
    "what matters to you": ("#priorities input", ("0.5", "1.4", "2", "3")),
    "interviews done": ("[name=done]", ("0", "1", "5", "12")),
    "what you would never accept": ("[name=dealbreakers]", ("travel", "gambling")),
    "salary": ("[name=salary]", ("50000", "61000", "70000", "80000")),
    "an interview": (".row select", ("panel", "executive", "take_home", "hr_screen")),
    "one more interview": (".row ~ button", ("", "", "", "")),
    "where it stands": (
        "[name=position]",
        ("midway 0", "before 1", "offered 0", "before 0"),
    ),
    "what you noticed": (".signs input", ("", "", "", "")),
    "a recruiter": ("[name=recruiter]", ("", "", "", "")),
    "its company": ("[name=company]", ("Acme", "Bolt", "Cary", "Dorn")),
    "hours for all interviews": ("[name=budget]", ("10", "6", "8", "20")),
}
# Searches in which some kinds are moved again: how each opportunity differs, the hours
# for each, and whether the first must be answered within ten days.
KIND_SIZES = (1, 3, 5, 10)
AGAIN = ("what you believe", "how sure you are", "what matters to you")
SEARCHES: Mapping[str, tuple[Mapping[str, Any], float, bool]] = {
    "with 3 h for each": ({}, 3.0, False),
    "with a date": ({}, 0.0, True),
    "passes tell of the fit": ({"mutual_fit": 0.3}, 0.0, False),
}
MOVE = """
([selector, number, value]) => new Promise((resolve) => {
  const tables = () => document.getElementById("plan").dataset.tables;
  const answers = () => document.getElementById("plan").dataset.answers;
  const alone = () => document.getElementById("alone").dataset.answers;
  const job = document.querySelector("details[data-job][open]");
  const inside = [...job.querySelectorAll(selector)];
  const fields = inside.length ? inside : [...document.querySelectorAll(selector)];
  const field = fields.at(number % fields.length);
  const start = performance.now();
  const [before, whole, first] = [tables(), answers(), alone()];
  let [shown, table] = [0, 0];
  if (["checkbox", "submit", "button"].includes(field.type)) field.click();
  else {
    field.value = value;
    for (const name of ["input", "change"]) {
      field.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }
  const look = () => {
    const now = performance.now() - start;
    if (!shown && alone() !== first) shown = now;
    if (!table && tables() !== before) table = now;
    if (answers() !== whole) resolve([shown || table, table, now]);
    else if (document.getElementById("faults").textContent) resolve([NaN, NaN, NaN]);
    else requestAnimationFrame(look);
  };
  look();
})
"""
OPEN = "([text, hours]) => { budget = hours; return open(text); }"
AT_REST = "() => waiting.size === 0 && !document.querySelector('[aria-busy=true]')"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The address of a folder, for as long as it is looked at."""
    handler = partial(_Quiet, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def built(runtime: Path, folder: Path) -> None:
    """Build the page, by the script that stands beside it."""
    spec = spec_from_file_location("build_page", PAGE / "build_page.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(folder, runtime=runtime)


def search_of(
    size: int, more: Mapping[str, Any] | None = None, *, presses: bool = False
) -> str:
    """A search of so many processes, as text of JSON.

    Args:
        size: How many.
        more: What each of them states beside what the example does.
        presses: Whether the first must be answered within ten days.
    """
    tree = json.loads(example_text())
    jobs = tree["opportunities"]
    tree["candidate"]["salary"] = {"amount": 60_000, "currency": "EUR", "per": "year"}
    tree["opportunities"] = [
        {
            **jobs[number % len(jobs)],
            **(more or {}),
            "name": f"Opportunity {number + 1}",
        }
        for number in range(size)
    ]
    if presses:
        day = date.today() + timedelta(days=10)  # noqa: DTZ011  # as the browser
        tree["opportunities"][0]["answer_by"] = day.isoformat()
    return json.dumps(tree)


@contextmanager
def opened(address: str, chromium: str, search: str) -> Iterator[Page]:
    """The page with a search in it, once all of it is loaded and at rest.

    Args:
        address, chromium: Of the page, and where the browser is.
        search: As text of JSON.
    """
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{address}/page.css")
        page.evaluate(
            "text => sessionStorage.setItem('interviewfit-search', text)", search
        )
        page.goto(address)
        page.wait_for_selector("body[data-ready=yes]")
        page.evaluate("window.readyAfter = performance.now()")
        page.wait_for_selector("body[data-loaded=yes]")
        page.wait_for_function(AT_REST)
        page.wait_for_timeout(500)
        yield page
        browser.close()


def answer_times(address: str, chromium: str, size: int) -> dict[str, list[float]]:
    """Milliseconds until the page is ready, and from each move to its answer."""
    with opened(address, chromium, search_of(size)) as page:
        times = {"ready": [float(page.evaluate("readyAfter"))]}
        page.evaluate(WATCH)
        page.focus("details[data-job][open] .belief input[type=range]")
        for pace, pause in PACES.items():
            for move in range(MOVES):
                page.keyboard.press("ArrowRight" if move < MOVES / 2 else "ArrowLeft")
                page.wait_for_timeout(pause)
            page.wait_for_timeout(max(PACES.values()))
            times[pace] = [float(time) for time in page.evaluate("times.splice(0)")]
    return times


def move_times(page: Page, kind: str) -> str:
    """From the moves of a kind of field to what the page shows of the answer, in words.

    The longest until the first of it; the median and the longest until the table; and
    the longest until all of it, milliseconds.

    Args:
        page: At rest.
        kind: One of ``KINDS``.
    """
    selector, values = KINDS[kind]
    times = []
    for number, value in enumerate(values):
        times.append(page.evaluate(MOVE, [selector, number // 2, value]))
        page.wait_for_timeout(300)
        page.wait_for_function(AT_REST)
    first, table, whole = zip(*times, strict=True)
    numbers = max(first), median(table), max(table), max(whole)
    return " | ".join(f"{number:.0f}" for number in numbers)


def times_by_kind(
    address: str, chromium: str, size: int, wanted: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield each kind of move and how long it takes, as text.

    Args:
        address, chromium, size: As ``answer_times``.
        wanted: How the names of the kinds begin.
    """
    with opened(address, chromium, search_of(size)) as page:
        for kind in KINDS:
            if not kind.startswith(wanted):
                continue
            # Each begins with the same search, so that their order does not matter.
            show(page, search_of(size))
            yield kind, move_times(page, kind)
        for words, (more, hours, presses) in SEARCHES.items():
            again = [it for it in AGAIN if f"{words}: {it}".startswith(wanted)]
            if again:
                show(page, search_of(size, more, presses=presses), hours * size)
            for kind in again:
                yield f"{words}: {kind}", move_times(page, kind)


def show(page: Page, search: str, budget: float = 0.0) -> None:
    """Open a search in a page, and wait for all answers.

    Args:
        page: That is loaded.
        search: As text of JSON.
        budget: Hours for all interviews; 0 for as many as are worth it.
    """
    page.evaluate(OPEN, [search, budget or None])
    page.wait_for_timeout(300)
    page.wait_for_function(AT_REST)


def print_kinds(
    address: str, chromium: str, sizes: Sequence[int], wanted: tuple[str, ...]
) -> None:
    """Print how long the page takes to answer each kind of move.

    Args:
        address, chromium: As ``answer_times``.
        sizes: How many processes there are.
        wanted: As ``times_by_kind``.
    """
    columns = [dict(times_by_kind(address, chromium, it, wanted)) for it in sizes]
    words = ("first, longest", "table, median", "table, longest", "all, longest")
    heads = [f"{size}: {word}" for size in sizes for word in words]
    sys.stdout.write(f"| processes, ms | {' | '.join(heads)} |\n")
    sys.stdout.write(f"|---|{'--:|' * len(heads)}\n")
    for kind in columns[0]:
        cells = [column[kind] for column in columns]
        sys.stdout.write(f"| {kind} | {' | '.join(cells)} |\n")


def print_sizes(address: str, chromium: str, sizes: Sequence[int]) -> None:
    """Print how long the page takes to load and to answer a slider.

    Args:
        address, chromium: As ``answer_times``.
        sizes: How many processes there are.
    """
    rows = [(size, answer_times(address, chromium, size)) for size in sizes]
    heads = [f"{pace}: {word}, ms" for pace in PACES for word in ("median", "longest")]
    sys.stdout.write(f"| processes | ready, s | {' | '.join(heads)} |\n")
    sys.stdout.write(f"|{'--:|' * (len(heads) + 2)}\n")
    for size, times in rows:
        cells = [f"{size}", f"{times['ready'][0] / 1e3:.1f}"]
        for pace in PACES:
            if len(times[pace]) != MOVES:
                message = f"{len(times[pace])} of {MOVES} moves were answered"
                raise SystemExit(message)
            cells += [f"{median(times[pace]):.0f}", f"{max(times[pace]):.0f}"]
        sys.stdout.write(f"| {' | '.join(cells)} |\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how long the page takes to load and to answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runtime", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--chromium", default="/usr/bin/chromium", metavar="FILE")
    parser.add_argument("--processes", nargs="*", type=int, metavar="COUNT")
    parser.add_argument("--kinds", nargs="*", metavar="KIND", help="move other fields")
    options = parser.parse_args(arguments)
    by_kind = options.kinds is not None
    sizes = options.processes or (KIND_SIZES if by_kind else SIZES)
    with TemporaryDirectory() as folder:
        built(options.runtime, Path(folder))
        with served(folder) as address:
            if by_kind:
                wanted = tuple(options.kinds) or ("",)
                print_kinds(address, options.chromium, sizes, wanted)
            else:
                print_sizes(address, options.chromium, sizes)


if __name__ == "__main__":
    main()
