"""The command ``new``: a few questions, and a file of one's own from the answers."""

import argparse
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewfit._model.domain import Candidate, Opportunity
    from interviewfit._model.money import Money, Pay
    from interviewfit._model.stages import Position, Stage

_WELCOME = """\
A few questions, and your search is in {file}. Enter skips what you do not
know: it stays unknown, and is never taken as good. Ctrl-C stops; nothing is
written before the last answer."""
_PROCESSES = (
    "a large firm: HR screen, hiring manager, executive",
    "a small firm: hiring manager, owner",
    "a technical job: HR screen, task at home, panel, hiring manager",
)
MOST_STAGES = 12
"""How many interviews an answer may name."""

# Whom somebody says they will meet, and the kind of interview that it is.
_MET = {
    "hr": "hr screen",
    "boss": "hiring manager",
    **dict.fromkeys(("team", "teammates", "colleagues", "peers"), "panel"),
    **dict.fromkeys(
        ("ceo", "cto", "cfo", "founder", "owner", "director", "president"),
        "executive",
    ),
}
# The priority of what matters more to somebody than to most people.
_TWICE = 2.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    about = "the file to write, my.json if you name none; it must not exist yet"
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="my.json", help=about
    )


def run(options: argparse.Namespace) -> int:
    """Ask about a search, write it into a file, and return the exit status."""
    from interviewfit._command.asking import agrees
    from interviewfit._command.files import refuse_existing, write_new
    from interviewfit._command.hints import typed
    from interviewfit._command.screen import write
    from interviewfit._model.decision import Search
    from interviewfit.schema._json import dumps

    refuse_existing(options.file)
    write(_WELCOME.format(file=options.file) + "\n")
    candidate = ask_candidate()
    jobs = [ask_opportunity(candidate, ())]
    while agrees("Is there another opportunity?"):
        jobs.append(ask_opportunity(candidate, tuple(jobs)))
    write_new(options.file, dumps(Search(candidate=candidate, opportunities=jobs)))
    plan = typed(options, "plan", options.file)
    write(f"\nWritten: {options.file}. To see what to do, type:\n  {plan}\n")
    return 0


def ask_candidate() -> "Candidate":
    """Who looks, as the answers say."""
    from interviewfit._command.asking import ask, read_pay, refuse
    from interviewfit._model.domain import Candidate
    from interviewfit._model.money import Money

    def read(answer: str) -> "Money | None":
        """The salary that an answer states."""
        if not answer:
            return None
        pay = read_pay(answer)
        if pay.low != pay.high or pay.low is None or pay.per is None:
            refuse("one amount, not a range", answer)
        return Money(amount=pay.low, currency=pay.currency, per=pay.per)

    question = "What do you earn now, before tax? Such as 65000 EUR a year."
    return Candidate(salary=ask(question, read), priorities=ask_priorities())


def ask_priorities() -> dict[str, float]:
    """What matters more to somebody than to most people; each counts twice."""
    from interviewfit._command.asking import ask, refuse
    from interviewfit._command.screen import write
    from interviewfit._model.aspect_names import meant_name
    from interviewfit._model.fields import canonical
    from interviewfit._model.vocabulary import ASPECTS

    numbers = {str(number): name for number, name in enumerate(ASPECTS, start=1)}
    words = {name: name for name in ASPECTS} | numbers

    def read(answer: str) -> dict[str, float]:
        """The aspects that an answer names."""
        named = [canonical(part) for part in answer.split(",") if part.strip()]
        meant = [words.get(name) or meant_name(name) or "" for name in named]
        if not all(meant):
            expected = f"numbers from 1 to {len(ASPECTS)} with commas, such as 1, 7"
            refuse(expected, answer, "Enter skips this.")
        if not set(named) <= set(words):
            write(f"Taken as: {', '.join(meant)}.\n")
        return dict.fromkeys(meant, _TWICE)

    lines = [f"  {number} {name}" for number, name in numbers.items()]
    question = (
        "What matters more to you than to most people? It will count twice. Numbers "
        "with commas (Enter: nothing)"
    )
    return ask("\n".join((question, *lines)), read)


def ask_opportunity(
    candidate: "Candidate", others: "tuple[Opportunity, ...]"
) -> "Opportunity":
    """One opportunity, as the answers say.

    Args:
        candidate: With whose salary its pay is compared.
        others: Opportunities that there are already; their names are taken.
    """
    from attrs import evolve

    from interviewfit import corporate
    from interviewfit._command.asking import ask, ask_day, ask_signs, refuse
    from interviewfit._model.domain import Opportunity
    from interviewfit._model.fields import canonical
    from interviewfit._model.vocabulary import Phase

    taken = {canonical(job.name) for job in others}

    def read_name(answer: str) -> str:
        """The name that an answer states."""
        if not answer:
            refuse("a name", answer)
        if canonical(answer) in taken:
            refuse("a name that is not taken", answer, "Add the role or the team.")
        return Opportunity(name=answer, stages=corporate()).name

    name = ask("What is the opportunity called? Such as Acme, analyst.", read_name)
    stages = ask_stages()
    position = ask_position(stages)
    day = None
    if position.phase is not Phase.MIDWAY:
        offered = position.phase is Phase.OFFERED
        whom = "offer" if offered else "invitation"
        day = ask_day(f"By when do you have to answer the {whom}?")
    job = Opportunity(name=name, stages=stages, position=position, answer_by=day)
    return evolve(job, pay=ask_pay(candidate, job), signals=ask_signs())


def ask_stages() -> "tuple[Stage, ...]":
    """Which stages somebody expects."""
    from interviewfit import corporate, small_firm, technical
    from interviewfit._command.asking import ask

    usual = (corporate, small_firm, technical)

    def read(answer: str) -> "tuple[Stage, ...]":
        """The stages that an answer names."""
        if not answer or answer in {"1", "2", "3"}:
            return usual[int(answer or 1) - 1]()
        return read_stages(answer, expected="1, 2, 3, or at most 12 kinds with commas")

    lines = [f"  {number} {text}" for number, text in enumerate(_PROCESSES, start=1)]
    question = (
        "Which interviews do you expect, the first one first? A number, or kinds with "
        "commas, such as hr screen, panel (Enter: 1)"
    )
    return ask("\n".join((question, *lines)), read)


def read_stages(
    answer: str,
    behind: "tuple[Stage, ...]" = (),
    ahead: "tuple[Stage, ...]" = (),
    expected: str = "at most 12 kinds with commas",
) -> "tuple[Stage, ...]":
    """The stages that an answer names, and what they were taken as is written.

    Args:
        answer: Kinds of interviews with commas, or titles of stages.
        behind: Stages that are over; none of the others is called as they are.
        ahead: Stages that were expected so far; one that is named stays as it is.
        expected: What is an answer, for the error.

    Raises:
        InvalidFieldError: If it names what is no kind, or too many.
    """
    from interviewfit._command.asking import refuse
    from interviewfit._command.screen import write
    from interviewfit._model.fields import canonical
    from interviewfit._model.stages import Stage
    from interviewfit._model.vocabulary import StageKind

    kinds = {kind.value.replace("_", " "): kind for kind in StageKind}
    parts = [part for part in re.split("[,;]", answer) if part.strip()]
    said = [canonical(part.replace("_", " ")) for part in parts]
    known = {canonical(stage.title): stage for stage in reversed(ahead)}
    names = [
        name if name in known or name in kinds else _kind_said(name) for name in said
    ]
    if not all(names) or not names or len(names) > MOST_STAGES:
        remedy = f"Kinds of interviews are: {', '.join(kinds)}."
        refuse(expected, answer, remedy)
    if names != said:
        write(f"Taken as: {', '.join(names)}.\n")
    stages: list[Stage] = []
    for name in names:
        if name in known and known[name] not in stages:
            stages.append(known[name])
            continue
        taken = {canonical(stage.title) for stage in (*behind, *ahead, *stages)}
        kind = kinds[name] if name in kinds else known[name].kind
        title, number = name, 1
        while title in taken:
            number += 1
            title = f"{name} {number}"
        stages.append(Stage(kind=kind, name="" if title == name else title))
    return tuple(stages)


def _kind_said(words: str) -> str:
    """The kind of interview that somebody means by other words; empty for none.

    Args:
        words: Such as ``"phone screen"``, in small letters.
    """
    from interviewfit._model.vocabulary import StageKind
    from interviewfit.logs._words import read_status

    kinds = {_MET[word] for word in words.split() if word in _MET}
    status = read_status(words) if not kinds else None
    for meaning in status.meanings if status else ():
        usual = {"screen": StageKind.HR_SCREEN, "task": StageKind.TAKE_HOME}
        kind = meaning.stage or usual.get(meaning.word)
        kinds |= {kind.value.replace("_", " ")} if kind else {""}
    return kinds.pop() if len(kinds) == 1 else ""


def ask_position(stages: "tuple[Stage, ...]") -> "Position":
    """Where a process stands.

    Args:
        stages: Its stages.
    """
    from interviewfit._command.asking import agrees, choice
    from interviewfit._model.stages import Position
    from interviewfit._model.vocabulary import Phase
    from interviewfit._text.labels import without_article

    options = [f"the {without_article(stage.title)}" for stage in stages]
    options.append("none: an offer is on the table")
    number = choice("Which interview comes next, or is going on?", options, 0)
    if number == len(stages):
        return Position(phase=Phase.OFFERED)
    inside = agrees("Are you in the middle of it now?")
    return Position(phase=Phase.MIDWAY if inside else Phase.BEFORE, stage=number)


def ask_pay(candidate: "Candidate", job: "Opportunity") -> "Pay | None":
    """What a job pays; None if it is not known, or the salary is not.

    Args:
        candidate, job: Who compares it with their salary, and the job.
    """
    from attrs import evolve

    from interviewfit._command.asking import ask, read_pay
    from interviewfit._model.decision import Search

    salary = candidate.salary
    if salary is None:
        return None

    def read(answer: str) -> "Pay | None":
        """The pay that an answer states, if it can be compared with the salary."""
        if not answer:
            return None
        pay = read_pay(answer, salary.currency, salary.per)
        Search(candidate=candidate, opportunities=[evolve(job, pay=pay)])
        return pay

    question = f"What does it pay? Such as 65000 to 75000 {salary.currency} a year."
    return ask(question, read)
