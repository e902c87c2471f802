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

from interviewfit._model.beliefs import NamedSign
from interviewfit._model.decision import pay_as_reading
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import STAGE_NUMBERS, quoted
from interviewfit._model.priors import Assumptions
from interviewfit._model.signs import SIGNS
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Phase, Sign
from interviewfit._numeric.arrays import AnyArray, IndexArray, Number
from interviewfit._process.evidence import (
    Evidence,
    ReadingEvidence,
    SignEvidence,
    evidence_of,
)
from interviewfit._process.structure import Structure, numbers_of, structure_of
from interviewfit.columns._columns import Codes, Columns, Rows
from interviewfit.columns._pay import PayReader
from interviewfit.columns._specs import CATEGORIES, FLAGS, ColumnSpec

_STOPS = {f"signs.{sign}" for sign, entry in SIGNS.items() if entry.stops}


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
        pay: What turns pay in money into readings; None without it.
        factors: What tells groups apart: the number of levels, and the level of each
            row of a slice.
        fixed: Level of each factor that is the same in all rows.
    """

    table: Columns
    assumptions: Assumptions
    shared: bool
    pay: PayReader | None = None
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
        if isinstance(table.researched, int):
            self.fixed["researched"] = table.researched
        else:
            stages = 1 + max(map(len, table.processes.values()))
            factors["researched"] = stages, table.researched
        self._add_dealbreakers()
        self._add_strengths()
        for name, flag in table.flags.items():
            if isinstance(flag, bool):
                self.fixed[name] = int(flag)
            elif name in FLAGS or name in _STOPS or (self.shared and "signs." in name):
                factors[name] = 2, flag.__getitem__
        for name, column in table.numbers.items():
            if self.shared and table.specs[name].optional:
                factors[name] = 2, partial(_is_known, column)

    def _add_dealbreakers(self) -> None:
        """Tell apart rows with a tag that is a dealbreaker, however it is written."""
        words = set(map(canonical, self.table.candidate.dealbreakers))
        tags = [
            flag
            for name, flag in self.table.flags.items()
            if name.startswith("tags.") and canonical(name.partition(".")[2]) in words
        ]
        varying = [tag for tag in tags if not isinstance(tag, bool)]
        if any(tag is True for tag in tags):
            self.fixed["dealbreaker"] = 1
        elif varying:
            self.factors["dealbreaker"] = (
                2,
                lambda rows: np.asarray(np.any([tag[rows] for tag in varying], axis=0)),
            )

    def _add_strengths(self) -> None:
        """Tell apart rows with a sign that forces leaving."""
        for name, strength in self.table.strengths.items():
            if isinstance(strength, float):
                self.fixed[name] = 1
            elif name in _STOPS:
                self.factors[name] = 2, partial(_is_seen, strength)

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
            signals=[
                *table.facts,
                *(
                    NamedSign(sign=sign, strength=strength)
                    if isinstance(strength := table.strengths.get(name), float)
                    else sign
                    for sign in Sign
                    if levels.get(name := f"signs.{sign}")
                ),
            ],
            researched=levels["researched"] - 1 if levels["researched"] else None,
            **flags,
        )
        if self.pay is not None and self.pay.is_constant:
            pay, assumptions = self.pay.pay(), self.pay.assumptions
            job = pay_as_reading(candidate, evolve(job, pay=pay), assumptions)
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
                        # NaN stays: the default belief takes its place in ``update``.
                        default = column
                        if attribute == "mean":
                            # Where nothing is known of an aspect, no sd is stated.
                            width = f"{quoted(aspect)}.sd"
                            sd = numbers.get(width, np.nan)
                            sd = np.where(unknown, np.nan, sd)
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
        self, structure: Structure, numbers: Numbers[Number], rows: IndexArray
    ) -> Iterator[Evidence[Number]]:
        """What signs and pay in money say in rows that have them; in others nothing.

        Args:
            structure: Of the group, with where its processes stand.
            numbers: Of these rows, with the strength of a plain sign.
            rows: Which rows of the table; not of a shared group, whose structure has
                the signs.
        """
        for sign in Sign:
            name = f"signs.{sign}"
            flag, column = (
                self.table.flags.get(name, False),
                self.table.strengths.get(name, 0.0),
            )
            if not isinstance(column, float):
                strength = np.nan_to_num(column[rows].astype(np.float64))
            elif self.shared or isinstance(flag, bool):
                continue
            else:
                strength = np.where(flag[rows], numbers["strength.plain"], 0.0)
            yield SignEvidence(sign, "", strength, SIGNS[sign].scope)
        if self.pay is not None and not self.pay.is_constant:
            is_offer = structure.phase is Phase.OFFERED
            yield self.pay.reading(rows, is_offer=is_offer)

    def unknown_aspects(
        self,
        structure: Structure,
        numbers: Numbers[Number],
        further: Sequence[Evidence[Number]],
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
                if isinstance(signal, ReadingEvidence):
                    unseen = np.isinf(signal.noise) | (signal.aspect != aspect)
                    unknown = unknown & unseen
                elif isinstance(signal, SignEvidence):
                    spoken = {reading.aspect for reading in SIGNS[signal.sign].readings}
                    unseen = np.equal(signal.strength, 0.0) | (aspect not in spoken)
                    unknown = unknown & unseen
            count += unknown
        return count


def _is_seen(column: AnyArray, rows: slice) -> AnyArray:
    """Where a column of strengths says that a sign was seen.

    Args:
        column, rows: The column, and a block of its rows.
    """
    return np.asarray(column[rows] > 0.0)


def _is_known(column: AnyArray, rows: slice) -> AnyArray:
    """Where a column of numbers is known.

    Args:
        column, rows: The column, and a block of its rows.
    """
    return np.asarray(~np.isnan(column[rows]))
