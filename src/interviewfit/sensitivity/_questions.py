"""Which question to ask first: the value of knowing an aspect, and who can answer it.

Suppose aspect j of the job became known for sure now. The surplus m then moves by
p * (x - mean), which is normal with standard deviation s = priority * sd. With W the
value of the best open action, and W_j the same where stages show nothing of j, the
expected value of partial perfect information is

    value of knowing j = E[ W_j(m + s * Z) ] - W(m) >= 0,    Z standard normal.

An either/or fact has two worlds instead, and E is the mean of the two.

Other roles at the firm share the aspects of the company, so at every point of the
integral the decision is evaluated anew. A stage ahead shows a share of what is still
unknown when it comes; here that becomes a share of what is unknown now.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961);
M. Strong, J. E. Oakley and A. Brennan, Medical Decision Making 34 (2014) 311-326.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from math import inf, sqrt
from typing import ClassVar, overload

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.parameters import quoted
from interviewfit._model.progress import Progress
from interviewfit._model.units import Hours, PercentOfPay, Worth, number_of
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._numeric.expected_maximum import bounded_maximum
from interviewfit._process.covariances import covariances_of
from interviewfit._process.fact_structure import fact_record
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, share_of
from interviewfit._text.html import show_lines
from interviewfit._text.labels import aspect_name, is_plural, without_article
from interviewfit.sensitivity._one_way_search import value_scale
from interviewfit.sensitivity._sources import (
    CALL_TITLE,
    DESK_TITLE,
    Source,
    sources_of,
)
from interviewfit.sensitivity._work import likely_work

# Values closer than this share of what is at stake differ by rounding alone.
_ROUNDING = 1e-14
# Points of a grid; it is long if it takes more than a share of what there is.
_GRID, _LONG = 17, 0.2
# From the first share of what there is on, aspects are looked at in turn where passes
# tell of the fit; they take the second at most, and one may take so much more than the
# one before it.
_TURNS, _IN_TURN, _MORE = 0.5, 0.8, 1.5
# A source answers a question well enough to be named first if it shows this share.
_ENOUGH = 0.1
# Stages that are called after the person met there.
_PEOPLE = ("hiring manager", "executive")
# Shares as they are said, with the range in which they are true enough.
_PARTS = (
    (0.97, 1.01, "all"),
    (0.7, 0.8, "about three quarters"),
    (0.62, 0.7, "about two thirds"),
    (0.45, 0.55, "about half"),
    (0.3, 0.37, "about a third"),
    (0.23, 0.27, "about a quarter"),
)


@frozen(kw_only=True)
class InformationValue:
    """What knowing one aspect before deciding would be worth. Made by ``questions``.

    Attributes:
        aspect: The aspect of the job.
        value: Expected value of knowing it for sure before deciding, hours; at least 0.
        sd_percent: Standard deviation that it adds to the fit, percent of pay.
        sources: Who or what shows something of it, in the order in which they come.
        fact: The either/or fact on the aspect that one would know, in words; empty if
            it is the rest of the aspect.
        error: About how far off *value* may be, hours, where the decision takes so long
            that its values are interpolated between a few of them; else 0.
    """

    aspect: str
    value: Worth
    sd_percent: PercentOfPay
    sources: tuple[Source, ...]
    fact: str = ""
    error: Worth = 0.0

    @property
    def subject(self) -> str:
        """The aspect, and the fact on it if it is one."""
        name = aspect_name(self.aspect)
        return f"{name} ({self.fact})" if self.fact else name

    @property
    def text(self) -> str:
        """The question, its value and who can answer it, in two sentences."""
        pronoun = "them" if is_plural(self.aspect) else "it"
        about = f" (give or take {hours_of(self.error)})" if self.error else ""
        worth = f"knowing {pronoun} is worth {hours_of(self.value)}{about}"
        return f"Find out about the {self.subject} first: {worth}. {self._answer()}"

    def __str__(self) -> str:
        return self.text

    def _answer(self) -> str:
        if not self.sources:
            return f"No interview ahead tells you about the {self.subject}."
        source = next(
            (source for source in self.sources if source.share >= _ENOUGH),
            max(self.sources, key=lambda source: source.share),
        )
        fraction = next(
            (words for low, high, words in _PARTS if low <= source.share <= high),
            f"about {share_of(source.share)}",
        )
        hours = hours_of(source.hours)
        answers = f"answers {fraction} of that question and takes {hours}"
        if source.where == DESK_TITLE:
            return f"Looking it up {answers}."
        if source.where == CALL_TITLE:
            return f"A call before you answer the offer {answers}."
        interview = "'s interview" if source.where in _PEOPLE else ""
        where = without_article(source.where)
        return f"The {where}{interview} {answers} in all."


@frozen(repr=False)
class Questions(Tabular, Sequence[InformationValue]):
    """Every aspect not known for sure, the most valuable first. Made by ``questions``.

    Attributes:
        values: The value of knowing each aspect.
        left_out: Aspects not known for sure that were not looked at, because each takes
            long: those that move the fit least.
    """

    _row_name: ClassVar[str] = "values"

    values: tuple[InformationValue, ...]
    left_out: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> InformationValue: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[InformationValue, ...]: ...
    def __getitem__(
        self, index: int | slice
    ) -> InformationValue | tuple[InformationValue, ...]:
        return self.values[index]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everything that shows an aspect or tells a fact, aspect by aspect."""
        return tuple(source for value in self.values for source in value.sources)

    def __len__(self) -> int:
        return len(self.values)

    def __str__(self) -> str:
        if not self.values:
            return "Nothing is left to find out before you decide."
        first, *others = self.values
        lines = [first.text]
        lines += [f"{value.subject}: worth {hours_of(value.value)}" for value in others]
        if self.left_out:
            names = ", ".join(aspect_name(aspect) for aspect in self.left_out)
            lines.append(f"Not worked out, because each takes long: {names}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        first = f", first {self.values[0].aspect!r}" if self.values else ""
        return f"<Questions: {number_of(len(self.values), 'aspect')}{first}>"

    _repr_html_ = show_lines


class ConditionalDecision:
    """A decision that is made once one aspect of the job is known.

    Attributes:
        decision: As things stand.
        beliefs: What is believed of each aspect now, percent of pay.
        sds: Standard deviation of each as it counts in the surplus, percent of pay.
        unnarrowed: The same for another role at the firm, which is weighed once all is
            known, so that the rounds behind have not narrowed it.
        together: Whether aspects go together.
        slack: Differences of value that are rounding, hours.
        view: How the employer's view goes with the job as believed now, by name; empty
            where passes tell nothing of the fit.
        known: What rows of the decision worked out so far have shown.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.decision = decision = assessment.decision
        self.known = KnownRivals.of(decision, assessment)
        entry = self.known.entries(decision)[0]
        self.beliefs = entry.posterior.beliefs
        self.unnarrowed = entry.posterior.unnarrowed
        structure, numbers = entry.structure, entry.numbers
        self.together = covariances_of(structure, numbers, entry.posterior) is not None
        priorities = self.decision.candidate.priorities
        self.sds = {
            aspect: priorities.get(aspect, 1.0) * belief.sd
            for aspect, belief in self.beliefs.items()
        }
        self.slack = _ROUNDING * value_scale(assessment)
        mutual = entry.process.mutual
        self.view = {} if mutual is None else mutual.fixed_view()

    def expected_values(self, aspects: Sequence[str]) -> FloatColumn:
        """Expected value of the best action once each aspect is known, hours.

        Args:
            aspects: Names of aspects with a standard deviation above 0.
        """
        return self.bounded_values(aspects, inf)[0]

    def bounded_values(
        self, aspects: Sequence[str], most: float
    ) -> tuple[FloatColumn, FloatColumn]:
        """The same by a bounded number of operations, and how far off each may be.

        Args:
            aspects: As ``expected_values``.
            most: Operations that it may take (``effort``).
        """
        if not aspects:
            return np.empty(0), np.empty(0)
        values, count = partial(self.action_values, aspects), len(aspects)
        likely = likely_work(evolve(self.decision, beside=()), _GRID * count)
        is_long = likely > _LONG * most
        return bounded_maximum(values, count, self.slack, most, is_long=is_long)

    def values_in_turn(
        self, aspects: Sequence[str], most: float
    ) -> tuple[list[Worth], list[Worth], int]:
        """The same of one aspect after another, until no more can be afforded.

        Args:
            aspects, most: As ``bounded_values``; the first is worked out in any case.

        Returns:
            Expected values, how far off each may be, and how many were worked out.
        """
        values, errors, left = list[Worth](), list[Worth](), most
        for number, aspect in enumerate(aspects):
            with counted() as effort:
                value, error = self.bounded_values(
                    [aspect], left / (len(aspects) - number)
                )
            values += value.tolist()
            errors += error.tolist()
            left -= effort.operations
            if left < _MORE * effort.operations:
                break
        return values, errors, len(values)

    def action_values(
        self, aspects: Sequence[str], curve: IndexArray, z: FloatColumn
    ) -> FloatArray:
        """The value of each action once an aspect is known, hours, by news on it.

        Args:
            aspects: The aspect of each curve.
            curve: The number of the curve on which each point lies, ``(points,)``.
            z: The news at each point, in standard deviations, ``(points,)``.

        Returns:
            Shape ``(actions, points)``.
        """
        stated = self.decision.opportunity.beliefs
        # The employer's view stays what it is, whatever is found out.
        columns = {name: np.full(z.size, value) for name, value in self.view.items()}
        for number, aspect in enumerate(aspects):
            is_known, name = curve == number, quoted(aspect)
            if self.together:
                # What is found out of one aspect tells of the others as well.
                columns[f"known.{name}"] = np.where(is_known, 1.0, 0.0)
                columns[f"news.{name}"] = np.where(is_known, z, 0.0)
                continue
            now = self.beliefs[aspect]
            before, news = stated.get(aspect), now.mean + now.sd * z
            # Where nobody has stated a belief it is not known, NaN.
            mean, sd = (before.mean, before.sd) if before else (np.nan, np.nan)
            columns[f"{name}.mean"] = np.where(is_known, news, mean)
            columns[f"{name}.sd"] = np.where(is_known, 0.0, sd)
            wider = max(0.0, self.unnarrowed[aspect].sd ** 2 - now.sd**2)
            if wider:
                columns[f"{name}.promised"] = np.where(is_known, sqrt(wider), 0.0)
        return evaluate_rows(self.decision, columns, self.known).values


def questions(assessment: Assessment, *, progress: Progress | None = None) -> Questions:
    """Expected value of partial perfect information: what to find out before deciding.

    The work grows with the aspects, times the stages of all processes. Where it would
    take more than some seconds, values are interpolated; *error* says how far off. And
    where passes tell of the fit, fewer aspects may be looked at (*left_out*).

    Args:
        assessment: What ``assess`` returned.
        progress: Called with (0, 1) at first and (1, 1) once all is worked out.

    Returns:
        The value of each aspect not known for sure, hours, the largest first, without
        news that only waiting brings. Empty if a dealbreaker is met or all is over.

    Raises:
        InvalidFieldError: If *assessment* is not an assessment.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(questions(result)[0])
    Find out about the role first: knowing it is worth 3.3 h. ...
    """
    check_assessment(assessment, "questions(assessment)")
    if progress is not None:
        progress(0, 1)
    if assessment.hard_stops or assessment.phase is Phase.REJECTED:
        return Questions(())
    conditional = ConditionalDecision(assessment)
    aspects = [aspect for aspect, sd in conditional.sds.items() if sd > 0.0]
    most, count = largest_work(), len(aspects)
    likely = likely_work(evolve(assessment.decision, beside=()), _GRID * count)
    if conditional.view and likely > _TURNS * most:
        aspects.sort(key=lambda aspect: -conditional.sds[aspect])
        expected, errors, count = conditional.values_in_turn(aspects, _IN_TURN * most)
    else:
        columns = conditional.bounded_values(aspects, most)
        expected, errors = (column.tolist() for column in columns)
    values = [
        InformationValue(
            aspect=aspect,
            value=max(0.0, value - assessment.value),
            sd_percent=conditional.sds[aspect],
            sources=sources_of(assessment.decision, aspect),
            error=error,
        )
        for aspect, value, error in zip(aspects[:count], expected, errors, strict=True)
    ]
    values.extend(_fact_values(assessment))
    if progress is not None:
        progress(1, 1)
    ordered = sorted(values, key=lambda value: -value.value)
    return Questions(tuple(ordered), left_out=tuple(aspects[count:]))


def _fact_values(assessment: Assessment) -> Iterator[InformationValue]:
    """What knowing each either/or fact would be worth: averaged over its two worlds."""
    decision = assessment.decision
    problem = compile_problem(evolve(decision, beside=()))
    hours, hours_by_stage = 0.0, dict[int, Hours]()
    for step in problem.process.steps:
        hours += step.hours
        hours_by_stage[step.stage] = hours
    titles = {step.stage: step.title for step in problem.process.steps}
    for fact in problem.structure.facts:
        record = fact_record(decision, fact)
        priority = problem.numbers.priority(fact.aspect)
        if not priority or not 0.0 < record.chance < 1.0:
            continue
        worlds = np.array([1.0, 0.0])
        best = evaluate_rows(decision, {f"{fact.name}.chance": worlds}).value
        chances = np.array([record.chance, 1.0 - record.chance])
        spread = abs(priority * (record.if_so - record.if_not))
        source = Source(
            aspect=fact.aspect,
            where=titles.get(fact.stage, ""),
            share=1.0,
            hours=hours_by_stage.get(fact.stage, 0.0),
        )
        yield InformationValue(
            aspect=fact.aspect,
            value=max(0.0, float(chances @ best) - assessment.value),
            sd_percent=spread * float(np.sqrt(chances.prod())),
            sources=(source,) if fact.stage in titles else (),
            fact=record.note or "one way or the other",
        )
