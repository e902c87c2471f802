"""The notebooks as pages, in a real Chromium; Python comes from a folder.

``NOTEBOOK_RUNTIME`` is that folder: the files of the release of Pyodide that marimo
asks for, and wheels of what it loads there; its lock file names them all.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from interviewfit import Search, loads, plan

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "page"))
from build_page import (  # type: ignore[import-not-found]  # beside the page
    build,
    export_notebooks,
)

EXAMPLE = Path(__file__).parents[2] / "src" / "interviewfit" / "data" / "example.json"
ADVICE, MAP = "[data-explore=advice] p", "[data-explore=map] svg"
PATIENCE = 300_000
"""Milliseconds until a page that has not loaded is given up."""

ANYBODY = {"access-control-allow-origin": "*"}


@pytest.fixture(scope="module")
def pages(
    serve: Callable[[Path], AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of the page with its notebooks."""
    folder = tmp_path_factory.mktemp("notebooks")
    build(folder)
    export_notebooks(folder)
    with serve(folder) as address:
        yield address


@pytest.fixture
def opened(pages: str, browser: Browser) -> Iterator[Page]:
    """A tab in which only the page and the files of Python can be had."""
    runtime = Path(os.environ["NOTEBOOK_RUNTIME"])

    def from_folder(route: Route) -> None:
        address = route.request.url.partition("?")[0]
        path = runtime / address.rpartition("/")[2]
        if address.startswith((pages, "blob:", "data:")):
            route.continue_()
        elif path.is_file():
            kind = {".wasm": "application/wasm", ".mjs": "text/javascript"}
            headers = {"content-type": kind[path.suffix]} if path.suffix in kind else {}
            route.fulfill(path=path, headers=ANYBODY | headers)
        else:
            route.abort()

    context = browser.new_context(viewport={"width": 1000, "height": 1200})
    context.route("**/*", from_folder)
    page = context.new_page()
    yield page
    context.close()


class TestNotebooks:
    def test_the_weightings_answer_and_follow_a_slider(
        self, pages: str, opened: Page
    ) -> None:
        opened.goto(f"{pages}weightings/index.html")
        opened.locator(ADVICE).first.wait_for(timeout=PATIENCE)
        opened.get_by_text("% of weightings").first.wait_for(timeout=PATIENCE)
        opened.locator(MAP).wait_for(timeout=PATIENCE)
        search = loads(EXAMPLE.read_text("utf-8"), Search)
        jobs = search.opportunities
        rows = {
            row.name: row
            for row in plan(search.candidate, jobs, today="2026-11-30").ranked
        }
        first = rows[jobs[0].name]
        advice = opened.locator(ADVICE).first.text_content() or ""

        assert f"worth {first.marginal_value:.1f} h" in advice

        opened.get_by_text("What interviews bring and cost").click()
        opened.get_by_role("slider").nth(5).focus()
        for _ in range(8):
            opened.keyboard.press("ArrowRight")
        opened.wait_for_function(
            "([place, text]) => document.querySelector(place).textContent !== text",
            arg=[ADVICE, advice],
        )

    def test_the_search_is_planned(self, pages: str, opened: Page) -> None:
        opened.goto(f"{pages}search/index.html")

        opened.get_by_text("the search is worth").first.wait_for(timeout=PATIENCE)

    def test_the_replay_asks_for_a_log(self, pages: str, opened: Page) -> None:
        opened.goto(f"{pages}replay/index.html")
        asking = opened.get_by_text("Drop the log of your tracker above.")
        asking.wait_for(timeout=PATIENCE)
        log = Path(__file__).parents[1] / "data" / "job-search-2025.csv"
        opened.locator("input[type=file]").first.set_input_files(log)

        asking.wait_for(state="detached", timeout=PATIENCE)
