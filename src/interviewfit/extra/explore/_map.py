"""The map of decisions as HTML, which takes a millisecond and fits a phone.

What it shows is that of ``draw_map``; a picture by matplotlib takes thirty milliseconds
and twenty times the letters, which a slider that is dragged has no time for. Rows are
boxes placed in percent of the width, so that words keep their size on any screen.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, exp, floor, log10

from interviewfit import Assessment
from interviewfit._model.units import PercentOfPay
from interviewfit.errors import visible
from interviewfit.extra.plots._axes import FIT_LABEL, Colour, percent_text
from interviewfit.extra.plots._decision_map import (
    REGION_COLOURS,
    Region,
    decision_regions,
    map_title,
    row_names,
    shown_bars,
    shown_fits,
)

# Lines across a colour, so that regions differ in a grey print as well.
_LINE = "rgba(0,0,0,.35) 0 1px,transparent 1px 6px"
_LINES = {
    "go on": "none",
    "finish politely": f"repeating-linear-gradient(90deg,{_LINE})",
    "withdraw politely": f"repeating-linear-gradient(45deg,{_LINE})",
    "leave": f"repeating-linear-gradient(45deg,{_LINE}),"
    f"repeating-linear-gradient(-45deg,{_LINE})",
}
_GRID = (
    "display:grid;grid-template-columns:minmax(6em,26%) 1fr;gap:3px 0.6em;"
    "align-items:center;max-width:44em;line-height:1.25;padding-right:1.5em"
)
_SWATCH = "display:inline-block;width:1.4em;height:0.8em;margin-right:0.4em"
# Points of the bell of the belief, its height, and numbers below the rows at most.
_BELL_POINTS, _BELL_EM, _MOST_TICKS = 41, 2.2, 6


def map_html(answer: Assessment) -> str:
    """The map of decisions, with a title in words.

    Args:
        answer: With stages ahead.
    """
    names, regions = row_names(answer), decision_regions(answer)
    low, high = shown_fits(answer, [step.fit for step in answer.thresholds])
    scale = _Scale(low, high)
    title = map_title(answer, regions)
    rows = ["<span></span>", _bell(answer, scale)]
    for row, name in enumerate(names):
        rows += [f"<bdi>{escape(visible(name))}</bdi>"]
        rows += [_bar(regions, row, scale, answer.mean)]
    rows += ["<span></span>", _ticks(scale)]
    legend = "".join(_legend(regions, scale))
    return (
        f"<p><strong>{escape(visible(title))}</strong></p>"
        f'<div role="img" aria-label="{escape(visible(title))}">'
        f'<div data-explore="rows" style="{_GRID}">{"".join(rows)}</div>'
        f"<p>{escape(FIT_LABEL)}<br>{legend}</p></div>"
    )


class _Scale:
    """Fits as places across, in percent of the width.

    Args:
        low, high: The lowest and the highest fit, percent of pay.
    """

    def __init__(self, low: PercentOfPay, high: PercentOfPay) -> None:
        self.low, self.high = low, high

    def place(self, fit: PercentOfPay) -> str:
        """Where a fit stands, as a style sheet writes it."""
        return f"{100.0 * (fit - self.low) / (self.high - self.low):.2f}%"

    def width(self, start: PercentOfPay, stop: PercentOfPay) -> str:
        """How wide a range of fits is.

        Args:
            start, stop: Its ends.
        """
        return f"{100.0 * (stop - start) / (self.high - self.low):.2f}%"

    @property
    def ticks(self) -> list[PercentOfPay]:
        """Round fits, seven at most."""
        power = 10.0 ** floor(log10((self.high - self.low) / _MOST_TICKS))
        steps = (power * factor for factor in (1.0, 2.0, 5.0, 10.0))
        step = next(s for s in steps if (self.high - self.low) / s <= _MOST_TICKS)
        numbers = range(ceil(self.low / step), floor(self.high / step) + 1)
        return [number * step for number in numbers]


def _bell(answer: Assessment, scale: _Scale) -> str:
    """What is believed now, as a bell over the rows.

    Args:
        answer, scale: The belief, and its place.
    """
    points = []
    for number in range(_BELL_POINTS):
        sds = 6.0 * number / (_BELL_POINTS - 1) - 3.0
        fit = answer.mean + answer.sd * sds
        across = 100.0 * (fit - scale.low) / (scale.high - scale.low)
        points.append(f"{across:.1f},{100.0 * (1.0 - exp(-0.5 * sds * sds)):.1f}")
    return (
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'style="width:100%;height:{_BELL_EM}em;display:block">'
        f'<polygon points="{" ".join(points)}" fill="{Colour.GREY}" '
        'fill-opacity="0.6"/></svg>'
    )


def _bar(regions: Sequence[Region], row: int, scale: _Scale, mean: PercentOfPay) -> str:
    """What to do at which fit in one decision, with a line at the belief.

    Args:
        regions, row: Of all decisions, and which one this is.
        scale: Where fits stand.
        mean: The fit that is believed.
    """
    pieces = []
    for name, colour in REGION_COLOURS.items():
        for _, start, stop in (
            bar
            for bar in shown_bars(regions, name, scale.low, scale.high)
            if bar[0] == row
        ):
            pieces.append(
                f'<span title="{name}" style="position:absolute;top:0;bottom:0;'
                f"left:{scale.place(start)};width:{scale.width(start, stop)};"
                f'background:{_LINES[name]},{colour}"></span>'
            )
    pieces.append(
        '<span style="position:absolute;top:-2px;bottom:-2px;'
        f"left:{scale.place(mean)};border-left:2px dashed #000;"
        'box-shadow:0 0 0 1px rgba(255,255,255,.5)"></span>'
    )
    style = "position:relative;height:1.7em;overflow:hidden"
    return f'<div style="{style}">{"".join(pieces)}</div>'


def _ticks(scale: _Scale) -> str:
    """Round fits below the rows.

    Args:
        scale: Where they stand.
    """
    labels = "".join(
        f'<span style="position:absolute;left:{scale.place(fit)};'
        f'transform:translateX(-50%);white-space:nowrap">'
        f"{percent_text(fit) if fit else '0 %'}</span>"
        for fit in scale.ticks
    )
    return f'<div style="position:relative;height:1.4em">{labels}</div>'


def _legend(regions: Sequence[Region], scale: _Scale) -> Iterator[str]:
    """Yield the colours that are shown, with what they stand for.

    Args:
        regions, scale: What to do at which fit, and the fits that are shown.
    """
    word = '<span style="display:inline-block;margin-right:1.2em">{}{}</span>'
    for name, colour in REGION_COLOURS.items():
        if shown_bars(regions, name, scale.low, scale.high):
            style = f"{_SWATCH};background:{_LINES[name]},{colour}"
            yield word.format(f'<span style="{style}"></span>', name)
    line = "display:inline-block;height:1em;border-left:2px dashed;margin-right:0.4em"
    yield word.format(f'<span style="{line}"></span>', "believed now")
