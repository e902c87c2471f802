"""The command ``edit``: what is new at one opportunity, or one more of them."""

import argparse
from typing import TYPE_CHECKING

from interviewfit.errors import InterviewFitError, InvalidFieldError

if TYPE_CHECKING:
    from interviewfit._model.decision import Search
    from interviewfit._model.domain import Opportunity

_EVENTS = (
    "I saw or heard something",
    "an interview is over, and they invited me to the next",
    "I am in the middle of an interview now",
    "they made me an offer",
    "they turned me down",
    "I know what it pays",
    "I have a view of one side of the job, such as its culture",
    "a day is set or moved: of the next interview, or the last one to answer",
    "other interviews lie ahead than I said: one more, one less, another kind",
    "I know how long an interview takes",
    "nothing more: write the file",
)
(
    _SIGN,
    _PASSED,
    _MIDWAY,
    _OFFERED,
    _REJECTED,
    _PAY,
    _VIEW,
    _DAY,
    _STAGES,
    _LENGTH,
    _DONE,
) = range(len(_EVENTS))
_MOST_EVENTS = 100
_ANOTHER = "another one, which is not in the file yet"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", metavar="FILE", help="the file of your search")
    name = "the name of the opportunity, or a part of it; asked for if left out"
    parser.add_argument("name", metavar="NAME", nargs="?", help=name)
    another = "add another opportunity, by the questions of `new`"
    parser.add_argument("--add", action="store_true", help=another)


def run(options: argparse.Namespace) -> int:
    """Ask what is new, write the file anew, and return the exit status."""
    from attrs import evolve

    from interviewfit._command.asking import choice
    from interviewfit._command.files import (
        find_job,
        read_search,
        refuse_stream,
        replace_file,
        report_faults,
    )
    from interviewfit._command.hints import typed
    from interviewfit._command.new import ask_opportunity
    from interviewfit._command.screen import write
    from interviewfit.schema._json import dumps

    try:
        refuse_stream(options.file)
        search = read_search(options.file)
        jobs = list(search.opportunities)
        if options.add:
            if options.name is not None:
                fault = "NAME", "left out beside --add", options.name
                raise InvalidFieldError(*fault, "You are asked what to call it.")
            number = len(jobs)
        elif options.name is None and len(jobs) > 1:
            names = [job.name for job in jobs]
            number = choice("Which opportunity is it about?", [*names, _ANOTHER])
        else:
            number = jobs.index(find_job(options, search))
    except InterviewFitError as error:
        return report_faults(options.file, error)
    if number == len(jobs):
        jobs.append(ask_opportunity(search.candidate, search.opportunities))
        replace_file(options.file, dumps(evolve(search, opportunities=jobs)))
        plan = typed(options, "plan", options.file)
        write(f"\nWritten: {options.file}. To see what to do, type:\n  {plan}\n")
        return 0
    job = _edited(jobs[number], search)
    if job == jobs[number]:
        write("\nNothing is new, so the file stays as it is.\n")
        return 0
    jobs[number] = job
    replace_file(options.file, dumps(evolve(search, opportunities=jobs)))
    why = typed(options, "why", options.file, job.name)
    write(f"\nWritten: {options.file}. To see what it changes, type:\n  {why}\n")
    return 0


def _edited(job: "Opportunity", search: "Search") -> "Opportunity":
    """An opportunity with what is new, event by event.

    Args:
        job, search: The opportunity, and the search that it is of.

    Raises:
        StoppedError: If there are no more answers, or no end of events.
    """
    from interviewfit._command.asking import StoppedError, choice
    from interviewfit._command.screen import write
    from interviewfit._command.shell_words import in_shell_words
    from interviewfit.errors import InvalidFieldError

    for _ in range(_MOST_EVENTS):
        question = f"{job.name}: {_stands(job)}. What is new?"
        event = choice(question, _EVENTS, _DONE)
        if event == _DONE:
            return job
        try:
            job = _after(event, job, search)
        except InvalidFieldError as error:
            write(f"{in_shell_words(str(error))}\n")
    raise StoppedError(f"{_MOST_EVENTS} events are too many; nothing was written")


def _stands(job: "Opportunity") -> str:
    """Where a process stands, in words."""
    from interviewfit._model.vocabulary import Phase
    from interviewfit._text.labels import without_article

    phase = job.position.phase
    if phase is Phase.OFFERED:
        return "you have an offer"
    if phase is Phase.REJECTED:
        return "they turned you down"
    title = without_article(job.stages[job.position.stage].title)
    return f"you are in the {title}" if phase is Phase.MIDWAY else f"next: {title}"


def _after(event: int, job: "Opportunity", search: "Search") -> "Opportunity":
    """An opportunity after an event.

    Each event asks what it needs to know. What was said before is kept where it still
    holds.

    Args:
        event: Its number among ``_EVENTS``.
        job: The opportunity.
        search: The search that it is of.

    Raises:
        InvalidFieldError: If the event does not fit the rest.
    """
    from interviewfit._command import schedule
    from interviewfit._model.vocabulary import Phase
    from interviewfit.errors import InvalidFieldError

    phase = job.position.phase
    runs = phase in (Phase.BEFORE, Phase.MIDWAY)
    if event in (_PASSED, _MIDWAY, _STAGES, _LENGTH) and not runs:
        expected = "of a process that still runs"
        raise InvalidFieldError("The event", expected, _EVENTS[event])
    if event == _DAY and phase not in (Phase.BEFORE, Phase.OFFERED):
        expected, remedy = "of an interview to come, or of an offer", ""
        if phase is Phase.MIDWAY:
            remedy = "Say first that the interview is over."
        raise InvalidFieldError("The event", expected, _EVENTS[event], remedy)
    changes = {
        _SIGN: _with_signs,
        _PAY: lambda job: _with_pay(job, search),
        _VIEW: _with_view,
        _DAY: schedule.with_days,
        _STAGES: schedule.with_stages,
        _LENGTH: schedule.with_length,
    }
    return changes.get(event, lambda job: _moved(event, job))(job)


def _moved(event: int, job: "Opportunity") -> "Opportunity":
    """An opportunity where it stands after an event, with the day of what is next.

    Whoever is invited to an interview after the last one of the file is asked which one
    it is.

    Args:
        event: Its number among ``_EVENTS``.
        job: The opportunity.
    """
    from attrs import evolve

    from interviewfit._command.asking import ask_day
    from interviewfit._command.schedule import with_next_stage
    from interviewfit._model.stages import Position
    from interviewfit._model.vocabulary import Phase
    from interviewfit._text.labels import without_article

    stage = job.position.stage
    positions = {
        _REJECTED: Position(phase=Phase.REJECTED),
        _MIDWAY: Position(phase=Phase.MIDWAY, stage=stage),
        _OFFERED: Position(phase=Phase.OFFERED),
    }
    # The days that were stated are those of what is behind now.
    moved = evolve(job, next_on=None, answer_by=None, more_time_until=None)
    if event in positions:
        moved = evolve(moved, position=positions[event])
    elif stage < len(job.stages) - 1:
        moved = evolve(moved, position=Position(stage=stage + 1))
    else:
        moved = with_next_stage(moved)
    if moved.position.phase is Phase.OFFERED:
        return evolve(
            moved, answer_by=ask_day("By when do you have to answer the offer?")
        )
    if moved.position.phase is Phase.BEFORE:
        title = without_article(moved.stages[moved.position.stage].title)
        return evolve(moved, next_on=ask_day(f"On which day is the {title}?"))
    return moved


def _with_signs(job: "Opportunity") -> "Opportunity":
    """An opportunity with what was seen or heard."""
    from attrs import evolve

    from interviewfit._command.asking import ask_signs

    new = [sign for sign in ask_signs() if sign not in job.signals]
    return evolve(job, signals=(*job.signals, *new))


def _with_pay(job: "Opportunity", search: "Search") -> "Opportunity":
    """An opportunity with its pay, if it is known.

    Args:
        job, search: The opportunity, and the search that it is of.
    """
    from attrs import evolve

    from interviewfit._command.new import ask_pay

    pay = ask_pay(search.candidate, evolve(job, pay=None))
    return job if pay is None else evolve(job, pay=pay)


def _with_view(job: "Opportunity") -> "Opportunity":
    """An opportunity with one more reading of an aspect."""
    from attrs import evolve

    from interviewfit._command.asking import ask, choice, refuse
    from interviewfit._model.beliefs import Reading
    from interviewfit._model.vocabulary import ASPECTS

    aspects = list(ASPECTS)
    aspect = aspects[choice("Which side of the job?", aspects)]

    def number(answer: str) -> float:
        """The number of percent that an answer states."""
        try:
            return float(answer.replace("%", "").replace("−", "-"))
        except ValueError:
            refuse("a number of percent, such as -10", answer)

    value = ask(
        f"How good is the {aspect}? In percent of your pay, against your present job: "
        "-10 if you would give up 10 % of your pay to avoid it.",
        number,
    )
    noise = ask("How far off may that be, in percent of pay? Such as 8.", number)
    note = ask(
        "Where do you have it from? Enter to leave it out.", lambda answer: answer
    )
    reading = Reading(aspect=aspect, value=value, noise=noise, note=note)
    return evolve(job, signals=(*job.signals, reading))
