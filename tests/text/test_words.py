"""Every line that an answer may say, for answers made up, one thing changed at a time.

``data/words.txt`` holds all lines of an answer and of its reasons, each with the
actions that have it, and the lines that each other thing which an answer may hold adds
(+) and takes away (-).

``PYTHONPATH=tests python tests/text/test_words.py`` writes the file anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from answers import OPPOSITES, PRICE, RULE, TERMS, choice, thresholds, verdict
from interviewfit import Action, Phase, Term
from interviewfit._text import explain
from interviewfit._text.html import show_verdict
from interviewfit._text.layout import Block, Table, render
from interviewfit._text.why_text import why_screen
from interviewfit.records import (
    EmployerNews,
    Reason,
    Reasons,
    Verdict,
)
from recorded import read_parts, write_anew, write_parts

KEPT = Path(__file__).parents[1] / "data" / "words.txt"
ASPECTS = ("role", "pay", "team", "a garden")


def reason(name: str, effect: float, percent: float = 0.0, **more: Any) -> Reason:
    """Something that was said, with what it does to the answer."""
    given: dict[str, Any] = {"action_without": Action.TAKE, **more}
    return Reason(
        name=name,
        what=f"what you said of {name}",
        effect_hours=effect,
        effect_percent=percent,
        **given,
    )


def reasons(*items: Reason, unsaid: Action = Action.DECLINE) -> Reasons:
    """All that was said; the first one decides if it turns the answer."""
    decisive = tuple(item.name for item in items if item.turns)
    return Reasons(
        items=items,
        margin=12.2,
        margin_unsaid=-3.0,
        action_unsaid=unsaid,
        decisive=decisive,
    )


SAID = (
    reason("signals[0]", 9.5, 6.2, turns=True, action_without=Action.DECLINE),
    reason("beside", -4.0, 0.0),
    reason("beliefs.pay", -1.26, -3.0),
    reason("position", 2.0),
    *(reason(f"learned[{number}]", 0.9 / (number + 1), 1.0) for number in range(5)),
)
NEWS: dict[str, Any] = {"if_passed": 2.4, "if_refused": -3.0, "rates_fall": 0.25}

# Of each field, other things that it may hold.
OTHER: Mapping[str, tuple[Any, ...]] = {
    "phase": tuple(Phase),
    "mean": (-123.4, 0.0, 8.4, -19.96),
    "sd": (0.0, 1234.5),
    "thresholds": (
        thresholds(-9.0, -31.0, inf, -40.0),
        thresholds(-8.4, -9.0),
        thresholds(-30.0),
        thresholds(-inf, -inf),
        thresholds(inf, inf, 3.0, 4.0),
        thresholds(-30.0, -2000.0, -20.0, -2000.0),
    ),
    "information_value": (0.04, 0.06, 9.0),
    "hard_stops": (("oil",), ("gambling", "oil"), ("a", "b", "c", "d")),
    "unknown": (("role",), ASPECTS, tuple("abcdefghijklmn")),
    "ask_about": (("role",), tuple("abcdefghijkl")),
    "ask_whether": (("one may work at home",), ("a", "b", "c")),
    "open_facts": (("one may work at home",), ("a", "b")),
    "action_without_side_values": (Action.TAKE, Action.DECLINE, Action.ACCEPT_OFFER),
    "decisive_priors": (("contact",), ("contact", "practice_gain", "hidden_role")),
    "knows_someone": (True,),
    "rival_count": (1, 3),
    "unsettled": (("role",), ("role", "pay")),
    "horizon_years": (1.0, 0.5, 2.5),
    "unspoken": (12.5,),
    "unspoken_hours": (20.0,),
    "expected_hours": (0.0, 0.04, 1.0, 7.3),
    "hour_price": (PRICE,),
    "notes": (("one",), ("one", "two"), tuple("abcdefgh")),
    "rule": (
        RULE,
        evolve(RULE, method="sampled"),
        evolve(RULE, limits=(), standard_error=0.0, upper=30.0, offers=("Heron",)),
    ),
    "employer_news": (
        EmployerNews(so_far=-3.4, passes=1),
        EmployerNews(so_far=3.4, passes=3, is_liked=True, **NEWS),
        EmployerNews(so_far=0.0, is_liked=True, if_passed=-1.0, if_refused=1.0),
        EmployerNews(refused_share=0.3, similar=-2.2, **NEWS),
        EmployerNews(refused_share=0.0, similar=2.2, rates_fall=0.0),
        EmployerNews(so_far=0.3, passes=2, if_passed=0.2, if_refused=-0.3),
        EmployerNews(so_far=-3.4, refused_share=0.6, similar=-2.2, rates_fall=0.2),
        EmployerNews(so_far=3.4, refused_share=0.5, similar=0.04, rates_fall=0.2),
        EmployerNews(so_far=-0.04, refused_share=0.49, rates_fall=0.004),
    ),
    "reasons": (
        reasons(*SAID),
        reasons(*SAID[1:]),
        reasons(*SAID[1:2]),
        reasons(reason("signals[0]", 0.01, 4.4), reason("signals[1]", 0.02, -2.0)),
        reasons(*(evolve(item, turns=True) for item in SAID[:3]), unsaid=Action.TAKE),
        reasons(),
        *(
            evolve(
                reasons(*(evolve(item, turns=False) for item in SAID)),
                decisive=tuple(item.name for item in SAID[:count]),
            )
            for count in (1, 2, 3, 5)
        ),
    ),
}
BOTH: tuple[dict[str, Any], ...] = (
    {"rival_count": 2, "standalone_value": 5.0, "rivals_value": 40.0},
    {"rival_count": 1, "thresholds": thresholds(-30.0)},
    {"rival_count": 1, "reasons": reasons(*SAID[1:2]), "phase": Phase.OFFERED},
    {"unspoken": 12.5, "unspoken_hours": 20.0, "action_without_unspoken": Action.TAKE},
    {"unspoken": 5.0, "action_without_unspoken": Action.DECLINE_OFFER},
    {"hard_stops": ("oil",), "knows_someone": True, "unknown": ("role",)},
    {"hour_price": PRICE, "expected_hours": 7.3, "value_in_money": 366.0},
    {"decisive_priors": ("contact",), "action_without_side_values": Action.DECLINE},
    {"decisive_priors": ("contact",), "hard_stops": ("oil",)},
)


def values_of(action: Action) -> Iterator[tuple[str, Verdict]]:
    """Answers whose values are others than usual."""
    usual = verdict(action)
    for lead in (0.0, 0.04, 3_000.0):
        first, *rest = usual.choices
        others = [evolve(other, value=first.value - lead) for other in rest]
        yield f"lead {lead:g}", evolve(usual, choices=(first, *others))
    second = choice(Action.POSTPONE, usual.choices[0].value - 1.0)
    yield "keep", evolve(usual, choices=(usual.choices[0], second, *usual.choices[1:]))
    terms = {**TERMS, Term.REFERRAL: -0.06, Term.COURTESY: -0.04, Term.BAIL: -20.0}
    changed = [evolve(item, terms=terms) for item in usual.choices]
    yield "terms", evolve(usual, choices=tuple(changed))
    ended = [
        evolve(item, reach=(), accept_probability=0.996, days=30.0)
        for item in usual.choices
    ]
    yield "sure", evolve(usual, choices=tuple(ended))


def marks(block: Block) -> str:
    """What a block is beside its text: the kinds of its rows, or what it gives way to.

    Args:
        block: A paragraph or a table.
    """
    if isinstance(block, Table):
        return f"~ {' '.join(block.kinds)} {block.framed:d}{block.minor:d}"
    flags = f"{block.strong:d}{block.optional:d}{block.minor:d}"
    return f"~ {' '.join(block.text.split()[:2])} {flags}"


def lines_of(answer: Verdict, *, page: bool = False) -> list[str]:
    """All lines of an answer and of its screen.

    Args:
        answer: The answer.
        page: Whether to add what a notebook shows.
    """
    blocks = why_screen(answer, "interviewfit letter me.json", "Add --explain.")
    screen = render(blocks, 240).splitlines()
    told = [*explain(answer).splitlines(), *(f"| {one}" for one in screen)]
    told += map(marks, blocks)
    if page:
        told += show_verdict(answer).replace("><", ">\n<").splitlines()
    return [line.rstrip() for line in told]


def made(action: Action, **more: Any) -> Verdict:
    """An answer with something changed."""
    known = more.pop("reasons", None)
    answer = verdict(action, **more)
    if known is not None:
        object.__setattr__(answer, "_reasons", known)
    return answer


def by_line(told: Mapping[Action, list[str]]) -> Iterator[str]:
    """Each line once, with the numbers of the actions that have it.

    Args:
        told: Lines by action.
    """
    having: dict[str, list[str]] = {}
    for number, action in enumerate(OPPOSITES):
        for line in told.get(action, ()):
            having.setdefault(line, []).append(str(number))
    for line, numbers in having.items():
        yield f"{' '.join(numbers)} {line}"


def of_changes(changes: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What some changes add and take away.

    Args:
        changes: Fields with what they hold instead.
    """
    for number, change in enumerate(changes):
        yield f"= {number}: {' and '.join(change)}"
        told = {action: lines_of(made(action, **change)) for action in OPPOSITES}
        yield from unusual(told)


def unusual(told: Mapping[Action, list[str]]) -> Iterator[str]:
    """What some lines have more than the usual ones, and less.

    Args:
        told: Lines by action.
    """
    for sign, these, those in (("-", USUAL, told), ("+", told, USUAL)):
        differ = {
            action: [line for line in these[action] if line not in those[action]]
            for action in OPPOSITES
        }
        yield from (f"{sign} {line}" for line in by_line(differ))


def of_terms() -> Iterator[str]:
    """What is said of other terms where nothing was said that stands out."""
    for terms in (
        {Term.OFFER: 3.0, Term.TIME: 0.0},
        {Term.OFFER: 0.0, Term.TIME: -1.0},
        {Term.PRACTICE: 0.06, Term.TIME: -1.0},
    ):
        yield f"= {terms}"
        answers = {action: made(action, reasons=reasons()) for action in OPPOSITES}
        for answer in answers.values():
            changed = tuple(evolve(item, terms=terms) for item in answer.choices)
            object.__setattr__(answer, "choices", changed)
        yield from unusual({action: lines_of(made) for action, made in answers.items()})


def of_values() -> Iterator[str]:
    """What answers of other values say, in a notebook as well."""
    others = {action: dict(values_of(action)) for action in OPPOSITES}
    for name in others[Action.TAKE]:
        yield f"= {name}"
        yield from by_line(
            {action: lines_of(others[action][name], page=True) for action in OPPOSITES}
        )


USUAL = {action: lines_of(made(action)) for action in OPPOSITES}
PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "usual": lambda: by_line(USUAL),
    "values": of_values,
    **{
        field: partial(of_changes, [{field: value} for value in values])
        for field, values in OTHER.items()
    },
    "terms": of_terms,
    "together": partial(of_changes, BOTH),
}


RECORDED = read_parts(KEPT)


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_what_it_was(part: str) -> None:
    assert list(PARTS[part]()) == RECORDED[part]


def write() -> None:
    """Write the file anew."""
    write_parts(KEPT, ((title, lines()) for title, lines in PARTS.items()))


if __name__ == "__main__":
    write_anew(KEPT, write)
