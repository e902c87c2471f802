"""The alternatives open at a position, each a chain of steps or over at once.

Going on is the chain of the process; leaving is over at once. *Investigate* puts desk
research in front of the chain; *postpone*, a step that costs a message, survives with
the chance that the invitation waits, and reveals the news that only waiting brings.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    IndexArray,
    N,
    N_co,
    Number,
    if_positive,
    is_zero,
    positive_or,
)
from interviewfit._process.compilation import Process, Step, compile_process
from interviewfit._process.ends import accept_gain
from interviewfit._process.evidence import Evidence
from interviewfit._process.facts import uncertain
from interviewfit._process.signals import Posterior, update
from interviewfit._process.structure import Structure

if TYPE_CHECKING:
    from interviewfit._competition.scenarios import RivalScenarios
    from interviewfit._process.mutual_fit import MutualFit

# Hours by which a tie is for an offer.
_TIE = 1e-9
# By which an alternative must beat those before it, in percent of pay and as a share of
# its value: the solver is no closer. Where an answer is sure whatever is found out, to
# look things up first is worth the same.
_LEAD, _ROUNDING = 3e-11, 1e-12


@frozen(eq=False)
class Problem(Generic[N_co]):
    """One decision, or a decision in each of many rows, compiled once.

    Attributes:
        structure: What is discrete about it.
        numbers: All its numbers, by name.
        posterior: What is believed once all signals are in.
        process: The chain of steps ahead.
        rivals: The other processes that run beside it.
        forgone: What accepting an offer now gives up of the rivals, hours.
        waiting: What an offer adds if it is asked to wait, hours; None without others.
        on_average: Whether what passes tell of the fit is counted on average beside
            the rivals.
        answer: How an offer is answered among several, as the place in
            ``list(Action)``, ``(rows,)``, where that is settled; else None.
    """

    structure: Structure
    numbers: Numbers[N_co]
    posterior: Posterior[N_co]
    process: Process[N_co]
    rivals: "RivalScenarios | None"
    forgone: N_co
    waiting: N_co | None = None
    answer: IndexArray | None = None
    on_average: bool = False


@frozen(eq=False)
class Alternative(Generic[N_co]):
    """Something that can be done now.

    Attributes:
        action: What it is called.
        steps: Taken in order, with the choice to leave before each but the first; none
            if the alternative is over at once.
        terms: What it is worth if it is over at once, hours, by term.
        accept: Probability that it accepts an offer at once.
        news: Standard deviation of the news for which it is taken, hours: it is not
            open in rows where that is 0. None if it is open in any case.
        mutual: How passes go with the fit; None where they do not.
    """

    action: Action
    steps: tuple[Step[N_co], ...] = ()
    terms: Mapping[Term, N_co] = field(factory=dict)
    accept: Probability = 0.0
    news: N_co | None = None
    mutual: "MutualFit | None" = None

    def closed_rows(self, rows: int) -> BoolArray:
        """Whether it is closed in each of so many rows."""
        if self.news is None:
            return np.zeros(rows, dtype=np.bool_)
        return np.broadcast_to(np.less_equal(self.news, 0.0), rows)


def problem_of(
    structure: Structure,
    numbers: Numbers[N],
    further: Sequence[Evidence[N]] = (),
    rivals: "RivalScenarios | None" = None,
    forgone: N = 0.0,
) -> Problem[N]:
    """A decision from its structure and numbers, compiled.

    Args:
        structure, numbers: What is discrete, and all numbers by name, maybe columns.
        further: Evidence beside the signals of the structure.
        rivals: The other processes that run beside it.
        forgone: What accepting an offer now gives up of the rivals, hours.
    """
    posterior = update(structure, numbers, further)
    process = compile_process(structure, numbers, posterior)
    return Problem(structure, numbers, posterior, process, rivals, forgone)


def without_terms(
    problem: Problem[Number], dropped: Sequence[Collection[Term]]
) -> Problem[Number]:
    """The same decision where some terms count for nothing; its rivals stay.

    No dealbreaker is met in it, so that the values alone decide.

    Args:
        problem: A single decision.
        dropped: Sets of terms, each a row of the result (floats if there is just one).
    """
    columns: dict[str, Number] = {}
    for term in {term for terms in dropped for term in terms}:
        weight = problem.numbers.weight(term)
        weights = [0.0 if term in terms else weight for terms in dropped]
        columns[f"weights.{term}"] = np.array(weights) if weights[1:] else weights[0]
    numbers: Numbers[Number] = Numbers({**problem.numbers, **columns})
    compiled, mutual = numbers, None
    if not any(Term.OFFER in terms for terms in dropped):
        # What passes tell does not hang on what else an interview brings.
        mutual = problem.process.mutual
    if mutual is not None:
        compiled = numbers.replaced({"mutual_fit": 0.0, "competition": 0.0})
    process = compile_process(problem.structure, compiled, problem.posterior)
    if mutual is not None:
        process = mutual.apply(process)
    return evolve(
        problem,
        structure=evolve(problem.structure, dealbreakers=()),
        numbers=numbers,
        process=process,
    )


def alternatives(problem: Problem[N]) -> tuple[Alternative[N], ...]:
    """Everything that can be done now; of two equal alternatives the first is best.

    Leaving comes first, because going on must be worth something; going on is second.
    An offer is accepted before it is turned down for nothing.
    """
    phase, process = problem.structure.phase, problem.process
    if phase is Phase.REJECTED:
        return (Alternative(Action.MOVE_ON, terms=process.end_terms),)
    first: Alternative[N]
    second: Alternative[N]
    if phase is Phase.OFFERED:
        # Whoever accepts now gives up what the rivals would bring.
        surplus = accept_gain(process, problem.forgone)
        terms = {} if is_zero(surplus) else {Term.OFFER: surplus}
        # Whoever accepts keeps the goodwill that naming somebody would earn.
        terms.update(process.end_terms)
        first = Alternative(Action.ACCEPT_OFFER, terms=terms, accept=1.0)
        second = Alternative(Action.DECLINE_OFFER, terms=process.end_terms)
    else:
        step = process.steps[0]
        is_first = step.phase is Phase.BEFORE and step.stage <= 0
        first = Alternative(name_of_leaving(step), terms=step.exit_terms)
        name = Action.TAKE if is_first else Action.CONTINUE
        second = Alternative(name, process.steps, mutual=process.mutual)
    options: list[Alternative[N]] = [first, second]
    options.extend(_detours(problem))
    return tuple(options)


def detour(problem: Problem[N], action: Action) -> Alternative[N] | None:
    """The alternative that puts a step before the chain; None if there is none.

    Only that is compiled, which takes most of the time where passes tell of the fit and
    where the decision stands for many rows; ``alternatives`` compiles all.

    Args:
        problem: The decision.
        action: What it is called: to look things up first, to ask, or to wait.
    """
    return next((it for it in _detours(problem, action) if it.action is action), None)


def _detours(
    problem: Problem[N], only: Action | None = None
) -> Iterator[Alternative[N]]:
    """The alternatives that put a step before the chain.

    Looking things up compiles the process anew, with half an hour before all steps, so
    that it is left out where another is asked for.

    Args:
        problem: The decision.
        only: Which is asked for; None for all.
    """
    structure, numbers = problem.structure, problem.numbers
    process: Process[N] = problem.process
    percent, news = process.hours_per_percent, process.news
    is_asked_for = only in (None, Action.INVESTIGATE)
    if structure.phase is Phase.BEFORE and structure.unresearched and is_asked_for:
        longer: Process[N] = compile_process(
            structure, numbers, problem.posterior, research_first=True
        )
        yield Alternative(Action.INVESTIGATE, longer.steps, mutual=longer.mutual)
    if process.call is not None:
        call: Step[N] = process.call
        # Where nothing is shown it is closed, and a usual row is solved: a standard
        # deviation of 0 or a small one would take far longer.
        usual = call.reveal
        if not call.facts:
            usual = positive_or(call.reveal, percent * process.sd)
        terms: dict[Term, N] = {**call.reward_terms, **process.end_terms}
        steps: tuple[Step[N], ...] = (evolve(call, reveal=usual, reward_terms=terms),)
        shown = None if call.facts else call.reveal
        mutual = process.mutual and process.mutual.after_step(steps[0], apart=True)
        if mutual is not None:
            forgone: N = process.trial + problem.forgone
            mutual = mutual.moved(-forgone)
        yield Alternative(Action.ASK_FIRST, steps, news=shown, mutual=mutual)
    pending: N = percent * process.unsettled
    is_joint = problem.waiting is not None
    if structure.phase is not Phase.MIDWAY and (is_joint or not is_zero(pending)):
        waits, asking = numbers["stays_open"], numbers["asking"]
        terms = {Term.TIME: -asking * numbers.weight(Term.TIME), **process.end_terms}
        # To a recruiter, an invitation that lapses over it is one turned down.
        for term, value in process.steps[0].exit_terms.items() if process.steps else ():
            terms[term] = (1.0 - waits) * value
        wait: Step[N] = Step(
            stage=-1,
            phase=Phase.BEFORE,
            title="waiting",
            reward_terms={
                term: value for term, value in terms.items() if not is_zero(value)
            },
            exit_terms=process.steps[0].exit_terms if process.steps else {},
            survive=waits,
            drift=0.0,
            # As above: where nothing is to come it is closed.
            reveal=percent * news.sd
            if is_joint
            else if_positive(pending, percent * news.sd, percent * process.sd),
            hours=asking,
            days=0.0,
            facts=uncertain((chance, percent * size) for chance, size in news.events),
        )
        steps = (wait,)
        mutual = process.mutual and process.mutual.after_step(wait, apart=False)
        due = None if is_joint else pending
        steps += process.steps
        yield Alternative(Action.POSTPONE, steps, news=due, mutual=mutual)


def name_of_leaving(step: Step[N]) -> Action:
    """The action that leaving before a step is."""
    if step.phase is Phase.MIDWAY:
        return Action.LEAVE
    return Action.DECLINE if step.stage <= 0 else Action.WITHDRAW_POLITELY


def name_of_continuing(process: Process[float], thresholds: FloatArray) -> Action:
    """The action that going on is.

    In mid-interview one stays or walks out. Staying is *continue* if one would also go
    on afterwards as things stand, else *finish politely*. Before an interview, going on
    is *take* if it is the first, else *continue*.

    Args:
        process, thresholds: With steps ahead, and theirs, hours, ``(steps,)``.
    """
    step = process.steps[0]
    if step.phase is Phase.BEFORE:
        return Action.TAKE if step.stage <= 0 else Action.CONTINUE
    stays = continues_after(process, thresholds)
    return Action.CONTINUE if stays else Action.FINISH_POLITELY


def continues_after(process: Process[N], thresholds: FloatArray) -> BoolArray:
    """Whether one would go on after the first step as things stand, in each row.

    Args:
        process: With steps ahead.
        thresholds: Of its steps, hours, ``(steps,)`` or ``(steps, rows)``.

    Returns:
        Of shape ``(rows,)``, or of no dimension for a single decision.
    """
    if len(process.steps) == 1:
        return np.asarray(lead_after_last(process) > 0.0)
    afterwards = process.mean_hours + process.steps[0].drift
    return np.asarray(np.greater(afterwards, thresholds[1]))


def lead_after_last(process: Process[N]) -> FloatArray:
    """By how much an offer after the last step beats turning it down as things stand.

    Hours, of shape ``(rows,)`` or of no dimension. As at an offer (``accept_gain``),
    what nobody has told is no reason to turn it down: where it alone stands against the
    offer, what was told counts, and a tie is for the offer.

    Args:
        process: With a single step ahead.
    """
    drift = process.steps[0].drift
    mean: N = process.mean_hours + drift
    told: N = process.hours_per_percent * process.spoken + drift
    is_silence = np.greater_equal(told, 0.0) & np.greater(told, mean)
    return np.asarray(np.where(is_silence, np.maximum(told, _TIE), mean))


def forced_action(phase: Phase, process: Process[N]) -> Action:
    """How to leave a process that one must leave.

    In mid-interview, by finishing it if that is not worse than walking out. After a
    refusal there is nothing left to leave, and one moves on.

    Args:
        phase: Where the process stands.
        process: From there; in mid-interview that of a single decision.
    """
    if phase is Phase.REJECTED:
        return Action.MOVE_ON
    if phase is Phase.OFFERED:
        return Action.DECLINE_OFFER
    if phase is Phase.MIDWAY and finishes(process):
        return Action.FINISH_POLITELY
    return name_of_leaving(process.steps[0])


def finishes(process: Process[N]) -> BoolArray:
    """Whether one takes the first step even if one leaves right after it, in each row.

    The result has the shape ``(rows,)``, or no dimension for a single decision.
    """
    step, following = process.steps[0], process.steps[1:2]
    leaving: N = following[0].exit if following else 0.0
    return np.asarray(np.greater_equal(step.reward + step.survive * leaving, step.exit))


def first_of_best(values: FloatArray, hours_per_percent: Number) -> IndexArray:
    """The first alternative of each row that no other beats by more than rounding.

    Args:
        values: Of each alternative in each row, hours, ``(alternatives, rows)``.
        hours_per_percent: What a percent of pay is worth, hours.
    """
    best = np.maximum.reduce(values, axis=0)
    least = best - _LEAD * hours_per_percent - _ROUNDING * np.abs(best)
    return np.asarray((values >= least).argmax(axis=0))
