"""Rows with the same structure belong to one group.

A group is told by process, position and flags and, where its rows are to share one
solution, by which signs were seen and which aspects are known. Each is a *factor* with
few levels. The id of a group is the number whose digits are the levels, in mixed radix,
so that rows are grouped by sorting small integers.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import prod
from typing import Any

import numpy as np
from attrs import define, evolve, field

from interviewfit._model.domain import Opportunity
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import STAGE_NUMBERS, quoted
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Sign
from interviewfit._numeric.arrays import AnyArray, IndexArray, Number, is_zero
from interviewfit._process.signals import (
    ClueEvidence,
    ReadingEvidence,
    evidence_of,
    sign_evidence,
)
from interviewfit._process.structure import Structure, numbers_of, structure_of
from interviewfit.columns._columns import Codes, Columns, Rows
from interviewfit.columns._specs import CATEGORIES, FLAGS, ColumnSpec


class UnknownWordError(Exception):
    """Some row has an unknown process or phase; ``validate`` can say which."""


@define(eq=False)
class Groups:
    """The groups of rows of a table.

    Attributes:
        table: The columns.
        assumptions: Numbers for all that is left open.
        shared: Whether the rows of a group share all steps of their process, so that
            only their means differ.
        factors: What tells groups apart: the number of levels, and the level of each
            row of a slice.
        fixed: Level of each factor that is the same in all rows.
    """

    table: Columns
    assumptions: Assumptions
    shared: bool
    factors: dict[str, tuple[int, Callable[[slice], AnyArray]]] = field(
        factory=dict, init=False
    )
    fixed: dict[str, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        table, factors = self.table, self.factors
        for name in CATEGORIES:
            code = table.categories.get(name, 0)
            if isinstance(code, int):
                self.fixed[name] = code
            else:
                factors[name] = len(table.names(name)), code
        dealbreakers = table.candidate.dealbreakers
        tags = [table.flags.get(f"tags.{tag}", False) for tag in dealbreakers]
        varying = [tag for tag in tags if not isinstance(tag, bool)]
        if any(tag is True for tag in tags):
            self.fixed["dealbreaker"] = 1
        elif varying:
            factors["dealbreaker"] = (
                2,
                lambda rows: np.asarray(np.any([tag[rows] for tag in varying], axis=0)),
            )
        for name, flag in table.flags.items():
            if isinstance(flag, bool):
                self.fixed[name] = int(flag)
            elif name in FLAGS or (self.shared and name.startswith("signs.")):
                factors[name] = 2, flag.__getitem__
        for name, column in table.numbers.items():
            if self.shared and table.specs[name].optional:
                factors[name] = 2, partial(_is_known, column)

    def rows_by_group(self, block: slice) -> Iterator[tuple[int, Rows]]:
        """The id of each group in consecutive rows, and its rows in ascending order.

        Raises:
            UnknownWordError: If a row has an unknown process or phase.
        """
        if not self.factors:
            yield 0, block
            return
        # Few groups fit 16 bits, which NumPy sorts by counting.
        levels = prod(count for count, _ in self.factors.values())
        kind = np.uint16 if levels <= 1 << 16 else np.intp
        ids = np.zeros(block.stop - block.start, dtype=kind)
        for count, read_levels in self.factors.values():
            level = read_levels(block)
            if level.min() < 0:
                raise UnknownWordError
            ids *= kind(count)
            ids += level.astype(kind)
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
        starts = np.flatnonzero(ids[1:] != ids[:-1]) + 1
        if not starts.size:
            yield int(ids[0]), block
            return
        order += block.start
        for rows, start in zip(np.split(order, starts), [0, *starts], strict=True):
            yield int(ids[start]), rows

    def decision(
        self, group: int
    ) -> tuple[Structure, Numbers[Number], list[ColumnSpec]]:
        """What the rows of a group have in common, and in what they differ.

        Returns:
            The structure; the numbers that are equal in all rows; and the columns that
            may be known in the group, priors first and means last.
        """
        table, candidate, levels = self.table, self.table.candidate, dict(self.fixed)
        for name, (count, _) in reversed(self.factors.items()):
            group, levels[name] = divmod(group, count)
        process, phase, _, company, line = (
            table.names(name)[levels[name]] for name in CATEGORIES
        )
        stages = table.processes[process]
        flags: dict[str, Any] = {flag: bool(levels.get(flag)) for flag in FLAGS}
        job = Opportunity(
            name=process,
            stages=stages,
            position=Position(phase=phase, stage=levels["stage"]),
            company=company,
            field=line,
            tags=candidate.dealbreakers if levels.get("dealbreaker") else (),
            signals=[sign for sign in Sign if levels.get(f"signs.{sign}")],
            **flags,
        )
        columns = [
            spec
            for name, spec in table.specs.items()
            if name in table.numbers
            and levels.get(name, 1)
            and (spec.path[1] != "stages" or int(spec.path[2]) < len(stages))
        ]
        # Defaults depend on priors, and where a mean is unknown its sd is replaced;
        # where reach is, it is as relevance.
        columns.sort(
            key=lambda spec: (
                spec.path[0] != "assumptions",
                spec.is_mean or spec.name == "reach",
            )
        )
        numbers: Numbers[Number] = Numbers(numbers_of(candidate, job, self.assumptions))
        numbers = numbers.replaced(table.constants)
        # What a table says of an aspect is as of now.
        for name in {*table.constants, *(spec.name for spec in columns)}:
            if table.specs[name].is_mean:
                numbers[name.removesuffix("mean") + "now"] = 1.0
        return structure_of(candidate, job), numbers, columns

    def with_columns(
        self,
        structure: Structure,
        numbers: Numbers[Number],
        columns: Sequence[ColumnSpec],
        rows: IndexArray,
    ) -> Numbers[Number]:
        """The numbers of some rows of a group.

        A number that is not known in a row is its default there: that of the template
        or of the kind of the stage, the prior, or the wide belief of an unknown aspect.

        Args:
            structure, numbers: Of the group, and what all its rows have in common.
            columns: In which they differ, in the order of ``decision``.
            rows: Which of its rows.
        """
        for spec in columns:
            name, entries = spec.name, self.table.numbers[spec.name][rows]
            column: Number = np.asarray(entries, dtype=np.float64)
            if spec.optional and not self.shared:
                unknown = np.isnan(column)
                match spec.path:
                    case (_, "beliefs", str(aspect), attribute):
                        usual = numbers.unknown(aspect)
                        # A stated sd is widened when it is used.
                        default = wide = usual.sd / numbers["overconfidence"]
                        if attribute == "mean":
                            # Where nothing is known of an aspect, no sd is stated.
                            default, width = usual.mean, f"{quoted(aspect)}.sd"
                            sd = np.where(unknown, wide, numbers.get(width, wide))
                            now = np.where(unknown, 0.0, 1.0)
                            key = f"{quoted(aspect)}.now"
                            numbers = numbers.replaced({width: sd, key: now})
                    case (_, "stages", int(number), "reveals", str(aspect)):
                        kind = structure.stages[number].kind
                        default = numbers.reveals(number, kind, aspect)
                    case (_, "stages", int(number), str(key)) if key in STAGE_NUMBERS:
                        kind = structure.stages[number].kind
                        default = numbers.stage(number, kind, key)
                    case (_, "stages", int(number), "influence"):
                        meets = structure.stages[number].meets
                        default = numbers.influence(number, meets)
                    case _:
                        default = numbers.get(name, numbers[str(spec.path[-1])])
                column = np.where(unknown, default, column)
            numbers = numbers.replaced({name: column})
        return numbers

    def evidence(
        self, numbers: Numbers[Number], rows: IndexArray
    ) -> Iterator[ReadingEvidence[Number] | ClueEvidence[Number]]:
        """What signs say in the rows in which they were seen; in the others nothing.

        A reading says nothing if its error is infinite, a clue if its factor is 1.

        Args:
            numbers: Of these rows, with the strength of signs.
            rows: Which rows of the table; not of a shared group, whose structure has
                the signs.
        """
        for sign in Sign:
            flag = self.table.flags.get(f"signs.{sign}", False)
            if self.shared or isinstance(flag, bool):
                continue
            present = flag[rows]
            for evidence in sign_evidence(sign, numbers["sign_strength"]):
                if isinstance(evidence, ClueEvidence):
                    factor = np.where(present, evidence.factor, 1.0)
                    yield evolve(evidence, factor=factor)
                    continue
                noise, news = (
                    np.where(present, evidence.noise, np.inf),
                    evidence.unsettled,
                )
                # Where there is no news in any row, waiting is not open in any.
                news = news if is_zero(news) else np.where(present, news, 0.0)
                yield evolve(evidence, noise=noise, unsettled=news)

    def unknown_aspects(
        self,
        structure: Structure,
        numbers: Numbers[Number],
        further: Sequence[ReadingEvidence[Number] | ClueEvidence[Number]],
        rows: IndexArray,
    ) -> Codes:
        """Of how many aspects that count nothing is known, shape ``(rows,)``.

        Args:
            structure: Of the group, with the aspects and the signs of all its rows.
            numbers: Of these rows, with priorities and stated means.
            further: What other signs say in these rows (``evidence``).
            rows: Which rows of the table, all of this group.
        """
        signals = (*evidence_of(structure.signals, numbers), *further)
        count = np.zeros(rows.size, dtype=np.int16)
        for aspect in structure.aspects:
            name = f"{quoted(aspect)}.mean"
            stated = numbers.get(name, np.nan)
            if name in self.table.numbers:
                stated = self.table.numbers[name][rows]
            unknown = np.isnan(stated) & np.not_equal(numbers.priority(aspect), 0.0)
            for signal in signals:
                if isinstance(signal, ReadingEvidence) and signal.aspect == aspect:
                    unknown = unknown & np.isinf(signal.noise)
            count += unknown
        return count


def _is_known(column: AnyArray, rows: slice) -> AnyArray:
    """Where a column of numbers is known.

    Args:
        column, rows: The column, and a block of its rows.
    """
    return np.asarray(~np.isnan(column[rows]))
