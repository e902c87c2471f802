"""
The live notebook in a real browser: how soon the advice answers to a slider.

Run as ``python -m benchmarks.notebook``, with the extras notebook, plot and browser,
and a Chromium (``--chromium`` says where). A server shows the notebook of weightings, a
headless browser moves the slider of an hour's weight by key, and the page's own clock
takes the time from the key to the first frame with another advice. Ends with an error
if the advice does not change, or is the same at both ends of the slider.
"""

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebooks" / "weightings.py"
MOVES = 16
REST = 1000.0
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
# Resolves with the milliseconds from the next key to another advice.
WATCH = """
() => {
  const advice = () => {
    const found = document.querySelector("#advice p");
    return found ? found.textContent : "";
  };
  const before = advice();
  window.answered = new Promise((resolve, reject) => {
    window.addEventListener("keydown", () => {
      const start = performance.now();
      const look = () => {
        const now = advice();
        if (now && now !== before) resolve(performance.now() - start);
        else if (performance.now() - start > 20000) reject(new Error("no answer"));
        else requestAnimationFrame(look);
      };
      look();
    }, {capture: true, once: true});
  });
}
"""


@contextmanager
def served() -> Iterator[str]:
    """
    The notebook on a port of its own, for as long as it is looked at.
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


def advice(page: Page) -> str:
    return str(page.locator("#advice p").inner_text())


def move(page: Page, key: str) -> float:
    """
    Press a key on the slider; milliseconds until the advice is another one.

    The map and the points at which it would turn follow the advice; a hand that looks
    at them moves the slider again only then.
    """
    page.wait_for_timeout(REST)
    page.evaluate(WATCH)
    page.keyboard.press(key)
    return float(page.evaluate("() => window.answered"))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notebook")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--screenshot", type=Path)
    options = parser.parse_args(arguments)
    with (
        served() as address,
        TemporaryDirectory() as profile,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch_persistent_context(
            profile,
            executable_path=options.chromium,
            args=list(FLAGS),
            viewport={"width": 1280, "height": 1500},
        )
        page = browser.new_page()
        page.goto(address)
        page.locator("#advice p").wait_for(timeout=60_000)
        page.get_by_text("Where it would turn").wait_for(timeout=60_000)
        if options.screenshot:
            page.screenshot(path=options.screenshot)
        slider = page.get_by_role("slider").first
        slider.focus()
        at_first = advice(page)
        times = [move(page, "ArrowRight") for _ in range(MOVES)]
        at_last = advice(page)
        browser.close()
    first, last = at_first.partition(".")[0], at_last.partition(".")[0]
    sys.stdout.write(f"With an hour at 1: {first}. At {1 + MOVES / 4:g}: {last}.\n")
    sys.stdout.write(
        f"{MOVES} moves of a slider, until the advice on the page was another: median "
        f"{median(times):.0f} ms, longest {max(times):.0f} ms.\n"
    )
    if first == last:
        sys.stderr.write("the advice is the same at both ends of the slider\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
