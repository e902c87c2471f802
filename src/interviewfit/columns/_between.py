"""What columns that are right alone say against each other."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import AnyArray, BoolArray
from interviewfit.columns._checks import find_row, listed
from interviewfit.columns._columns import Coded, Columns
from interviewfit.columns._specs import ColumnSpec
from interviewfit.errors import InvalidFieldError


def stages_with(spec: ColumnSpec | None, stages: Sequence[Stage]) -> int:
    """How many stages a process has; none for a number of people where nobody is met.

    Args:
        spec: What a column holds; None for the number of a stage.
        stages: Of the process.
    """
    alone = [number for number, stage in enumerate(stages) if stage.meets_nobody]
    of_people = spec is not None and spec.path[-1] == "influence"
    return 0 if spec and of_people and spec.path[2] in alone else len(stages)


def missing_columns(
    table: Columns, arrays: Mapping[str, AnyArray | Coded]
) -> Iterator[str]:
    """What is wrong where columns need another one that is missing.

    Args:
        table: The columns, sorted.
        arrays: The same by name, also those at fault.
    """
    if arrays and not any(array.shape for array in arrays.values()):
        yield "no column has an entry for each row; one is needed."
    if "process" not in arrays:
        names = f"it names one of {listed(table.processes)}"
        yield (
            f"column 'process' is missing: {names}, by row or once for all "
            "(in the shell: --set process=corporate)."
        )
    for name, spec in table.specs.items():
        mean = f"{name.rpartition('.')[0]}.mean"
        if spec.path[1] == "beliefs" and mean not in table.specs:
            yield f"column {name!r} needs {mean!r} beside it."
        if spec.path[1] == "signals" and int(spec.path[2]) >= len(table.facts):
            yield f"column {name!r} needs its fact: score(facts=[Either(...)])."


def research_ahead(table: Columns, entries: AnyArray, first_row: int) -> Iterator[str]:
    """The first row whose facts were looked up before a stage to come, and likewise.

    Args:
        table: The columns, sorted.
        entries: Of the column ``researched``, shape ``(rows,)``, or ``()``.
        first_row: Number of the first row in messages.

    Yields:
        A line for the stage that is still to come, and one for a row that is said not
        to have looked anything up.
    """
    process, phase, stage = (
        table.categories.get(name, 0) for name in ("process", "phase", "stage")
    )
    unresearched = table.flags.get("unresearched", False)
    counts = np.array([len(stages) for stages in table.processes.values()])
    going = np.array([phase in (Phase.BEFORE, Phase.MIDWAY) for phase in Phase])

    def latest(rows: slice) -> AnyArray:
        codes, phases, stages = (
            np.full(rows.stop - rows.start, code)
            if isinstance(code, int)
            else code(rows)
            for code in (process, phase, stage)
        )
        return np.where(going[phases], stages, counts[codes] - 1)

    def block(rows: slice) -> AnyArray:
        if entries.ndim:
            return np.asarray(entries[rows], dtype=np.float64)
        return np.full(rows.stop - rows.start, float(entries))

    def is_ahead(rows: slice) -> BoolArray:
        return np.asarray(latest(rows) < block(rows))

    def is_unresearched(rows: slice) -> BoolArray:
        flags = unresearched if isinstance(unresearched, bool) else unresearched[rows]
        return np.asarray(~np.isnan(block(rows)) & flags)

    for condition in (is_ahead, is_unresearched):
        row = find_row(condition, table.rows)
        if row is None:
            continue
        expected, remedy = "left out while unresearched is true", "Drop one of them."
        if condition is is_ahead:
            last = latest(slice(row, row + 1)).item()
            expected = f"the stage before which you looked things up, 0 to {last}"
            remedy = "The first stage is 0."
        where = f"column 'researched', row {first_row + row}"
        value = block(slice(row, row + 1)).item()
        yield str(InvalidFieldError(where, expected, value, remedy))
