"""The view of marimo: one cell whose output follows its own sliders."""

import sys
from collections.abc import Iterator
from itertools import groupby
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any

from interviewfit import Assessment
from interviewfit._numeric.effort import counted
from interviewfit.extra.explore._explorer import Control, Explorer
from interviewfit.extra.explore._panels import (
    Values,
    advice,
    details,
    details_beside,
    reasons_beside,
)

_SHOWN: dict[object, object] = {}
"""The sliders of each cell. Marimo forgets those that nobody holds."""

# The advice may take the turn from the pictures at once, seconds.
_TURN = 5e-4
_PATIENCE = 1.0
# What is beside others takes long: it waits until a hand rests.
_PAUSE = 0.3
# Two moves that are closer than this are of a hand that drags.
_DRAG = 0.12
# Operations up to which map, certificate and shares come with the advice.
_QUICK = 8_000_000


def marimo_view(explorer: Explorer) -> Any:
    """Sliders and the answer under them, as the output of the present cell.

    All that is quick is shown at once. While a hand drags, the advice is shown first,
    and the rest follows from a thread, of the newest position only; so does what takes
    long beside others. Where Python has no threads, as in a browser, the rest comes
    after, and of what takes long the reasons alone.

    Args:
        explorer: What is explored.
    """
    import marimo as mo

    view = _View(mo, explorer)
    context = mo.running_in_notebook()
    if context:
        _SHOWN[_cell()] = view
    return view.page()


def _cell() -> object:
    """The cell that runs; a view shown there before is let go."""
    from marimo._runtime.context import get_context

    return get_context().cell_id


class _View:
    """The page of one cell: a menu, sliders, the advice, and the rest."""

    def __init__(self, mo: Any, explorer: Explorer) -> None:
        """Make the sliders, and answer where they stand.

        Args:
            mo: The module of marimo.
            explorer: What is explored.
        """
        self._mo = mo
        # The newest position, and how long to wait until more of it is shown, seconds;
        # None if all that is quick is shown.
        self._newest = SimpleQueue[tuple[Explorer, Values, Assessment, float | None]]()
        self._moved = -_DRAG
        self._has_threads = mo.running_in_notebook() and sys.platform != "emscripten"
        self._show(explorer)
        if self._has_threads:
            sys.setswitchinterval(min(sys.getswitchinterval(), _TURN))
            mo.Thread(target=self._follow_details, daemon=True).start()

    def _show(self, explorer: Explorer) -> None:
        """Make the sliders of an opportunity."""
        mo = self._mo
        self._explorer = explorer
        self._menu = mo.ui.dropdown(
            list(explorer.names),
            value=explorer.name,
            label="Opportunity",
            on_change=self._choose,
        )
        self._sliders = mo.ui.dictionary(
            {control.name: _slider(mo, control) for control in explorer.controls},
            on_change=self._follow,
        )
        folds = {
            title: mo.vstack([self._sliders[control.name] for control in controls])
            for title, controls in groupby(
                explorer.controls, key=lambda control: control.group
            )
        }
        self._folds = mo.accordion(folds, multiple=True)
        values: dict[str, float] = {}
        answer = explorer.answer(values)
        self._advice = advice(explorer, answer)
        with counted() as effort:
            self._details = dict(details(explorer, values, answer))
        self._is_quick = effort.operations <= _QUICK
        self._details |= self._details_at_rest(explorer, values, answer)
        self._details |= details_beside(explorer, values, answer)

    def page(self) -> Any:
        """All of it, as what marimo shows."""
        mo = self._mo
        head = [self._menu] if len(self._explorer.names) > 1 else []
        pieces = [
            mo.Html(self._advice),
            self._folds,
            mo.Html("".join(self._details.values())),
        ]
        return mo.vstack([*head, *pieces])

    def _choose(self, name: str) -> None:
        """Turn to another opportunity."""
        self._show(self._explorer.chosen(name))
        self._mo.output.replace(self.page())

    def _follow(self, values: Values) -> None:
        """Show the advice where the sliders stand, and see to the rest."""
        explorer = self._explorer
        # A hand that drags wants the advice; the rest comes when it slows down.
        pause = _DRAG if monotonic() - self._moved < _DRAG else 0.0
        answer = explorer.answer(values)
        self._advice = advice(explorer, answer)
        # A browser takes longer to show a page than we to answer: better once.
        together = self._is_quick and not pause
        if together:
            self._details |= details(explorer, values, answer)
        self._mo.output.replace(self.page())
        self._moved = monotonic()
        if self._has_threads:
            wait = None if together else pause
            self._newest.put((explorer, values, answer, wait))
        else:
            self._details |= details(explorer, values, answer)
            self._details |= self._details_at_rest(explorer, values, answer)
            self._mo.output.replace(self.page())

    def _details_at_rest(
        self, explorer: Explorer, values: Values, answer: Assessment
    ) -> Iterator[tuple[str, str]]:
        """What takes long; without threads nobody could move on, so reasons alone.

        Args:
            explorer, values, answer: Where the sliders stand, and the answer there.
        """
        if self._has_threads:
            return details_beside(explorer, values, answer)
        return reasons_beside(explorer, answer)

    def _follow_details(self) -> None:
        """Show the rest for the newest position, as long as the cell is there."""
        thread = self._mo.current_thread()
        while not thread.should_exit:
            try:
                explorer, values, answer, wait = self._newest.get(timeout=_PATIENCE)
            except Empty:
                continue
            if wait is not None:
                sleep(wait)
                self._add(details(explorer, values, answer))
            if not explorer.is_alone:
                sleep(_PAUSE)
                self._add(self._details_at_rest(explorer, values, answer))

    def _add(self, pieces: Iterator[tuple[str, str]]) -> None:
        """Show more of the newest position; nothing if it is left already.

        Args:
            pieces: By name, as HTML.
        """
        ready = dict[str, str]()
        while self._newest.empty():
            key, piece = next(pieces, ("", ""))
            ready[key] = piece
            # Few times: a browser takes longer to show a page than we to answer.
            if key in {"shares", "reasons"}:
                self._details |= ready
                self._mo.output.replace(self.page())
            if not key:
                return


def _slider(mo: Any, control: Control) -> Any:
    """The slider of a number.

    Args:
        mo: The module of marimo.
        control: The number, and how far it goes.
    """
    return mo.ui.slider(
        control.low,
        control.high,
        control.step,
        control.value,
        label=control.label,
        show_value=True,
        full_width=True,
    )
