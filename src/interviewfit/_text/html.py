"""Answers as HTML, for notebooks: ``_repr_html_`` shows them.

The words are those of ``assessment_text`` and ``plan_text``. Names come from users, so
every text is escaped, in an element of its own direction. No script, style sheet or
link.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import isfinite

from interviewfit._model.units import PercentOfPay
from interviewfit._model.vocabulary import TERM_NAMES, Term
from interviewfit._results.assessment import Verdict
from interviewfit._results.plan import PlanRecord
from interviewfit._results.reasons import Reasons
from interviewfit._text.amounts import (
    hours_of,
    left_out,
    percent_of,
    share_of,
    signed,
    value_of,
)
from interviewfit._text.assessment_text import HEADLINES, explain
from interviewfit._text.plan_text import plan_text
from interviewfit.errors import visible

# Notebooks set tables close, each in its own way.
_CELL = "padding:0 0.5em"
_NUMBER = f"{_CELL};text-align:right"
_MOST_SHOWN = 20


def show_verdict(verdict: Verdict) -> str:
    """A verdict as HTML: the advice, its choices and reasons, and all else folded up.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="A & B", stages=corporate())
    >>> show_verdict(assess(Candidate(), job))[:60]
    '<div><p><strong><bdi>A &amp; B: take it. It is worth 12.3 h '
    """
    first, *further = explain(verdict).split("\n")
    choices = verdict.choices
    terms = [term for term in Term if any(term in item.terms for item in choices)]
    heads = ["action", "value", *(TERM_NAMES[term] for term in terms)]
    heads += ["your hours", "ends in the job"]
    rows = []
    for choice in choices:
        hours = (choice.terms.get(term) for term in terms)
        row = [HEADLINES[choice.action], value_of(choice.value, verdict.hour_price)]
        row += ["" if worth is None else signed(worth) for worth in hours]
        row += [hours_of(choice.hours), share_of(choice.accept_probability)]
        rows.append(row)
    tables = show_table(heads, rows)
    if verdict.reasons:
        tables += _show_reasons(verdict.reasons)
    return show_block(first, tables, further)


def _show_reasons(reasons: Reasons) -> str:
    """What each thing said does to an answer, as a table in HTML."""
    rows = []
    for reason in reasons[:_MOST_SHOWN]:
        without = HEADLINES[reason.action_without] if reason.turns else ""
        effects = [hours_of(reason.effect_hours), percent_of(reason.effect_percent)]
        rows.append([reason.what, *effects, without])
    if len(reasons) > _MOST_SHOWN:
        more = left_out(len(reasons) - _MOST_SHOWN, "reasons").strip()
        rows.append([more, "", "", ""])
    rows.append(["together, beyond each alone", hours_of(reasons.remainder), "", ""])
    return show_table(["what you said", "its lead", "fit", "without it"], rows)


def show_plan(plan: PlanRecord) -> str:
    """A plan as HTML: what it is worth, its processes in order, and all else folded up.

    >>> from interviewfit import Candidate, Opportunity, corporate, plan
    >>> found = plan(Candidate(), [Opportunity(name="Acme", stages=corporate())])
    >>> show_plan(found)[:42]
    '<div><p><strong><bdi>Plan: go on with 1 of'
    """
    first, *reasons = plan_text(plan).split("\n")
    heads = ["", "process", "do", "index", "adds", "alone", "to be your job", "hours"]
    shown = plan.ranked[:_MOST_SHOWN]
    rows = []
    for offer in plan.offers:
        # What the best of all else adds to turning it down.
        adds = offer.kept_value - offer.decline_value
        words, surplus = HEADLINES[offer.action], hours_of(offer.surplus_hours)
        gain = value_of(adds, plan.hour_price)
        if offer.dealbreakers:
            gain = surplus = "–"
        rows.append(["offer", offer.name, words, "", gain, surplus, "", ""])
    ranked = [(f"{rank}", process) for rank, process in enumerate(shown, start=1)]
    ranked += [("–", process) for process in plan.to_leave[: _MOST_SHOWN - len(shown)]]
    for rank, process in ranked:
        index, chance = show_index(process.index), share_of(process.accept_probability)
        row = [rank, process.name, HEADLINES[process.action], index]
        if process.dealbreakers:
            # Its numbers are those of going on, which is ruled out.
            rows.append([*row, "–", "–", "–", "–"])
            continue
        row.append(value_of(process.marginal_value, plan.hour_price))
        row.append(hours_of(process.standalone_value))
        rows.append([*row, chance, hours_of(process.hours)])
    return show_block(first, show_table(heads, rows), reasons)


def show_index(fit: PercentOfPay) -> str:
    """An index, percent of pay, in words where it is infinite.

    >>> show_index(12.4), show_index(float("inf")), show_index(float("-inf"))
    ('+12 %', 'first in any case', '–')
    """
    if isfinite(fit):
        return percent_of(fit)
    return "first in any case" if fit > 0.0 else "–"


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts as HTML, all escaped; columns of numbers stand to the right.

    Args:
        heads: One text for each column.
        rows: As many texts in each.

    >>> show_table([""], [["<b>"]])[-47:]
    '0 0.5em"><bdi>&lt;b&gt;</bdi></td></tr></table>'
    """
    body = list(rows)
    styles = [
        _NUMBER if any(text.lstrip("+-")[:1].isdigit() for text in column) else _CELL
        for column in zip(*body, strict=True)
    ] or [_CELL] * len(heads)
    table = "".join(_row("td", row, styles) for row in body)
    return f"<table>{_row('th', heads, styles)}{table}</table>"


def _row(tag: str, texts: Iterable[str], styles: Iterable[str]) -> str:
    """A row of a table as HTML.

    Args:
        tag, texts, styles: Of its cells: ``th`` or ``td``, and one text and style each.
    """
    cells = (
        f'<{tag} style="{style}">{_text(text)}</{tag}>'
        for text, style in zip(texts, styles, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _text(text: str) -> str:
    return f"<bdi>{escape(visible(text))}</bdi>"


def show_block(
    first: str, table: str, reasons: Sequence[str] = (), note: str = ""
) -> str:
    """A line, a table that is HTML already, a note on it, and more lines folded up.

    Args:
        first, note: A line that is set in bold, and a note below the table.
        table: HTML, which is not escaped.
        reasons: Lines that unfold at a click.

    >>> show_block("a < b", "")
    '<div><p><strong><bdi>a &lt; b</bdi></strong></p></div>'
    """
    below = f"<p>{_text(note)}</p>" if note else ""
    if reasons:
        below += f"<details><summary>Why</summary>{_list(reasons)}</details>"
    return f"<div><p><strong>{_text(first)}</strong></p>{table}{below}</div>"


def show_lines(record: object) -> str:
    """A record that prints a headline and indented lines, as a paragraph and a list.

    Where no line is indented there is no headline, and all lines are the list.

    >>> show_lines("take it")
    '<div><p><strong><bdi>take it</bdi></strong></p></div>'
    """
    first, *lines = str(record).split("\n")
    if not all(line.startswith("  ") for line in lines):
        return f"<div>{_list([first, *lines])}</div>"
    return show_block(first, _list(lines) if lines else "")


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(line.strip())}</li>" for line in lines)
    return f"<ul>{items}</ul>"
