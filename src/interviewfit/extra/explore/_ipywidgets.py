"""The view of ipywidgets, for Jupyter and its kin."""

from itertools import groupby
from typing import Any

from interviewfit.extra.explore._explorer import Control, Explorer
from interviewfit.extra.explore._panels import advice, details, reasons_beside


def widgets_view(explorer: Explorer) -> Any:
    """Sliders and the answer under them, as one widget.

    Args:
        explorer: What is explored.
    """
    import ipywidgets

    box = ipywidgets.VBox()

    def show(chosen: Explorer) -> None:
        """Make the sliders of an opportunity, and show where they stand."""
        sliders = {control.name: _slider(control) for control in chosen.controls}
        said, more = ipywidgets.HTML(), ipywidgets.HTML()

        def follow(_: object = None) -> None:
            """Show the answer where the sliders stand: the advice, then the rest."""
            values = {name: slider.value for name, slider in sliders.items()}
            answer = chosen.answer(values)
            said.value = advice(chosen, answer)
            pieces = dict(details(chosen, values, answer))
            pieces |= reasons_beside(chosen, answer)
            more.value = "".join(pieces.values())

        for slider in sliders.values():
            slider.observe(follow, names="value")
        groups = groupby(chosen.controls, key=lambda control: control.group)
        boxes = {
            title: ipywidgets.VBox([sliders[control.name] for control in controls])
            for title, controls in groups
        }
        folds = ipywidgets.Accordion(
            children=list(boxes.values()), titles=tuple(boxes), selected_index=0
        )
        menu = ipywidgets.Dropdown(options=chosen.names, value=chosen.name)
        menu.observe(lambda change: show(chosen.chosen(change["new"])), names="value")
        head = [menu] if len(chosen.names) > 1 else []
        follow()
        box.children = [*head, said, folds, more]

    show(explorer)
    return box


def _slider(control: Control) -> Any:
    """The slider of a number."""
    import ipywidgets

    return ipywidgets.FloatSlider(
        value=control.value,
        min=control.low,
        max=control.high,
        step=control.step,
        description=control.label,
        style={"description_width": "45%"},
        layout={"width": "100%"},
        readout_format=".3g",
    )
