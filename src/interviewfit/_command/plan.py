"""The command ``plan``; without a command, the plan of the example."""

import argparse
import sys
from collections.abc import Sequence

from interviewfit._command.options import add_files, hours

_WELCOME = """\
An example that comes with the package. Start your own with
`{program} example > my.json`, then `{program} assess my.json`.

"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "plans")
    budget = "hours that you have for all interviews"
    parser.add_argument("--budget", type=hours, metavar="HOURS", help=budget)
    slots = "how many opportunities can be under way at once"
    parser.add_argument("--slots", type=int, metavar="N", help=slots)


def run(options: argparse.Namespace) -> int:
    """Print the plan of every file, or of the example; return the exit status."""
    from interviewfit._command.assess import assess_all
    from interviewfit._command.files import answer_files, example_text, read_search
    from interviewfit._command.screen import lines_of
    from interviewfit._model.decision import Search
    from interviewfit._portfolio.planning import Plan, plan
    from interviewfit._text.plan_text import unmet_notes
    from interviewfit.schema._json import loads

    def planned(search: Search, budget: float | None, slots: int | None) -> Plan:
        """The plan of a search.

        Args:
            search: What to plan.
            budget, slots: Hours there are, and how many can be under way at once.
        """
        return plan(
            search.candidate,
            search.opportunities,
            assumptions=search.assumptions,
            budget=budget,
            slots=slots,
        )

    def answers(name: str) -> Sequence[Plan]:
        """The plan of a search, by the name of its file."""
        search = read_search(name)
        if options.json:
            sys.stderr.writelines(f"{name}: {note}\n" for note in unmet_notes(search))
        return [planned(search, options.budget, options.slots)]

    if options.command is None:
        search = loads(example_text(), Search)
        text = lines_of([*assess_all(search), planned(search, None, None)])
        sys.stdout.write(_WELCOME.format(program=options.program) + text)
        return 0
    return answer_files(options, answers, lines_of)
