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
from typing import ClassVar, overload

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.progress import Progress
from interviewfit._model.units import Hours, PercentOfPay, Worth, number_of
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.effort import largest_work
from interviewfit._process.fact_structure import fact_record
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, share_of
from interviewfit._text.html import show_lines
from interviewfit._text.labels import aspect_name, is_plural, without_article
from interviewfit.sensitivity._conditional_decision import GRID, ConditionalDecision
from interviewfit.sensitivity._sources import (
    CALL_TITLE,
    DESK_TITLE,
    Source,
    sources_of,
)
from interviewfit.sensitivity._work import likely_work

# Aspects are looked at in turn if all are likely to take more than this share of what
# there is, where passes tell of the fit and where not; they take the last at most.
_TURNS, _USUAL_TURNS, _IN_TURN = 0.5, 1.0, 0.8
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
            lines.append(not_worked_out_line(self.left_out))
        return "\n".join(lines)

    def __repr__(self) -> str:
        first = f", first {self.values[0].aspect!r}" if self.values else ""
        return f"<Questions: {number_of(len(self.values), 'aspect')}{first}>"

    _repr_html_ = show_lines


def not_worked_out_line(aspects: Sequence[str]) -> str:
    """Which aspects were not looked at, and why, as a sentence.

    Args:
        aspects: Their names.
    """
    names = ", ".join(aspect_name(aspect) for aspect in aspects)
    return f"Not worked out, because each takes long: {names}."


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
    rivals = KnownRivals.of(assessment.decision, assessment)
    answer = information_values(assessment, rivals)
    if progress is not None:
        progress(1, 1)
    return answer


def information_values(assessment: Assessment, rivals: KnownRivals) -> Questions:
    """As ``questions``, with what other rows of the same decision have shown.

    Where no operation may be taken all aspects are left out, because others of the same
    calculation took all that there was.

    Args:
        assessment: What ``assess`` returned.
        rivals: What other rows of the decision have shown; updated.
    """
    if assessment.hard_stops or assessment.phase is Phase.REJECTED:
        return Questions(())
    conditional = ConditionalDecision(assessment, rivals)
    aspects = [aspect for aspect, sd in conditional.sds.items() if sd > 0.0]
    most, count = largest_work(), len(aspects)
    if not most:
        return Questions((), tuple(aspects))
    likely = likely_work(evolve(assessment.decision, beside=()), GRID * count)
    if likely > (_TURNS if conditional.view else _USUAL_TURNS) * most:
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
    values.extend(_fact_values(assessment, conditional.rivals))
    ordered = sorted(values, key=lambda value: -value.value)
    return Questions(tuple(ordered), left_out=tuple(aspects[count:]))


def _fact_values(
    assessment: Assessment, rivals: KnownRivals
) -> Iterator[InformationValue]:
    """What knowing each either/or fact would be worth: averaged over its two worlds.

    Args:
        assessment, rivals: The answer, and what rows of its decision have shown.
    """
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
        columns = {f"{fact.name}.chance": worlds}
        best = evaluate_rows(decision, columns, rivals).value
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
