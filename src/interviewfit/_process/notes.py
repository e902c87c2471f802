"""Numbers that may be meant but probably are not, each asked about by name.

What cannot be meant is refused where it is stated, by the bounds of the registry. What
remains is doubtful if it looks like another unit or scale:

* a belief, a reading or an outside option within 1 % of pay, as 0.08 for 8 %, but of a
  size that a share of pay may have,
* a weight above 5, as on a scale up to 10,
* an interview longer than two working days, as 60 for sixty minutes,
* a chance to be passed on below 1 %, as 0.6 for 60 % in percent,
* an assumption three times beyond its plausible range,
* pay in money that is far from the salary, as pay for another time,
* an offer that is said to stand at a stage before the last,
* two aspects of one's own whose names differ by a slip,
* in a search, a dealbreaker that is a tag of no opportunity.

Such a number is used as it is stated, and the answer asks about it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from interviewfit._model.aspect_names import meant_name
from interviewfit._model.beliefs import Either, Reading
from interviewfit._model.decision import unmet_dealbreakers
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.parameters import PARAMETERS, PRIORS, quoted
from interviewfit._model.pay_conversion import PAY_NOTE
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ASPECTS, Phase, StageKind
from interviewfit._process.structure import DEFAULTS, stated_numbers

LEAST_FRACTION = 0.005
"""Smaller numbers are no shares of pay either: it would be half a percent."""

_LARGEST_WEIGHT = 5.0
_ROUNDED_SHARES = 0.011
_LONGEST_INTERVIEW = 16.0
_LEAST_PASS_RATE = 0.01
_BEYOND = 3.0
# Percent of the salary below and above which pay may be for another time.
LOW_PAY, HIGH_PAY = -60.0, 150.0
_MOST_NAMED, _MOST_COMPARED = 4, 30


def notes_on(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> tuple[str, ...]:
    """What to check in a decision, a sentence or two for each doubtful number.

    Args:
        candidate, opportunity: As they are stated, pay in money as a reading.
        assumptions: The numbers that take the place of defaults count.

    >>> from interviewfit import Belief, corporate
    >>> beliefs = {"pay": Belief(mean=0.08, sd=0.05)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> notes_on(Candidate(), job, Assumptions())
    ('pay.mean is 0.08 % of pay, which is next to nothing. If you mean 8 %, write 8.',)
    """
    numbers = stated_numbers(candidate, opportunity, assumptions)
    silent = _silent_names(candidate, opportunity)
    stated = {
        name: value
        for name, value in numbers.items()
        if DEFAULTS.get(name) != value and name not in silent
    }
    notes = [
        *_small_percents(stated),
        *_large_weights(stated),
        *_shares(candidate),
        *_odd_stages(stated, opportunity),
        *_odd_offer(opportunity),
        *_odd_assumptions(stated),
        *_odd_pay(opportunity),
        *_alike_names(candidate, opportunity),
    ]
    return tuple(notes)


def notes_on_all(
    candidate: Candidate, opportunities: Sequence[Opportunity], assumptions: Assumptions
) -> tuple[str, ...]:
    """What to check in a search, each sentence once, with the name of its opportunity.

    Args:
        candidate, opportunities: As they are stated, pay in money as readings.
        assumptions: The numbers that take the place of defaults count.
    """
    owners: dict[str, list[str]] = {}
    for job in opportunities:
        for note in notes_on(candidate, job, assumptions):
            owners.setdefault(note, []).append(job.name)
    notes = [
        note if len(names) > 1 else f"{names[0]}: {note}"
        for note, names in owners.items()
    ]
    return (*unmet_notes(candidate, opportunities), *notes)


def unmet_notes(
    candidate: Candidate, opportunities: Sequence[Opportunity]
) -> Iterator[str]:
    """Yield a sentence for each dealbreaker that no opportunity has as a tag.

    Args:
        candidate, opportunities: Of a search.
    """
    # Imported when it is needed.
    from difflib import get_close_matches

    tags = sorted({tag for job in opportunities for tag in job.tags})
    for word in unmet_dealbreakers(candidate, opportunities):
        similar = get_close_matches(word.casefold(), tags, n=1, cutoff=0.6)
        meant = f" Did you mean {similar[0]!r}?" if similar else ""
        yield (
            f"Your dealbreaker {word!r} is a tag of no opportunity, so it rules out "
            f"nothing.{meant}"
        )


def _silent_names(candidate: Candidate, opportunity: Opportunity) -> frozenset[str]:
    """The names of numbers that raise no question.

    These are readings made of pay in money or of posted pay, and what is stated of
    aspects that count for nothing.

    Args:
        candidate, opportunity: As they are stated, pay in money as a reading.
    """
    idle = {aspect for aspect, weight in candidate.priorities.items() if not weight}
    records = (("signals", opportunity.signals), ("learned", candidate.learned))
    silent = {
        f"{head}[{number}].{name}"
        for head, signals in records
        for number, signal in enumerate(signals)
        if isinstance(signal, Reading | Either)
        and (signal.aspect in idle or signal.note.startswith((PAY_NOTE, "posted:")))
        for name in ("value", "if_so", "if_not")
    }
    return frozenset({f"{quoted(aspect)}.mean" for aspect in idle} | silent)


def _small_percents(stated: Mapping[str, float]) -> Iterator[str]:
    percents = [
        (name, value)
        for name, value in stated.items()
        if LEAST_FRACTION <= abs(value) < 1.0
        and (
            name == "fallback"
            or name.endswith((".mean", ".reshape_gain", ".if_so", ".if_not"))
            or (name.startswith(("signals", "learned")) and name.endswith(".value"))
        )
    ]
    if percents:
        parts = [f"{name} is {value:.3g} %" for name, value in percents]
        parts[0] += " of pay"
        meant = f"{100.0 * percents[0][1]:.3g}"
        yield (
            f"{_join(parts)}, which is next to nothing. If you mean {meant} %, write "
            f"{meant}."
        )


def _large_weights(stated: Mapping[str, float]) -> Iterator[str]:
    large = {
        name: value
        for name, value in stated.items()
        if value > _LARGEST_WEIGHT and name.startswith(("priorities.", "weights."))
    }
    if large:
        shown = _join([f"{name} is {value:.3g}" for name, value in large.items()])
        yield (
            f"{shown}, so many times as much as stated. 1 counts as stated and 2 twice "
            "as much; it is no scale up to 10."
        )


def _shares(candidate: Candidate) -> Iterator[str]:
    """Yield what to ask about three or more priorities that add up to 1, as shares."""
    parts = {name: value for name, value in candidate.priorities.items() if value}
    if len(parts) > 2 and abs(sum(parts.values()) - 1.0) < _ROUNDED_SHARES:
        names = _join([f"priorities.{name}" for name in parts])
        yield (
            f"{names} add up to 1. They are no shares: 1 counts as stated, and 0.5 "
            "half as much. To make one count for more, write 1.5 or 2."
        )


def _odd_stages(stated: Mapping[str, float], opportunity: Opportunity) -> Iterator[str]:
    """Yield what to ask about interviews that last for days, or that nobody passes.

    Args:
        stated: Numbers by name.
        opportunity: Whose stages they are.
    """
    for number, stage in enumerate(opportunity.stages):
        if stage.hours is None and stage.pass_rate is None:
            continue
        hours = stated.get(f"stages[{number}].hours", 0.0)
        if hours > _LONGEST_INTERVIEW and stage.kind is not StageKind.TAKE_HOME:
            yield (
                f"stages[{number}].hours is {hours:.4g} h. If you mean minutes, write "
                f"{hours / 60.0:.2g}."
            )
        rate = stated.get(f"stages[{number}].pass_rate", 0.0)
        if 0.0 < rate < _LEAST_PASS_RATE:
            yield (
                f"stages[{number}].pass_rate is {rate:.3g}, a chance of "
                f"{100.0 * rate:.3g} %. If you mean {1e4 * rate:.3g} %, write "
                f"{100.0 * rate:.3g}."
            )


def _odd_offer(opportunity: Opportunity) -> Iterator[str]:
    """Yield what to ask about an offer at a stage that others follow."""
    position, last = opportunity.position, len(opportunity.stages) - 1
    if position.phase is Phase.OFFERED and 0 < position.stage < last:
        yield (
            f"position.stage is {position.stage}, but with an offer all "
            f"{last + 1} stages count as over. Leave out those that did not take place."
        )


def _odd_assumptions(stated: Mapping[str, float]) -> Iterator[str]:
    replaced = stated.keys() & DEFAULTS.keys()
    for name in DEFAULTS if replaced else ():
        if name not in replaced:
            continue
        value = stated[name]
        prior, spec = PRIORS[name], PARAMETERS[name]
        is_share = spec.high == 1.0 or prior.low < 0.0
        within = prior.low / _BEYOND <= value <= prior.high * _BEYOND
        if value and not is_share and not within:
            yield (
                f"{name} is {value:,.4g}; plausible is {prior.low:,.4g} to "
                f"{prior.high:,.4g} ({prior.unit})."
            )


def _odd_pay(opportunity: Opportunity) -> Iterator[str]:
    for signal in opportunity.signals:
        if isinstance(signal, Reading) and signal.note.startswith(PAY_NOTE):
            side = "less" if signal.value < 0.0 else "more"
            if not LOW_PAY <= signal.value <= HIGH_PAY:
                yield (
                    f"Pay of {signal.note.removeprefix(PAY_NOTE)} is "
                    f"{abs(signal.value):.0f} % {side} than your salary. Is it for the "
                    "time that it states?"
                )


def _alike_names(candidate: Candidate, opportunity: Opportunity) -> Iterator[str]:
    """Yield what to ask about names of aspects that differ by a slip.

    Args:
        candidate, opportunity: Who may both name aspects of their own.
    """
    readings = (
        signal.aspect for signal in opportunity.signals if isinstance(signal, Reading)
    )
    shares = (aspect for stage in opportunity.stages for aspect in stage.reveals)
    names = {*candidate.priorities, *opportunity.beliefs, *readings, *shares}
    own = sorted(names.difference(ASPECTS))
    for name, other in combinations(own[:_MOST_COMPARED], 2):
        if meant_name(name, (other,)):
            yield f"{name!r} and {other!r} are two aspects. Is one misspelt?"


def _join(parts: list[str]) -> str:
    """Clauses in a row; of very many the first, and how many more."""
    more = len(parts) - _MOST_NAMED
    return ", ".join(parts[:_MOST_NAMED]) + (f" (and {more} more)" if more > 0 else "")
