"""Each picture is drawn as it was: every line, area, word, width, colour and layer.

``data/pictures.txt`` holds what each picture is made of, one thing a line. Words must
be the same, numbers to one in ten thousand. Whether the numbers are right, other tests
say.

``python tests/test_pictures.py`` writes the file anew, for a change that is meant to
be seen.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    plan,
    read_log,
    simulate,
    small_firm,
    technical,
)
from interviewfit.extra import plots
from interviewfit.history import History, StageEvent, replay
from interviewfit.records import Either
from interviewfit.sensitivity import sweep, tornado
from interviewfit.weightings import acceptability
from recorded import read_parts, write_anew, write_parts

DATA = Path(__file__).parent / "data"
KEPT = DATA / "pictures.txt"
ME = Candidate()
JOB = Opportunity(name="Acme", stages=corporate(), mutual_fit=0.3)
TRADE = Opportunity(
    name="Bolt",
    stages=corporate(),
    beliefs={"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)},
)
INSIDE = Opportunity(
    name="Inside",
    stages=[*technical()[:2], Stage(kind="panel", name="a talk with all of the board")],
    beliefs={"role": Belief(mean=-20, sd=8)},
    position=Position(phase="midway", stage=1),
)
NEWS = Opportunity(
    name="News",
    stages=corporate(),
    unresearched=True,
    signals=["merger_talks"],
    beliefs={"role": Belief(mean=-12, sd=6)},
)


def offer(name: str, pay: float, **more: Any) -> Opportunity:
    """An offer with a pay."""
    more = {"beliefs": {"pay": Belief(mean=pay, sd=2)}, **more}
    where = Position(phase="offered")
    return Opportunity(name=name, stages=small_firm(), position=where, **more)


OFFERS = [offer("Kestrel", 5), offer("Heron", 6, answer_by="2026-12-04")]
SMALL = Opportunity(
    name="Small", stages=small_firm(), beliefs={"pay": Belief(mean=14, sd=6)}
)
DATED = Opportunity(name="Dated", stages=corporate(), next_on="2026-12-01")

LONG = "The Honourable Company of $Makers$ and Menders of Very Small Things in Iron"
# Nothing that it can show makes it worth a step.
NEVER = Opportunity(
    name=LONG,
    stages=[Stage(kind="hr_screen", name=f"{LONG}, {LONG}"), *small_firm()],
    beliefs={"role": Belief(mean=-300, sd=1)},
)
FACT = Either(aspect="role", chance=0.4, if_so=15, if_not=-5, told_by=1)
# Passed on once; the next interview refuses nobody, the one after it does.
PASSED = evolve(
    JOB,
    stages=[
        Stage(kind="hr_screen"),
        Stage(kind="panel", pass_rate=1),
        *corporate()[1:],
    ],
    position=Position(stage=1),
    signals=[FACT],
)
OUTCOMES = {
    "a": ("applied", "screen", "interview", "interview", "offer", "accepted"),
    "b": ("applied", "rejected"),
    "c": ("applied", "screen", "withdrew"),
    "d": ("contacted", "applied", "screen", "offer", "declined"),
}


def short_log(names: str) -> History:
    """Some of four processes with known ends."""
    return History(
        events=[
            StageEvent(process=name, kind=kind, on=f"2025-05-{7 * number + 1:02}")
            for name in names
            for number, kind in enumerate(OUTCOMES[name][:5])
        ]
    )


@cache
def answer(name: str) -> Assessment:
    """One of the decisions, assessed."""
    jobs = {job.name: job for job in (JOB, TRADE, INSIDE, NEWS, *OFFERS)}
    return assess(ME, jobs.get(name, NEVER))


@cache
def log() -> History:
    """The log of a real search."""
    return read_log((DATA / "job-search-2025.csv").read_text(encoding="utf-8")).history


def _week(*jobs: Opportunity) -> Axes:
    return plots.draw_plan(plan(ME, jobs))


def _calendar(*jobs: Opportunity) -> Axes:
    return plots.draw_calendar(plan(ME, jobs, today="2026-11-30"))


def _line(name: str, top: float, count: int = 9) -> Axes:
    numbers = np.linspace(0.0, top, count)
    return plots.draw_sweep(sweep(answer("Acme"), name, numbers))


def _grid() -> Axes:
    numbers = np.linspace(0.0, 3.0, 7)
    names = "weights.time", "priorities.role"
    return plots.draw_sweep(sweep(answer("News"), names, (numbers, numbers)))


def _inside(name: str, low: float, high: float) -> Axes:
    numbers = np.linspace(low, high, 7), np.linspace(0.0, 3.0, 4)
    return plots.draw_sweep(sweep(answer("Inside"), ("role.mean", name), numbers))


def _pays(*pays: float) -> Axes:
    return plots.draw_sweep(sweep(answer("News"), "pay.mean", pays))


def _first() -> Axes:
    """A plan whose first step is worth it whatever the others are worth."""
    talk = Opportunity(name=LONG, stages=[Stage(kind="panel", preparation=0)])
    who = Candidate(weights=Weights(time=0.1, bail=0))
    return plots.draw_plan(plan(who, [JOB, talk]))


def _shares(name: str, **how: Any) -> Axes:
    return plots.draw_acceptability(acceptability(answer(name), draws=20, **how))


PAY_AND_ROLE: Any = {"pay": (0.0, 3.0), "role": (0.0, 2.0)}
THREE = ("pay", "role", "growth")

PICTURES: Mapping[str, Callable[[], Axes]] = {
    "map": lambda: plots.draw_map(answer("Acme")),
    "map midway": lambda: plots.draw_map(answer("Inside")),
    "map of news": lambda: plots.draw_map(answer("News")),
    "map without offer": lambda: plots.draw_map(
        assess(Candidate(weights=Weights(offer=0)), JOB)
    ),
    "value": lambda: plots.draw_value(answer("Acme")),
    "value midway": lambda: plots.draw_value(answer("Inside")),
    "value of an offer": lambda: plots.draw_value(answer("Kestrel")),
    "terms": lambda: plots.draw_terms(answer("Acme")),
    "terms of leaving": lambda: plots.draw_terms(answer("Bolt")),
    "passing": lambda: plots.draw_passing(answer("Acme")),
    "plan": lambda: _week(JOB, TRADE, INSIDE, SMALL),
    "plan with offers": lambda: _week(JOB, offer("Kestrel", 5), offer("Heron", 4)),
    "calendar": lambda: _calendar(*OFFERS, INSIDE, DATED, SMALL),
    "tornado": lambda: plots.draw_tornado(tornado(answer("Acme"))[:7]),
    "sweep": lambda: _line("weights.time", 8.0),
    "sweep of a grid": _grid,
    "outcomes": lambda: plots.draw_outcomes(simulate(answer("Acme"), 400)),
    "outcomes of a plan": lambda: plots.draw_outcomes(
        simulate(plan(ME, [JOB, SMALL]), 400)
    ),
    "reliability": lambda: plots.draw_reliability(replay(log())),
    "flows": lambda: plots.draw_flows(log()),
    "weightings": lambda: plots.draw_weightings(
        answer("Bolt"), priorities=PAY_AND_ROLE
    ),
    "triangle": lambda: plots.draw_weightings(answer("Bolt"), relative=THREE),
    "acceptability": lambda: _shares("Bolt", priorities=PAY_AND_ROLE),
    "acceptability of a triangle": lambda: _shares("Bolt", relative=THREE),
    "map of no use": lambda: plots.draw_map(answer(LONG)),
    "value of no use": lambda: plots.draw_value(answer(LONG)),
    "value beside an offer": lambda: plots.draw_value(
        assess(ME, JOB, beside=[offer("Kestrel", 5)])
    ),
    "terms of an offer": lambda: plots.draw_terms(answer("Kestrel")),
    "terms of a choice": lambda: plots.draw_terms(answer("Inside"), action="leave"),
    "plan with a first": _first,
    "plan of an offer": lambda: _week(offer("Kestrel", 40), SMALL),
    "plan of no use": lambda: _week(NEVER),
    "calendar of far dates": lambda: _calendar(
        offer("Heron", 6, answer_by="2027-01-20"), evolve(DATED, next_on="2026-12-03")
    ),
    "tornado of no use": lambda: plots.draw_tornado(tornado(answer(LONG))[:5]),
    "sweep out of order": lambda: _pays(30, -60, 0, 10, -20),
    "sweep of one action": lambda: _line("weights.bail", 3.0, 2),
    "sweep of a grid midway": lambda: _inside("weights.bail", -60.0, 30.0),
    "reliability of two": lambda: plots.draw_reliability(replay(short_log("bc"))),
    "reliability of some": lambda: plots.draw_reliability(replay(short_log("abcd"))),
    "flows to an offer": lambda: plots.draw_flows(short_log("abcd")),
    "flows of a process": lambda: plots.draw_flows(short_log("b")),
    "passing behind": lambda: plots.draw_passing(assess(ME, PASSED)),
    "passing with an offer": lambda: plots.draw_passing(
        assess(ME, evolve(JOB, position=Position(phase="offered")))
    ),
}


def colours(some: Any) -> str:
    """Colours by their number, without what repeats."""
    rows = np.atleast_2d(np.asarray(some, dtype=np.float64))
    return " ".join(dict.fromkeys(to_hex(row, keep_alpha=True) for row in rows)) or "-"


def numbers(some: Any) -> str:
    """Numbers in a row; of many, nine that are equally far apart."""
    row = np.ravel(np.asarray(some, dtype=np.float64))
    kept = row[np.linspace(0, row.size - 1, 9).astype(int)] if row.size > 9 else row
    return f"{row.size}: " + " ".join(f"{number:.6g}" for number in kept)


def of_text(text: Text) -> Iterator[str]:
    """What a text is, and where it stands."""
    yield repr(text.get_text())
    yield f"at {numbers(text.get_position())} size {text.get_fontsize():g}"
    yield f"{text.get_horizontalalignment()} {text.get_verticalalignment()}"
    yield f"{text.get_fontweight()} {to_hex(text.get_color())}"
    yield f"turn {text.get_rotation():g} mathematics {text.get_parse_math()}"
    if box := text.get_bbox_patch():
        yield f"on {colours(box.get_facecolor())} {colours(box.get_edgecolor())}"
        yield f"pad {box.get_boxstyle().pad:g}"  # type: ignore[attr-defined]
    if isinstance(text, Annotation):
        yield f"beside {numbers(text.xy)} in {text.anncoords}"


def of_line(line: Line2D) -> Iterator[str]:
    """What a line is."""
    yield f"x {numbers(line.get_xdata())} y {numbers(line.get_ydata())}"
    yield f"{to_hex(line.get_color())} {line.get_linestyle()!r}"
    yield f"width {line.get_linewidth():g} marker {line.get_marker()!s}"
    yield f"size {line.get_markersize():g} clip {line.get_clip_on()}"
    effects = [effect._gc for effect in line.get_path_effects()]  # type: ignore[attr-defined]
    yield f"effects {effects} face {line.get_markerfacecolor()}"


def of_patch(patch: Patch) -> Iterator[str]:
    """What an area is."""
    path = patch.get_path().transformed(patch.get_patch_transform())
    yield f"corners {numbers(path.vertices)}"
    yield f"{colours(patch.get_facecolor())} {colours(patch.get_edgecolor())}"
    yield f"hatch {patch.get_hatch()} width {patch.get_linewidth():g}"


def of_collection(shapes: Collection) -> Iterator[str]:
    """What many shapes are."""
    paths = shapes.get_paths()
    vertices = np.concatenate([path.vertices for path in paths] or [np.empty((0, 2))])
    yield f"{len(paths)} paths {numbers(vertices)}"
    if isinstance(shapes, PathCollection):
        yield f"at {numbers(shapes.get_offsets())} sizes {numbers(shapes.get_sizes())}"
    yield f"{colours(shapes.get_facecolor())} {colours(shapes.get_edgecolor())}"
    yield f"hatch {shapes.get_hatch()} width {numbers(shapes.get_linewidth())}"
    yield f"alpha {shapes.get_alpha()}"


def of_axes(ax: Axes) -> Iterator[str]:
    """What is around a picture."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    yield f"figure {numbers(figure.get_size_inches())} {figure.get_layout_engine()}"[
        :60
    ]
    yield f"shown {ax.axison} aspect {ax.get_aspect()}"
    for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
        ticks = [tick for tick in axis.get_ticklocs() if min(limits) <= tick]
        yield f"{axis.axis_name} {axis.get_scale()} from {numbers(limits)}"
        yield f"ticks {numbers(ticks)} minor {len(axis.get_minorticklocs())}"
        yield " | ".join(label.get_text() for label in axis.get_ticklabels())
        yield " ".join(of_text(axis.label))
        yield f"length {axis.get_tick_params().get('length')}"
    yield f"edges {[name for name, edge in ax.spines.items() if edge.get_visible()]}"
    yield " ".join(of_text(ax.title))
    if legend := ax.get_legend():
        yield f"legend {[text.get_text() for text in legend.get_texts()]}"
        yield f"columns {legend._ncols} gap {legend.columnspacing:g}"  # type: ignore[attr-defined]
        yield f"place {legend._loc} pad {legend.borderaxespad:g}"  # type: ignore[attr-defined]
        yield f"frame {legend.get_frame_on()}"
        for one in legend.get_texts():
            yield f"size {one.get_fontsize():g} mathematics {one.get_parse_math()}"
        for handle in legend.legend_handles:
            size = handle.get_sizes() if isinstance(handle, PathCollection) else 0
            yield f"{type(handle).__name__} {numbers(size)}"


def described(ax: Axes) -> list[str]:
    """All that a picture is made of, in the order in which it is drawn."""
    ways: tuple[tuple[type, Callable[[Any], Iterator[str]]], ...] = (
        (Text, of_text),
        (Line2D, of_line),
        (Patch, of_patch),
        (Collection, of_collection),
    )
    lines = list(of_axes(ax))
    for artist in (*ax.lines, *ax.patches, *ax.collections, *ax.texts):
        kind, describe = next(way for way in ways if isinstance(artist, way[0]))
        label = str(artist.get_label())
        # Unnamed ones are numbered by matplotlib.
        label = "" if re.match(r"_child\d|_nolegend_", label) else label
        head = f"{kind.__name__} {label!r} layer {artist.get_zorder():g}"
        lines.append(" ".join([head, *describe(artist)]))
    return [line.rstrip().replace("\n", "\\n") for line in lines]


RECORDED = read_parts(KEPT)
_NUMBER = re.compile(r"(?<![\w#.])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|nan|inf)(?![\w.])")


REFUSED: Mapping[str, Callable[[], Axes]] = {
    "map of an offer": lambda: plots.draw_map(answer("Kestrel")),
    "value of what is over": lambda: plots.draw_value(
        assess(ME, evolve(SMALL, position=Position(phase="rejected")))
    ),
    "terms of leaving": lambda: plots.draw_terms(answer(LONG), action="decline"),
    "terms of no action": lambda: plots.draw_terms(answer("Acme"), action="leave"),
    "passing alike": lambda: plots.draw_passing(answer("Bolt")),
    "passing of what is known": lambda: plots.draw_passing(
        assess(ME, evolve(JOB, mutual_fit=0.0))
    ),
    "calendar without a day": lambda: plots.draw_calendar(plan(ME, [SMALL])),
    "tornado of nothing": lambda: plots.draw_tornado([]),
    "sweep of a point": lambda: _line("weights.time", 1.0, 1),
    "reliability of nothing": lambda: plots.draw_reliability(replay(History())),
    "flows of nothing": lambda: plots.draw_flows(History()),
    "weightings of one": lambda: plots.draw_weightings(
        answer("Bolt"), priorities={"pay": (0.0, 3.0)}
    ),
    "weightings of two": lambda: plots.draw_weightings(
        answer("Bolt"), relative=("pay", "role", "pay")
    ),
    "weightings of both": lambda: plots.draw_weightings(
        answer("Bolt"), relative=THREE, weights={"time": (0.0, 1.0)}
    ),
    **{
        f"{name} of None": partial(getattr(plots, name), None)
        for name in plots.__all__
        if name.startswith("draw_")
    },
}


def refusals() -> Iterator[str]:
    """What each picture that cannot be drawn is refused with."""
    for name, draw in REFUSED.items():
        try:
            draw()
        except InvalidFieldError as error:
            yield f"{name}: {error}"


def test_what_cannot_be_drawn_is_refused_in_the_same_words() -> None:
    assert list(refusals()) == RECORDED["refused"]
    assert len(RECORDED["refused"]) == len(REFUSED)


def test_every_function_that_draws_has_its_picture() -> None:
    named = {word for draw in PICTURES for word in draw.split()}
    assert list(RECORDED) == [*PICTURES, "refused"]
    assert named >= {name.removeprefix("draw_") for name in plots.__all__}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_as_it_was(name: str) -> None:
    try:
        now, then = described(PICTURES[name]()), RECORDED[name]
    finally:
        plt.close("all")

    assert len(now) == len(then)
    for line, before in zip(now, then, strict=True):
        assert _NUMBER.sub("0", line) == _NUMBER.sub("0", before)
        drawn, recorded = (
            np.array(_NUMBER.findall(one), dtype=np.float64) for one in (line, before)
        )
        np.testing.assert_allclose(drawn, recorded, 1e-4, 1e-6, err_msg=before)


def everything() -> Iterator[tuple[str, Iterable[str]]]:
    """What each picture is made of, and what is refused."""
    for title, draw in PICTURES.items():
        yield title, described(draw())
        plt.close("all")
    yield "refused", refusals()


def write() -> None:
    """Write the file anew."""
    write_parts(KEPT, everything())


if __name__ == "__main__":
    write_anew(KEPT, write)
