"""The command ``schema``: the JSON Schema of a record."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    about = "the name of a record, such as Search, Opportunity or Plan"
    parser.add_argument("name", metavar="NAME", help=about)


def run(options: argparse.Namespace) -> int:
    """Print a schema, and return the exit status.

    Raises:
        InvalidFieldError: If no record is called so; the nearest are shown.
    """
    from difflib import get_close_matches

    from interviewfit._command.hints import typed
    from interviewfit._command.screen import write_data
    from interviewfit.errors import InvalidFieldError

    kinds = record_kinds()
    names = {name.casefold(): name for name in kinds}
    wanted = options.name.casefold()
    if wanted not in names:
        near = get_close_matches(wanted, names, 5) or ["search", "assessment", "plan"]
        remedy = f"Did you mean {' or '.join(names[key] for key in near)}?"
        raise InvalidFieldError("NAME", "the name of a record", options.name, remedy)
    name = names[wanted]
    file = f"{name.lower()}.json"
    more = f"{typed(options, 'schema', name)} > {file}"
    write_data(schema_text(kinds[name]), more)
    return 0


def schema_text(kind: type) -> str:
    """The JSON Schema of a kind of record as text, with a line end at its end.

    Raises:
        InvalidFieldError: If it holds columns, which have no form in JSON.
    """
    import json

    from interviewfit.errors import InvalidFieldError
    from interviewfit.schema import schema_of

    try:
        schema = schema_of(kind)
    except TypeError:
        expected = "a record without columns, which have no form in JSON"
        raise InvalidFieldError("NAME", expected, kind.__name__) from None
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def record_kinds() -> dict[str, type]:
    """The public records by name."""
    import interviewfit
    from interviewfit import (
        columns,
        history,
        logs,
        postings,
        records,
        sensitivity,
        simulation,
        weightings,
    )
    from interviewfit.extra.agent import TOOLS
    from interviewfit.schema._json import is_record

    modules = (
        *(interviewfit, records, sensitivity, weightings, simulation, columns),
        *(history, logs, postings),
    )
    kinds = [getattr(module, name) for module in modules for name in module.__all__]
    for tool in TOOLS.values():
        kinds += [tool.request, tool.answer]
    return {kind.__name__: kind for kind in kinds if is_record(kind)}
