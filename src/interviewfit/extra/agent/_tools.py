"""The tools: each a function from a request to an answer, both with a schema.

Arguments are read by ``loads``, so that a fault says where it is and what to write
instead. An answer is what the library and the shell give for the same search.
"""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from interviewfit import (
    Action,
    Assessment,
    DecodeError,
    InvalidFieldError,
    Plan,
    assess,
    plan,
    questions,
    read_log,
    score,
)
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._results.reasons import Reasons
from interviewfit.extra.agent._arguments import read_request
from interviewfit.extra.agent._requests import (
    LetterRequest,
    OpportunityRequest,
    PlanRequest,
    ReviewRequest,
    ScoreRequest,
)
from interviewfit.history import History, Review, review
from interviewfit.letters import letter
from interviewfit.sensitivity import Questions
from interviewfit.sensitivity._summary import full_text


@frozen(kw_only=True)
class Explanation:
    """Why the advice is what it is. Made by the tool ``why``.

    Attributes:
        text: All of it in sentences, to be shown to the candidate.
        reasons: What each thing they said does to the answer.
    """

    text: str
    reasons: Reasons

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class Letter:
    """What to write or say to an employer. Made by the tool ``letter``.

    Attributes:
        text: The letter without a signature.
    """

    text: str

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class ScoredRow:
    """The answer for one row of a table.

    Attributes:
        action: What to do.
        value: Value of the best action, dealbreakers aside, hours.
        margin: By how much it exceeds the second best, hours.
        mean: Of the surplus over the fallback, percent of pay.
        threshold: Go on now if the surplus is above it, percent of pay; -inf: always.
        index: By how much it is above, percent of pay; what to sort by.
        hard_stop: Whether a dealbreaker forces the action.
        unknown: Number of aspects of which nothing is known.
    """

    action: Action
    value: Worth
    margin: Worth
    mean: PercentOfPay
    threshold: PercentOfPay
    index: PercentOfPay
    hard_stop: bool
    unknown: int


@frozen(kw_only=True)
class ScoredRows:
    """The answer for every row of a table, in its order. Made by the tool ``score``.

    Attributes:
        rows: An answer for each row.
    """

    rows: tuple[ScoredRow, ...]

    def __str__(self) -> str:
        return "\n".join(
            f"{number}: {row.action.value} ({row.value:.1f} h)"
            for number, row in enumerate(self.rows, start=1)
        )


@frozen
class Tool:
    """A tool that an agent may call.

    Attributes:
        name: As it is called.
        description: What it answers, and when to call it.
        request: Class of the record that its arguments state.
        answer: Class of the record that it returns.
        run: The function from the one to the other.
    """

    name: str
    description: str
    request: type
    answer: type
    run: Callable[[Any], Any]


def call_tool(name: str, arguments: str | bytes | Mapping[str, Any]) -> Any:
    """Return the answer of a tool, a record of the class that the tool names.

    Args:
        name: Name of the tool, such as ``"assess"``.
        arguments: JSON as text or as an object: the record that the tool names under
            ``request``.

    Raises:
        InterviewFitError: If there is no such tool, or the arguments are at fault; it
            says where, and what to write instead.

    >>> job = {"name": "Acme", "stages": [{"kind": "hr_screen"}, {"kind": "executive"}]}
    >>> arguments = {
    ...     "schema": "interviewfit/2",
    ...     "candidate": {},
    ...     "opportunities": [job],
    ... }
    >>> call_tool("assess", arguments).action.value
    'take'
    """
    if name not in TOOLS:
        expected = f"one of {', '.join(TOOLS)}"
        raise InvalidFieldError("call_tool(name)", expected, name)
    tool = TOOLS[name]
    return tool.run(read_request(arguments, tool.request))


def _assessed(request: OpportunityRequest) -> Assessment:
    """The assessment of the opportunity that a request asks about."""
    job = request.opportunity(request.name)
    others = [item for item in request.opportunities if item is not job]
    return assess(
        request.candidate,
        job,
        assumptions=request.assumptions,
        beside=() if request.alone else others,
        today=request.today,
    )


def _assess(request: OpportunityRequest) -> Assessment:
    """An assessment with its reasons."""
    answer = _assessed(request)
    return evolve(answer, reasons=answer.reasons)


def _plan(request: PlanRequest) -> Plan:
    return plan(
        request.candidate,
        request.opportunities,
        assumptions=request.assumptions,
        budget=request.budget,
        slots=request.slots,
        today=request.today,
    )


def _why(request: OpportunityRequest) -> Explanation:
    answer = _assessed(request)
    return Explanation(text=full_text(answer), reasons=answer.reasons)


def _questions(request: OpportunityRequest) -> Questions:
    return questions(_assessed(request))


def _letter(request: LetterRequest) -> Letter:
    text = letter(
        _assessed(request),
        request.channel,  # type: ignore[arg-type]  # letter() checks it
        to=request.to,
        reason=request.advised_reason or request.reason,
        recommend=request.recommend,
        when=request.when,
        language=request.language,
        form=request.form,  # type: ignore[arg-type]  # likewise
        purpose=request.purpose,
    )
    return Letter(text=text)


def _review(request: ReviewRequest) -> Review:
    history: History | None = None
    if request.log.strip():
        try:
            history = read_log(request.log, today=request.today).history
        except DecodeError as error:
            faults = [f"{fault.partition(' @ ')[0]} @ $.log" for fault in error.faults]
            raise DecodeError("ReviewRequest", faults) from None
    return review(request, history, request.today)


def _score(request: ScoreRequest) -> ScoredRows:
    columns: dict[str, Any] = {}
    for name, column in request.columns.items():
        values = column.values()
        columns[name] = values[0] if len(values) == 1 else values
    if columns and all(not isinstance(values, list) for values in columns.values()):
        columns = {name: [value] for name, value in columns.items()}
    scores = score(request.candidate, columns, assumptions=request.assumptions)
    names = ("value", "margin", "mean", "threshold", "index", "hard_stop", "unknown")
    lists = [getattr(scores, name).tolist() for name in names]
    rows = (
        ScoredRow(action=Action(action), **dict(zip(names, numbers, strict=True)))
        for action, *numbers in zip(scores.action.tolist(), *lists, strict=True)
    )
    return ScoredRows(rows=tuple(rows))


_STATED = (
    "State only what the candidate said or what you read; leave a field out rather "
    "than guess it. Aspects are in percent of pay against their present job, values in "
    "hours of their own time."
)
TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "assess",
            "Whether the next step of an interview process is worth the candidate's "
            f"time, and if not, how to leave. {_STATED}",
            OpportunityRequest,
            Assessment,
            _assess,
        ),
        Tool(
            "plan",
            "In which order to go on with all opportunities of a search, and which to "
            f"leave. {_STATED}",
            PlanRequest,
            Plan,
            _plan,
        ),
        Tool(
            "why",
            "Why the advice about an opportunity is what it is: what each thing said "
            f"does to it, what would change it, and how sure it is. {_STATED}",
            OpportunityRequest,
            Explanation,
            _why,
        ),
        Tool(
            "questions",
            "What to find out first about an opportunity, and who can tell. " + _STATED,
            OpportunityRequest,
            Questions,
            _questions,
        ),
        Tool(
            "letter",
            "What to write or say to an employer: decline, withdraw, postpone, ask for "
            f"time, accept, follow up. It holds stated facts only. {_STATED}",
            LetterRequest,
            Letter,
            _letter,
        ),
        Tool(
            "review",
            "One line of advice for every running process, with what the candidate's "
            f"own log of applications teaches. {_STATED}",
            ReviewRequest,
            Review,
            _review,
        ),
        Tool(
            "score",
            "What to do about every row of a table of jobs, such as search results. "
            + _STATED,
            ScoreRequest,
            ScoredRows,
            _score,
        ),
    )
}
"""Every tool by its name."""
