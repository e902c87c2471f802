"""
The figures of the README and of these pages, from code: ``python docs/figures.py``.

Sphinx draws them anew at every build. The one that the README shows is also kept, in
``docs/images``: ``python docs/figures.py docs/images map``; a test tells when it is out
of date.
"""

import sys
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Search,
    assess,
    corporate,
    loads,
    plan,
    read_log,
    replay,
    simulate,
    sweep,
    tornado,
)
from interviewfit.extra import plots

ME = Candidate(priorities={"commute": 1.5}, interviews_done=2)
JOB = Opportunity(
    name="Harbour Insurance",
    stages=corporate(),
    beliefs={"pay": Belief(mean=8, sd=4), "commute": Belief(mean=-5, sd=2)},
    signals=["thin_job_description"],
)
EXAMPLE = loads(
    files("interviewfit").joinpath("data/example.json").read_text("utf-8"), Search
)
LOG = read_log(
    (Path(__file__).parents[1] / "tests" / "data" / "job-search-2025.csv").read_text(
        encoding="utf-8"
    )
).history


def _map() -> Axes:
    return plots.draw_map(assess(ME, JOB))


def _value() -> Axes:
    return plots.draw_value(assess(ME, JOB))


def _terms() -> Axes:
    return plots.draw_terms(assess(ME, JOB))


def _plan() -> Axes:
    return plots.draw_plan(plan(EXAMPLE.candidate, EXAMPLE.opportunities))


def _tornado() -> Axes:
    return plots.draw_tornado(tornado(assess(ME, JOB)))


def _flip() -> Axes:
    times = np.linspace(0.0, 8.0, 81)
    return plots.draw_sweep(sweep(assess(ME, JOB), "weights.time", times))


def _sweep() -> Axes:
    job = Opportunity(
        name="Acme", stages=corporate(), signals=["long_commute_remote_unknown"]
    )
    grid = sweep(
        assess(Candidate(), job),
        ("weights.time", "priorities.commute"),
        (np.linspace(0.5, 6.0, 60), np.linspace(0.0, 3.0, 40)),
    )
    return plots.draw_sweep(grid)


def _outcomes() -> Axes:
    return plots.draw_outcomes(simulate(assess(ME, JOB), 20_000))


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
}


def draw(folder: Path, *names: str) -> None:
    """
    Write figures as SVG into a folder; all of them if none is named.

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
