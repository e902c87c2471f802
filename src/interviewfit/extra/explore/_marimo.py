"""The view of marimo: one cell whose output follows its own sliders."""

import sys
from itertools import groupby
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any

from interviewfit import Assessment
from interviewfit.extra.explore._explorer import Control, Explorer
from interviewfit.extra.explore._panels import Values, advice, details

_SHOWN: dict[object, object] = {}
"""The sliders of each cell. Marimo forgets those that nobody holds."""

# The advice may take the turn from the pictures at once, seconds.
_TURN = 5e-4
_PATIENCE = 1.0
# Reasons beside others take long: they wait until a hand rests.
_PAUSE = 0.3
# Two moves that are closer than this are of a hand that drags.
_DRAG = 0.12


def marimo_view(explorer: Explorer) -> Any:
    """Sliders and the answer under them, as the output of the present cell.

    The advice is shown first. In a thread beside it come reasons and pictures, of the
    newest position only. Where Python has no threads, as in a browser, they come after.

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
        self._newest = SimpleQueue[tuple[Explorer, Values, Assessment]]()
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
        self._details = dict(details(explorer, values, answer))

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
        answer = self._explorer.answer(values)
        self._advice = advice(self._explorer, answer)
        self._mo.output.replace(self.page())
        if self._has_threads:
            self._newest.put((self._explorer, values, answer))
        else:
            self._details = dict(details(self._explorer, values, answer))
            self._mo.output.replace(self.page())

    def _follow_details(self) -> None:
        """Show the rest for the newest position, as long as the cell is there."""
        thread, before = self._mo.current_thread(), -_DRAG
        while not thread.should_exit:
            try:
                explorer, values, answer = self._newest.get(timeout=_PATIENCE)
            except Empty:
                continue
            # A hand that drags wants the advice; the rest comes when it slows down.
            since, before = monotonic() - before, monotonic()
            if since < _DRAG:
                sleep(_DRAG)
            if not self._newest.empty():
                continue
            pieces = dict[str, str]()
            for key, piece in details(explorer, values, answer):
                pieces[key] = piece
                # Nobody waits for the pieces of a position that is left already.
                if not self._newest.empty():
                    break
                # Together: a browser takes longer to show a page than we to answer.
                if key in {"shares", "reasons"}:
                    self._details = self._details | pieces
                    self._mo.output.replace(self.page())
                    sleep(0.0 if explorer.is_alone else _PAUSE)


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
