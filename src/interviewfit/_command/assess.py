"""The command ``assess``: advice for every opportunity of a file."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from interviewfit._command.options import add_files

if TYPE_CHECKING:
    from interviewfit._assessment.assessing import Assessment
    from interviewfit._model.decision import Search


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "assessments")
    deep = (
        "add what each thing you said does to the answer, what would change it, and "
        "what to ask first"
    )
    parser.add_argument("--deep", action="store_true", help=deep)


def run(options: argparse.Namespace) -> int:
    """Print an assessment of every opportunity, and return the exit status."""
    from attrs import evolve

    from interviewfit._command.files import answer_files, read_search
    from interviewfit._text.plan_text import unmet_notes
    from interviewfit.schema._json import dumps

    def answers(name: str) -> Sequence["Assessment"]:
        """The assessments of a search, by the name of its file."""
        search = read_search(name)
        sys.stderr.writelines(f"{name}: {note}\n" for note in unmet_notes(search))
        return assess_all(search)

    def as_text(answers: Sequence["Assessment"]) -> str:
        """Assessments as they are printed, a blank line after each."""
        return "".join(
            f"{line}\n"
            for answer in answers
            for line in (*_lines(answer, options.deep), "")
        )

    def as_json(answer: "Assessment") -> str:
        """An assessment as JSON, with the reasons, which it works out when asked."""
        if not options.deep:
            return dumps(evolve(answer, reasons=answer.reasons))
        from interviewfit.sensitivity._summary import deepen

        return dumps(deepen(answer))

    return answer_files(options, answers, as_text, as_json)


def assess_all(search: "Search") -> list["Assessment"]:
    """An assessment of every opportunity of a search, each by itself."""
    from interviewfit._assessment.assessing import assess

    who, numbers = search.candidate, search.assumptions
    return [assess(who, job, assumptions=numbers) for job in search.opportunities]


def _lines(answer: "Assessment", deep: bool) -> Iterator[str]:
    """Yield the lines of an assessment.

    Args:
        answer: What is printed.
        deep: Whether to add what would change it and what to ask.
    """
    yield str(answer)
    if deep:
        from interviewfit.sensitivity._summary import advise

        further = [*str(answer.reasons).splitlines(), *advise(answer).splitlines()]
        yield from (f"  {line}" for line in further)
