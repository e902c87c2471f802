"""The figures of the README and of these pages, from code: ``python docs/figures.py``.

Sphinx draws them anew at every build. The one that the README shows is also kept, in
``docs/images``: ``python docs/figures.py docs/images map``; a test tells when it is out
of date.
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
def made_by(page: str, until: str) -> Mapping[str, Any]:
    """What the examples of a page have made before the one that says *until*.

    So the figure of a page shows its very numbers, and no copy of them.
    """
    text = Path(__file__).parent.joinpath(page).read_text(encoding="utf-8")
    examples = DocTestParser().get_examples(text)
    places = [one.source.strip() for one in examples]
    told = DocTest(examples[: places.index(until)], {}, page, None, 0, text)
    DocTestRunner().run(told, clear_globs=False)
    return told.globs


def _found() -> Assessment:
    """The decision of the tutorial."""
    found = made_by("tutorial.md", "print(found)")["found"]
    assert isinstance(found, Assessment)
    return found


def _map() -> Axes:
    return plots.draw_map(_found())


def _value() -> Axes:
    return plots.draw_value(_found())


def _terms() -> Axes:
    return plots.draw_terms(_found())


def _plan() -> Axes:
    return plots.draw_plan(plan(EXAMPLE.candidate, EXAMPLE.opportunities))


def _week() -> Axes:
    return plots.draw_plan(made_by("howto/plan-a-week.md", "print(week)")["week"])


def _tornado() -> Axes:
    return plots.draw_tornado(tornado(_found()))


def _flip() -> Axes:
    times = np.linspace(0.0, 8.0, 81)
    return plots.draw_sweep(sweep(_found(), "weights.time", times))


def _sweep() -> Axes:
    last = "print(plots.draw_sweep(grid).get_title())"
    return plots.draw_sweep(made_by("howto/weightings.md", last)["grid"])


def _outcomes() -> Axes:
    return plots.draw_outcomes(simulate(_found(), 20_000))


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
}


def draw(folder: Path, *names: str) -> None:
    """Write figures as SVG into a folder; all of them if none is named.

    The same code gives the same bytes, so that a figure that is kept changes only if
    what it shows does.
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
