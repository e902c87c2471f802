"""
The figures of the pages: nothing cut off, nothing on top of another, none out of date.
"""

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Text

DOCS = Path(__file__).parents[1] / "docs"
KEPT = sorted((DOCS / "images").glob("*.svg"))
# Points: fonts of another machine are a little wider or narrower.
NEAR = 4.0


def _module() -> ModuleType:
    """``docs/figures.py``, which is no package's."""
    spec = spec_from_file_location("figures", DOCS / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


figures = _module()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[Text]:
    """All that is written, as it stands once it is drawn."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    found: list[Text] = [ax.title, *ax.texts]
    if ax.axison:
        found += [ax.xaxis.label, ax.yaxis.label]
        for axis, (low, high) in (
            (ax.xaxis, ax.get_xlim()),
            (ax.yaxis, sorted(ax.get_ylim())),
        ):
            ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            found += [one for at, one in ticks if low <= at <= high]
    legend = ax.get_legend()
    found += [] if legend is None else legend.get_texts()
    return [one for one in found if one.get_text()]


def boxes(ax: Axes) -> dict[str, Any]:
    # A label is known by where it stands: two may read alike.
    found: dict[str, Any] = {}
    for number, one in enumerate(texts(ax)):
        found[f"{number}: {one.get_text()}"] = Text.get_window_extent(one)
    return found


def outside(ax: Axes) -> list[str]:
    """What is written beyond the edge of the figure."""
    whole = ax.get_figure(root=True).bbox  # type: ignore[union-attr]  # it has one
    return [
        name
        for name, box in boxes(ax).items()
        if box.x0 < whole.x0 - 1
        or box.x1 > whole.x1 + 1
        or box.y0 < whole.y0 - 1
        or box.y1 > whole.y1 + 1
    ]


def overlaps(ax: Axes) -> list[tuple[str, str]]:
    """What is written on top of something else that is."""
    pairs = combinations(boxes(ax).items(), 2)
    return [
        (name, other)
        for (name, box), (other, beside) in pairs
        if min(box.x1, beside.x1) - max(box.x0, beside.x0) > 1
        and min(box.y1, beside.y1) - max(box.y0, beside.y0) > 1
    ]


@pytest.mark.parametrize("name", figures.FIGURES)
def test_nothing_is_cut_off_or_on_top_of_another(name: str) -> None:
    ax = figures.FIGURES[name]()

    assert len(texts(ax)) > 5
    assert outside(ax) == []
    assert overlaps(ax) == []


def test_what_is_cut_off_or_on_top_would_be_found_out() -> None:
    ax = plt.subplots()[1]
    ax.text(0.95, 0.5, "far too long for where it stands")
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.51, "another")

    assert [name.partition(": ")[2] for name in outside(ax)] == [
        "far too long for where it stands"
    ]
    assert [name.partition(": ")[2] for name in overlaps(ax)[0]] == ["one", "another"]


def content(picture: str) -> tuple[list[str], list[str], list[float]]:
    """What an SVG says, its colours in order, and where its shapes are."""
    said = re.findall(r"<!-- (.*?) -->", picture)
    colours = re.findall(r"(?:fill|stroke): (#\w+)", picture)
    # Letters are in definitions; shapes lie beside them.
    shapes = re.sub(r"<defs>.*?</defs>", "", picture, flags=re.DOTALL)
    paths = re.findall(r'<path d="([^"]*)"', shapes)
    places = [float(one) for path in paths for one in re.findall(r"-?[\d.]+", path)]
    return said, colours, places


def test_the_kept_figure_is_the_one_the_command_draws() -> None:
    words = "| draw the figure kept for the README | `python docs/figures.py (.*?)` |"
    guide = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(words.replace("|", r"\|"), guide)

    assert found is not None
    assert found[1].split() == ["docs/images", *(one.stem for one in KEPT)]


@pytest.mark.parametrize("path", KEPT, ids=lambda one: one.stem)
def test_a_kept_figure_is_what_the_library_says_today(
    path: Path, tmp_path: Path
) -> None:
    """Words and colours to the letter, shapes to a few points."""
    figures.draw(tmp_path, path.stem)
    kept = content(path.read_text(encoding="utf-8"))
    drawn = content((tmp_path / path.name).read_text(encoding="utf-8"))

    assert drawn[:2] == kept[:2]
    assert len(kept[2]) > 50
    assert np.abs(np.subtract(drawn[2], kept[2])).max() < NEAR
