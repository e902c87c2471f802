"""The page in a browser: how soon its table answers to a move of a slider.

Run as ``python -m benchmarks.page --runtime FOLDER``, with the extra browser, a
Chromium (``--chromium`` says where) and a folder of Pyodide's release. The page is
built from this checkout and served to a headless browser, which opens searches of one
to fifty processes, those of the example again and again, and moves a slider by key. The
page's own clock takes the time from each move to the frame in which the table has been
written anew: with a look at each answer, and with a move every seven tenths of a
second, while reasons and letter of the move before are still being worked out.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import sync_playwright

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
  const count = () => document.getElementById("plan").dataset.answers;
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


def search_of(size: int) -> str:
    """A search of so many processes, as text of JSON."""
    tree = json.loads(example_text())
    jobs = tree["opportunities"]
    tree["opportunities"] = [
        {**jobs[number % len(jobs)], "name": f"Opportunity {number + 1}"}
        for number in range(size)
    ]
    return json.dumps(tree)


def answer_times(address: str, chromium: str, size: int) -> dict[str, list[float]]:
    """Milliseconds until the page is ready, and from each move to its answer."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"{address}/page.css")
        page.evaluate(
            "text => sessionStorage.setItem('interviewfit-search', text)",
            search_of(size),
        )
        page.goto(address)
        page.wait_for_selector("body[data-ready=yes]", timeout=300_000)
        times = {"ready": [float(page.evaluate("performance.now()"))]}
        page.wait_for_selector("body[data-loaded=yes]", timeout=300_000)
        page.wait_for_timeout(2_000)
        page.evaluate(WATCH)
        page.focus("details[data-job][open] .belief input[type=range]")
        for pace, pause in PACES.items():
            for move in range(MOVES):
                page.keyboard.press("ArrowRight" if move < MOVES / 2 else "ArrowLeft")
                page.wait_for_timeout(pause)
            page.wait_for_timeout(max(PACES.values()))
            times[pace] = [float(time) for time in page.evaluate("times.splice(0)")]
        browser.close()
    return times


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how long the page takes to load and to answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runtime", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--chromium", default="/usr/bin/chromium", metavar="FILE")
    parser.add_argument("--processes", nargs="*", type=int, default=SIZES)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        built(options.runtime, Path(folder))
        with served(folder) as address:
            rows = [
                (size, answer_times(address, options.chromium, size))
                for size in options.processes
            ]
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


if __name__ == "__main__":
    main()
