"""``explore`` in one cell of a marimo notebook, in a real Chromium."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "weightings.py"
IN_ONE_CELL = """
import marimo

app = marimo.App(app_title="One cell")


@app.cell
def _():
    from interviewfit import Belief, Opportunity, corporate
    from interviewfit.extra.explore import explore

    beliefs = {"pay": Belief(mean=5, sd=5), "role": Belief(mean=-4, sd=5)}
    job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    explore(job)
    return
"""
ADVICE, MAP = "[data-explore=advice] p", "[data-explore=map]"
FOCUSED = """() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node.getAttribute("role");
}"""
# What the server of marimo asks for besides, and does not find or use.
BY_MARIMO = ("preloaded using link preload",)


@pytest.fixture(params=["one cell", "weightings"])
def shown(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser
) -> Iterator[Page]:
    """A notebook once it has answered; in the end nothing may have gone wrong."""
    path = NOTEBOOK
    if request.param == "one cell":
        path = tmp_path / "one_cell.py"
        path.write_text(IN_ONE_CELL, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "marimo", "-q", "run", str(path), "--headless", "--no-token"]
    server = subprocess.Popen(
        [sys.executable, *command, "--host", "127.0.0.1", "--port", str(port)],
        stdin=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1000, "height": 1200})
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            complaints.append(line.text) if line.type in ("error", "warning") else None
        ),
    )
    try:
        for _ in range(150):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        page.goto(f"http://127.0.0.1:{port}")
        page.locator(ADVICE).first.wait_for(timeout=60_000)
        page.locator(MAP).wait_for(timeout=60_000)
        yield page
        assert [
            line for line in complaints if not any(word in line for word in BY_MARIMO)
        ] == []
    finally:
        page.close()
        server.terminate()
        server.wait(timeout=30)


class TestSliders:
    def test_everything_follows_a_slider_that_stays_in_hand(self, shown: Page) -> None:
        shown.get_by_text("What interviews bring and cost").click()
        slider = shown.get_by_role("slider").nth(5)
        slider.focus()
        before = {
            place: shown.locator(place).first.text_content() for place in (ADVICE, MAP)
        }

        for _ in range(8):
            shown.keyboard.press("ArrowRight")
        for place, text in before.items():
            shown.wait_for_function(
                "([place, text]) => document.querySelector(place).textContent !== text",
                arg=[place, text],
            )

        assert slider.get_attribute("aria-valuenow") == "1.4"
        assert shown.evaluate(FOCUSED) == "slider"

    def test_certificate_and_shares_are_there(self, shown: Page) -> None:
        certificate = shown.locator("[data-explore=certificate]").text_content() or ""
        shares = shown.locator("[data-explore=shares]").text_content() or ""

        assert "these" in certificate
        assert "% of weightings" in shares

    @pytest.mark.parametrize("width", [360, 768])
    def test_a_phone_shows_the_page_whole(self, shown: Page, width: int) -> None:
        shown.set_viewport_size({"width": width, "height": 740})
        shown.wait_for_timeout(300)

        assert shown.evaluate("document.documentElement.scrollWidth") <= width
