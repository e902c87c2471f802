"""The live notebook in a real browser: how soon the advice answers to a slider.

Run as ``python -m benchmarks.notebook``, with the extras notebook and browser, and a
Chromium (``--chromium`` says where). A server shows the notebook of weightings, a
headless browser moves the slider of an hour's weight by key, for an opportunity alone
and for the same beside three others, and the page's own clock
takes the time from the key to the first frame with the advice for it, to the first with
map, certificate and shares, and to the last change, once those of the opportunity
beside the others have followed: once with a look at each answer, and all the way back
without a pause. Ends with an error if either does not change at a move, or if the
picture kept for the docs shows other words.
"""

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeAlias

from attrs import evolve
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page, sync_playwright

from interviewfit import Search, dumps, loads
from interviewfit._command.files import example_text

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOK = DOCS / "notebooks" / "weightings.py"
KEPT = DOCS / "images" / "weightings.png"
ALONE = "alone"
MOVES = 10
# The place of the slider of an hour among those of its group.
TIME = 5
# Milliseconds between two moves: of a hand that looks at the pictures each time, and of
# one that drags, twenty steps a second.
LOOKING = 1500.0
DRAGGING = 50.0
# A browser that calls home is not what is measured.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Keeps when keys went down, and what there was to read, with its first frame.
WATCH = """
() => {
  const page = {moves: [], advice: [], pictures: []};
  window.watched = page;
  window.addEventListener(
    "keydown", () => page.moves.push(performance.now()), {capture: true}
  );
  const places = {
    advice: "[data-explore=advice] p",
    pictures: "[data-explore=rows], [data-explore=shares] p",
  };
  const read = (node) =>
    node.dataset.explore ? node.innerHTML : node.textContent;
  const before = {};
  const look = () => {
    for (const [name, place] of Object.entries(places)) {
      const found = [...document.querySelectorAll(place)];
      const now = found.map(read).join("|");
      if (now && now !== before[name]) page[name].push([performance.now(), now]);
      before[name] = now || before[name];
    }
    requestAnimationFrame(look);
  };
  look();
}
"""
Seen: TypeAlias = list[tuple[float, str]]
"""What stood on a page one after the other, each with the time, ms."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The notebook on a port of its own, for as long as it is looked at.

    Args:
        folder: Where it is started, with its ``my.json``.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            *("-m", "marimo", "-q", "run", str(NOTEBOOK), "--headless", "--no-token"),
            *("--host", "127.0.0.1", "--port", str(port)),
        ],
        stdin=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    message = "the notebook's server does not answer"
    raise RuntimeError(message)


def words(page: Page) -> str:
    """What the page says, but for its sliders."""
    parts = page.locator("[data-explore] p, [data-explore] td, [data-explore] bdi")
    return "\n".join(one.strip() for one in parts.all_text_contents())


def take(page: Page, path: Path) -> None:
    """A picture of the page, which carries the words it shows."""
    page.screenshot(path=path)
    said = PngInfo()
    said.add_itxt("Description", words(page))
    with Image.open(path) as picture:
        picture.load()
    picture.save(path, pnginfo=said, optimize=True)


def told_by(path: Path) -> str:
    """The words that a picture carries."""
    with Image.open(path) as picture:
        return str(picture.info.get("Description", ""))


def move(page: Page, key: str, pause: float) -> tuple[list[float], Seen, Seen]:
    """Press a key on the slider again and again.

    When it was, and what the page then showed: the advice, and the pictures.
    """
    page.evaluate(WATCH)
    for _ in range(MOVES):
        page.wait_for_timeout(pause)
        page.keyboard.press(key)
    page.wait_for_timeout(LOOKING)
    watched = page.evaluate("() => window.watched")
    return watched["moves"], watched["advice"], watched["pictures"]


def waits(moves: Sequence[float], seen: Seen, answers: Sequence[str]) -> list[float]:
    """From each move to the advice for it, or for a later one, ms.

    Raises:
        RuntimeError: If one is never answered.
    """
    found = []
    for number, start in enumerate(moves):
        later = answers[number:]
        stops = [at for at, text in seen if at >= start and text in later]
        if not stops:
            message = f"move {number + 1} has no answer"
            raise RuntimeError(message)
        found.append(min(stops) - start)
    return found


def first_and_last(
    moves: Sequence[float], seen: Seen
) -> tuple[list[float], list[float]]:
    """From each move to the first change after it, and to the last, ms.

    Raises:
        RuntimeError: If one is not answered before the next.
    """
    first, last = [], []
    for start, stop in zip(moves, [*moves[1:], float("inf")], strict=True):
        times = [at - start for at, _ in seen if start <= at < stop]
        if not times:
            message = "the pictures do not change at every move"
            raise RuntimeError(message)
        first.append(times[0])
        last.append(times[-1])
    return first, last


def told(what: str, times: Sequence[float]) -> str:
    return (
        f"| {what} | {median(times):.0f} | {sorted(times)[-2]:.0f} "
        f"| {max(times):.0f} |\n"
    )


def measure(page: Page, label: str) -> tuple[str, str]:
    """Move the slider of an hour, looking and dragging.

    Returns:
        What the notebook said at both ends, and the rows of the table.

    Raises:
        RuntimeError: If a move changes nothing.
    """
    page.get_by_role("slider").nth(TIME).focus()
    moves, advice, pictures = move(page, "ArrowRight", LOOKING)
    texts = [text for _, text in advice]
    if len(set(texts)) != MOVES + 1:
        message = "the advice does not change at every move"
        raise RuntimeError(message)
    rows = [(f"{label}: advice", waits(moves, advice, texts[1:]))]
    everything = "map, certificate and shares"
    first, last = first_and_last(moves, pictures)
    rows += [(f"{label}: {everything}", first)]
    if label != ALONE:
        rows += [(f"{label}: these beside the others", last)]
    moves, advice, _ = move(page, "ArrowLeft", DRAGGING)
    rows += [(f"{label}, dragging: advice", waits(moves, advice, texts[-2::-1]))]
    before, after = (text.partition(".")[0] for text in (texts[0], texts[-1]))
    head = f"{label}: with an hour at 1: {before}; at {1 + MOVES / 20:g}: {after}.\n"
    return head, "".join(told(what, times) for what, times in rows)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notebook")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--screenshot", type=Path)
    options = parser.parse_args(arguments)
    search = loads(example_text(), Search)
    alone = evolve(search, opportunities=search.opportunities[:1])
    heads, rows, today = "", "", ""
    for label, opened in ((ALONE, alone), ("beside three others", search)):
        with (
            TemporaryDirectory() as folder,
            TemporaryDirectory() as profile,
            sync_playwright() as play,
        ):
            Path(folder, "my.json").write_text(dumps(opened), encoding="utf-8")
            with served(folder) as address:
                browser = play.chromium.launch_persistent_context(
                    profile,
                    executable_path=options.chromium,
                    args=list(FLAGS),
                    viewport={"width": 1280, "height": 1340},
                )
                page = browser.new_page()
                page.goto(address)
                page.locator("[data-explore=shares] p").first.wait_for(timeout=60_000)
                page.wait_for_timeout(LOOKING)
                if options.screenshot and opened is search:
                    take(page, options.screenshot)
                today = words(page)
                page.get_by_text("What interviews bring and cost").click()
                page.wait_for_timeout(LOOKING)
                head, more = measure(page, label)
                heads, rows = heads + head, rows + more
                browser.close()
    sys.stdout.write(
        f"{heads}\n"
        "| from a move to its | median, ms | longest but one, ms | longest, ms |\n"
        f"|---|--:|--:|--:|\n{rows}"
    )
    if told_by(KEPT) != today:
        sys.stderr.write(
            f"{KEPT.name} shows what was said before: --screenshot {KEPT}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
