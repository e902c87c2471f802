"""Questions on what lies ahead at one opportunity: its interviews and its days."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewfit._command.asking import ask, ask_day, choice, refuse
from interviewfit._command.new import MOST_STAGES, read_stages
from interviewfit._model.fields import canonical
from interviewfit._model.vocabulary import Phase, StageKind
from interviewfit._text.labels import without_article

if TYPE_CHECKING:
    from interviewfit._model.domain import Opportunity
    from interviewfit._model.stages import Stage

_OFFER = "none: they made me an offer"
_AGAIN = "Choose the same again, and set both."


def with_days(job: "Opportunity") -> "Opportunity":
    """An opportunity with its days asked about: each may be set, moved or taken out.

    Args:
        job: One before an interview, or an offer.

    Raises:
        InvalidFieldError: If the next interview were after the last day to answer.
    """
    from attrs import evolve

    from interviewfit.errors import InvalidFieldError

    last = "By when do you have to answer the offer?"
    if job.position.phase is Phase.OFFERED:
        by, more = ask_day(last, job.answer_by), None
        if by is not None:
            question = "If you ask for more time: until when may they give it?"
            said = job.more_time_until
            more = ask_day(question, said if said and said > by else None)
        if by is not None and more is not None and more <= by:
            expected = f"after {by}, the last one to answer"
            raise InvalidFieldError("The day", expected, str(more), _AGAIN)
        return evolve(job, answer_by=by, more_time_until=more)
    title = without_article(job.stages[job.position.stage].title)
    on = ask_day(f"On which day is the {title}?", job.next_on)
    by = ask_day("By when do you have to answer the invitation?", job.answer_by)
    if on is not None and by is not None and on > by:
        expected = f"on or before {by}, the last one to answer"
        raise InvalidFieldError("The day", expected, str(on), _AGAIN)
    return evolve(job, next_on=on, answer_by=by)


def with_next_stage(job: "Opportunity") -> "Opportunity":
    """An opportunity with one interview more than was known, or with an offer.

    Somebody is invited to another one after the last of the file.

    Args:
        job: One at its last stage.
    """
    from attrs import evolve

    from interviewfit._model.stages import Position

    kinds = [kind for kind in StageKind if kind is not StageKind.RESEARCH]
    options = [*(f"the {kind.value.replace('_', ' ')}" for kind in kinds), _OFFER]
    number = choice("This was the last in the file. Which one comes next?", options)
    if number == len(kinds):
        return evolve(job, position=Position(phase=Phase.OFFERED))
    (stage,) = read_stages(kinds[number].value, job.stages)
    stages = (*job.stages, stage)
    return evolve(job, stages=stages, position=Position(stage=len(job.stages)))


def with_stages(job: "Opportunity") -> "Opportunity":
    """An opportunity with the interviews that somebody now expects.

    One that is named as it was keeps what was said of it.

    Args:
        job: One that still runs.
    """
    from attrs import evolve

    is_midway = job.position.phase is Phase.MIDWAY
    begin = job.position.stage + is_midway
    behind, ahead = job.stages[:begin], job.stages[begin:]
    most = MOST_STAGES - len(behind)

    def read(answer: str) -> "tuple[Stage, ...]":
        """The stages that an answer names."""
        if not answer:
            return ahead
        if canonical(answer) == "none" and is_midway:
            return ()
        named = read_stages(answer, behind, ahead)
        if len(named) > most:
            refuse(f"at most {most} kinds", answer)
        return named

    where, none = "lie ahead", ""
    if is_midway:
        before = without_article(job.stages[begin - 1].title)
        where, none = f"come after the {before}", ", or none"
    shown = ", ".join(stage.title for stage in ahead) or "none"
    found = ask(
        f"Which interviews {where}, the first one first? So far: {shown}. Kinds with "
        f"commas, such as hr screen, panel{none} (Enter: no change)",
        read,
    )
    changed = evolve(job, stages=(*behind, *found))
    if not is_midway and found[0] != ahead[0]:
        title = without_article(found[0].title)
        day = ask_day(f"On which day is the {title}?", job.next_on)
        changed = evolve(changed, next_on=day)
    return changed


def with_length(job: "Opportunity") -> "Opportunity":
    """An opportunity with how long one of its interviews takes.

    Args:
        job: One that still runs.
    """
    from attrs import evolve

    begin = job.position.stage
    ahead, number = job.stages[begin:], 0
    if len(ahead) > 1:
        titles = [f"the {without_article(stage.title)}" for stage in ahead]
        number = choice("Which interview?", titles, 0)
    stage, title = ahead[number], without_article(ahead[number].title)
    hours = _number(
        f"How many hours does the {title} take, without preparation?",
        stage.hours,
        lambda value: evolve(stage, hours=value),
    )
    days = _number(
        "After how many days do they say how it went?",
        stage.days or None,
        lambda value: evolve(stage, days=value),
    )
    stages = list(job.stages)
    stages[begin + number] = evolve(stage, hours=hours, days=days or 0.0)
    return evolve(job, stages=stages)


def _number(
    question: str, now: float | None, check: Callable[[float], object]
) -> float | None:
    """The number that an answer states; what was said so far for an empty answer.

    Args:
        question: What is asked.
        now: What was said so far.
        check: Raises an error of this package if the number cannot be meant; the
            question is asked again then.
    """

    def read(answer: str) -> float | None:
        """The number that an answer states."""
        if not answer:
            return now
        try:
            value = float(answer.replace(",", "."))
        except ValueError:
            refuse("a number such as 4", answer, "Enter leaves it as it is.")
        check(value)
        return value

    said = "as usual" if now is None else f"{now:g}"
    return ask(f"{question} So far: {said}. (Enter: no change)", read)
