"""Draw the figures of the README and of these pages: ``python docs/figures.py``.

Sphinx draws them anew at every build. The figure of the README is also kept in
``docs/images``, by ``python docs/figures.py docs/images map``; a test fails when it is
out of date.
"""

import sys
from collections.abc import Callable, Mapping
from doctest import DocTest, DocTestParser, DocTestRunner
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from interviewfit import Assessment, Search, loads, plan, read_log, simulate
from interviewfit.extra import plots
from interviewfit.history import replay
from interviewfit.sensitivity import sweep, tornado

EXAMPLE = loads(
    files("interviewfit").joinpath("data/example.json").read_text("utf-8"), Search
)
LOG = read_log(
    (Path(__file__).parents[1] / "tests" / "data" / "job-search-2025.csv").read_text(
        encoding="utf-8"
    )
).history


@cache
def variables_of(page: str, until: str) -> Mapping[str, Any]:
    """The variables that the examples of a page have made, by name.

    So the figure of a page shows the numbers of the page itself.

    Args:
        page: A page, relative to this folder.
        until: The example at which to stop.
    """
    text = Path(__file__).parent.joinpath(page).read_text(encoding="utf-8")
    examples = DocTestParser().get_examples(text)
    sources = [example.source.strip() for example in examples]
    test = DocTest(examples[: sources.index(until)], {}, page, None, 0, text)
    DocTestRunner().run(test, clear_globs=False)
    return test.globs


def _assessment() -> Assessment:
    """The decision of the tutorial."""
    assessment = variables_of("tutorial.md", "print(answer)")["answer"]
    assert isinstance(assessment, Assessment)
    return assessment


def _map() -> Axes:
    return plots.draw_map(_assessment())


def _value() -> Axes:
    return plots.draw_value(_assessment())


def _terms() -> Axes:
    return plots.draw_terms(_assessment())


def _plan() -> Axes:
    return plots.draw_plan(plan(EXAMPLE.candidate, EXAMPLE.opportunities))


def _week() -> Axes:
    return plots.draw_plan(variables_of("howto/plan-a-week.md", "print(week)")["week"])


def _tornado() -> Axes:
    return plots.draw_tornado(tornado(_assessment()))


def _flip() -> Axes:
    times = np.linspace(0.0, 8.0, 81)
    return plots.draw_sweep(sweep(_assessment(), "weights.time", times))


def _sweep() -> Axes:
    last = "print(plots.draw_sweep(grid).get_title())"
    return plots.draw_sweep(variables_of("howto/weightings.md", last)["grid"])


def _weightings() -> Axes:
    limits = {"pay": (0.0, 3.0), "role": (0.0, 2.0)}
    last = "shares = learned.action_shares(answer)"
    trade = variables_of("howto/weightings.md", last)["trade"]
    return plots.draw_weightings(trade, priorities=limits)


def _outcomes() -> Axes:
    return plots.draw_outcomes(simulate(_assessment(), 20_000))


def _reliability() -> Axes:
    return plots.draw_reliability(replay(LOG))


def _flows() -> Axes:
    return plots.draw_flows(LOG)


FIGURES: Mapping[str, Callable[[], Axes]] = {
    "flip": _flip,
    "flows": _flows,
    "map": _map,
    "outcomes": _outcomes,
    "plan": _plan,
    "reliability": _reliability,
    "sweep": _sweep,
    "terms": _terms,
    "tornado": _tornado,
    "value": _value,
    "week": _week,
    "weightings": _weightings,
}


def draw(folder: Path, *names: str) -> None:
    """Write figures as SVG into a folder.

    The same code gives the same bytes, so a kept figure changes only with its content.

    Args:
        folder: Made if need be.
        names: Figures to draw; all if none is named.
    """
    folder.mkdir(exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "interviewfit", "backend": "svg"}):
        for name in names or FIGURES:
            figure = FIGURES[name]().get_figure(root=True)
            assert figure is not None
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            plt.close("all")


if __name__ == "__main__":
    chosen, *wanted = sys.argv[1:] or [str(Path(__file__).with_name("_generated"))]
    draw(Path(chosen), *wanted)
