"""What stands under the sliders, as HTML: the advice, then what takes longer."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from io import StringIO
from typing import TypeAlias

import attrs

from interviewfit import Assessment, InterviewFitError, InvalidFieldError
from interviewfit._results.assessment import Verdict
from interviewfit._text.html import show_verdict
from interviewfit.errors import MissingPackageError
from interviewfit.extra.explore._explorer import Explorer
from interviewfit.extra.explore._map import map_html

Values: TypeAlias = Mapping[str, float]
"""Where sliders stand, by the names of their numbers."""

# Wide tables and pictures are moved sideways, so that a phone shows the page whole.
_WIDE = "overflow-x:auto;max-width:100%"
# What the certificate and the shares of an opportunity beside others are of.
_ALONE = " (judged alone)"
_BESIDE = " (beside the others)"
_SIZE, _MARGINS = (6.4, 4.0), {"left": 0.27, "right": 0.97, "bottom": 0.26, "top": 0.86}


def advice(explorer: Explorer, answer: Assessment) -> str:
    """The advice as HTML, with its reasons if they are at hand at once.

    Args:
        explorer: What is explored.
        answer: Where the sliders stand.
    """
    return _block(
        "advice", show_verdict(answer if explorer.is_alone else _bare(answer))
    )


def _bare(answer: Assessment) -> Verdict:
    """An answer that works out no reasons."""
    fields = attrs.fields(Verdict)
    values = {str(item.alias): getattr(answer, item.name) for item in fields}
    return Verdict(**values)


def details(
    explorer: Explorer, values: Values, answer: Assessment
) -> Iterator[tuple[str, str]]:
    """Yield what follows the advice at once, piece by piece: its name and HTML.

    Beside others the certificate and the shares are those of the opportunity alone.

    Args:
        explorer: What is explored.
        values: Where the sliders stand, by name.
        answer: The answer there.

    Raises:
        MissingPackageError: If matplotlib is not installed, and there is an offer.
    """
    yield "map", _block("map", _picture(answer))
    yield from _weightings(explorer, values, "" if explorer.is_alone else _ALONE)


def details_beside(
    explorer: Explorer, values: Values, answer: Assessment
) -> Iterator[tuple[str, str]]:
    """Yield what takes long beside others: certificate and shares there, and reasons.

    Args:
        explorer: What is explored; nothing follows if it is judged alone.
        values: Where the sliders stand, by name.
        answer: The answer there.
    """
    if not explorer.is_alone:
        yield from _weightings(explorer, values, _BESIDE)
        yield from reasons_beside(explorer, answer)


def reasons_beside(explorer: Explorer, answer: Assessment) -> Iterator[tuple[str, str]]:
    """Yield the reasons where the advice came without them.

    Args:
        explorer, answer: As ``details``.
    """
    if not explorer.is_alone:
        yield _told("reasons", "Why?", lambda: answer.reasons)


def _weightings(
    explorer: Explorer, values: Values, words: str
) -> Iterator[tuple[str, str]]:
    """Yield the certificate and the shares.

    Args:
        explorer, values: As ``details``.
        words: What they are of.
    """
    alone = words == _ALONE
    yield _told(
        "certificate",
        f"Does it hold for other weightings?{words}",
        lambda: explorer.certificate(values, alone=alone),
    )
    yield _told(
        "shares",
        f"Which weightings lead to which action?{words}",
        lambda: explorer.acceptability(values, alone=alone),
    )


def _told(key: str, title: str, ask: Callable[[], object]) -> tuple[str, str]:
    """A piece of the page: a heading and an answer in words, or why there is none.

    Args:
        key: Name of the piece.
        title: The heading.
        ask: Works out the answer.
    """
    try:
        lines = str(ask()).split("\n")
    except InterviewFitError as error:
        lines = [str(error)]
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return key, _block(key, f"<p><strong>{title}</strong></p>{words}")


def _picture(answer: Assessment) -> str:
    """The map of decisions; of an offer, its value by what is believed."""
    if answer.thresholds:
        return map_html(answer)
    try:
        return _value_picture(answer)
    except InvalidFieldError:
        # There is nothing left to decide, and the advice says so.
        return ""


def _value_picture(answer: Assessment) -> str:
    """The value of every answer to an offer as SVG, by what is believed of it."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingPackageError("matplotlib", "notebook") from None
    from interviewfit.extra import plots

    figure = Figure(figsize=_SIZE)
    figure.subplots_adjust(**_MARGINS)
    figure.patch.set_alpha(0.0)
    ax = figure.subplots()
    ax.set_facecolor("none")
    text = StringIO()
    # Text stays text, which is the quickest, and takes the colour of the page.
    with rc_context({"svg.fonttype": "none"}):
        plots.draw_value(answer, ax)
        figure.savefig(text, format="svg")
    picture = text.getvalue().replace("#000000", "currentColor")
    start = picture.index("<svg")
    style = 'style="max-width:100%;height:auto;fill:currentColor" role="img" '
    return f"{picture[start : start + 5]}{style}{picture[start + 5 :]}"


def _block(key: str, content: str) -> str:
    """A piece of the page that does not spread beyond it.

    Args:
        key: Its name, by which a style sheet or a test finds it.
        content: HTML.
    """
    return f'<div data-explore="{key}" style="{_WIDE}">{content}</div>'
