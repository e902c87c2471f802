"""The page, built from this checkout and served, in a Chromium that is there already.

``nox -s page`` says where the parts are that no package of Python brings: the folder of
Pyodide's runtime (``PAGE_RUNTIME``), axe-core (``AXE_CORE``) and the browser
(``CHROMIUM``).
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "page"))
from build_page import build  # type: ignore[import-not-found]  # beside the page

# A browser that calls home is not what is tested.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 300_000
"""Milliseconds until a page that has not loaded is given up."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder meanwhile; its address."""
    handler = partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """What serves a folder."""
    return served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page."""
    folder = tmp_path_factory.mktemp("page")
    build(folder, runtime=Path(os.environ["PAGE_RUNTIME"]))
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = player.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def loaded(site: str, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """The page once it is ready, and everything that went wrong in it so far.

    Requests to any other address fail, as they do offline.
    """
    complaints: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((site, "blob:", "data:")):
            route.continue_()
        else:
            complaints.append(f"asked for {route.request.url}")
            route.abort()

    context = browser.new_context(accept_downloads=True)
    context.route("**/*", only_here)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            complaints.append(line.text) if line.type in ("error", "warning") else None
        ),
    )
    page.goto(site)
    page.wait_for_selector("body[data-ready=yes]", timeout=PATIENCE)
    yield page, complaints
    context.close()


@pytest.fixture
def page(loaded: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page with the example in it; after a test, nothing may have gone wrong."""
    shown, complaints = loaded
    shown.set_viewport_size({"width": 1200, "height": 900})
    shown.click("#show-example")
    settle(shown)
    yield shown
    assert complaints == []


def settle(page: Page) -> None:
    """Wait until Python has nothing left to answer.

    The page asks for what takes longer only after a pause of 200 ms.
    """
    page.wait_for_timeout(300)
    while page.evaluate("waiting.size"):
        page.wait_for_timeout(30)
    page.wait_for_timeout(50)
